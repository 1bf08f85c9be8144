"""What a user watches: cells, parties, priorities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ..models import DigestMark, Position, Watch
from .names import Named, Numbered, named_or_none, numbered_or_none
from .negotiations import Workspace
from .permissions import Who, is_signed_in, require_account
from .removals import present
from .stances import Invalid
from .things import Thing


@dataclass(frozen=True)
class Watched:
    """A cell has both, a party or a priority one of them."""

    party: Named | None
    priority: Numbered | None

    @property
    def kind(self) -> str:
        if self.party and self.priority:
            return "cell"
        return "party" if self.party else "priority"


def list_watched(workspace: Workspace, *, by: Who) -> list[Watched]:
    """What `by` watches here, in the order of the board. One query."""
    rows = _mine(workspace, by).select_related("party", "priority").order_by("party__order", "priority__number", "pk")
    return [Watched(named_or_none(row.party), numbered_or_none(row.priority)) for row in rows]


def is_watched(workspace: Workspace, thing: Thing, *, by: Who) -> bool:
    """Whether `by` watches just this thing. One query."""
    return _mine(workspace, by).filter(**_ends(thing)).exists()


def watch(workspace: Workspace, thing: Thing, *, by: Who) -> None:
    """Watch a thing from now on; to watch it twice is to watch it once. Raises Forbidden, Invalid."""
    require_account(by)
    if not thing.may_be_watched:
        raise Invalid({"": "A cell, a party or a priority can be watched; this is none."})
    user = int(by.pk or 0)
    with transaction.atomic():
        DigestMark.objects.get_or_create(
            negotiation_id=workspace.id,
            user_id=user,
            defaults={"read": workspace.revision, "mailed": workspace.revision},
        )
        Watch.objects.get_or_create(negotiation_id=workspace.id, user_id=user, **_ends(thing))


def unwatch(workspace: Workspace, thing: Thing, *, by: Who) -> None:
    """Watch it no longer; whoever did not watch it does not now."""
    require_account(by)
    _mine(workspace, by).filter(**_ends(thing)).delete()


def watched_cells(workspace: Workspace, *, by: Who) -> list[int]:
    """The ids of the cells that any of the watches of `by` takes in. One query."""
    mine = list(_mine(workspace, by).values_list("party_id", "priority_id"))
    if not mine:
        return []
    wanted = Q()
    for party, priority in mine:
        one = Q()
        if party:
            one &= Q(party_id=party)
        if priority:
            one &= Q(priority_id=priority)
        wanted |= one
    cells = present(Position.objects.filter(wanted, negotiation_id=workspace.id))
    return list(cells.order_by("pk").values_list("pk", flat=True))


def _ends(thing: Thing) -> dict[str, Any]:
    return {"party_id": thing.party, "priority_id": thing.priority}


def _mine(workspace: Workspace, by: Who) -> QuerySet[Watch]:
    user = int(by.pk or 0) if is_signed_in(by) else 0
    return present(Watch.objects.filter(negotiation_id=workspace.id, user_id=user))
