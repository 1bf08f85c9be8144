"""Drafts: what somebody typed into the form of a cell and has not recorded. Seen by nobody else, and not logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ..models import Change, Draft
from .meanwhile import Place
from .negotiations import Workspace
from .permissions import Who
from .stances import Invalid

LARGEST = 300_000  # characters in one draft, its names included
MOST = 20  # drafts of one person for one cell; the oldest give way

Content = Mapping[str, Sequence[str]]  # a form's fields by name, as a browser sends them


@dataclass(frozen=True)
class Kept:
    """A draft. `based_on` is the version of the cell that its form was opened at, `version` the cell's now."""

    workspace: Workspace
    position: int
    party: str
    party_name: str
    number: int
    key: UUID
    based_on: int
    version: int
    content: Content
    saved_at: datetime

    @property
    def moved_on(self) -> bool:
        return self.based_on < self.version


def keep(place: Place, content: Content, *, by: Who, key: UUID, based_on: int, at: datetime) -> bool:
    """Keep what was typed so far in the place of what this form kept before; whether it was kept.

    A form that has been recorded keeps nothing more: what comes late is no draft. Raises Invalid where it is too much.
    """
    cleaned = {_storable(name): [_storable(value) for value in values] for name, values in content.items()}
    if sum(len(name) + sum(map(len, values)) for name, values in cleaned.items()) > LARGEST:
        raise Invalid({"": "This is too much to be kept as a draft."})
    if Change.objects.filter(by_id=by.pk, key=key).exists():
        return False
    # one that is of another cell by this key is another form's; it stays
    told = {"position_id": place.id, "based_on": based_on, "content": cleaned, "saved_at": at}
    row, is_new = Draft.objects.get_or_create(
        owner_id=int(by.pk or 0), key=key, defaults={"negotiation_id": place.workspace.id, **told}
    )
    if not is_new:
        if row.position_id != place.id:
            return False
        Draft.objects.filter(pk=row.pk).update(**told)
    else:
        own = Draft.objects.filter(owner_id=by.pk, position=place.id)
        own.filter(pk__in=own.values_list("pk", flat=True)[MOST:]).delete()
    return True


def discard(position: int, *, by: Who, key: UUID) -> None:
    """Throw one's own draft away: it was recorded, or is not wanted. What is gone already is no fault."""
    Draft.objects.filter(position=position, owner_id=by.pk, key=key).delete()


def mine(by: Who, workspace: Workspace) -> list[Kept]:
    """One's own drafts in a negotiation, the newest first; none where one may no longer record. One query.

    Those that have been recorded after all are left out.
    """
    if not workspace.may_edit:
        return []
    rows = _open(by).filter(negotiation=workspace.id).select_related("position__party", "position__priority")
    return [_kept(row, workspace) for row in rows]


def get(workspace: Workspace, position: int, key: UUID, *, by: Who) -> Kept | None:
    """One's own draft for a cell; None where there is none, or it has been recorded after all."""
    rows = _open(by).filter(position=position, key=key).select_related("position__party", "position__priority")
    row = rows.first()
    return _kept(row, workspace) if row else None


def _open(by: Who) -> QuerySet[Draft]:
    recorded = Change.objects.filter(by=OuterRef("owner"), key=OuterRef("key"))
    return Draft.objects.filter(~Exists(recorded), owner_id=by.pk)


def _kept(row: Draft, workspace: Workspace) -> Kept:
    cell = row.position
    return Kept(
        workspace=workspace,
        position=row.position_id,
        party=cell.party.slug,
        party_name=cell.party.name,
        number=cell.priority.number,
        key=row.key,
        based_on=row.based_on,
        version=cell.version,
        content=row.content,
        saved_at=row.saved_at,
    )


def _storable(text: str) -> str:
    """The text without what PostgreSQL's JSON can't hold: NUL, and halves of a character."""
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")
