"""What was recorded in a cell while somebody had its form open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from ..models import Change, Position, Stance
from ..models.stances import Cause
from .cells import Record
from .log import with_change
from .negotiations import Workspace, get_workspace
from .permissions import Act, Hidden, Who


@dataclass(frozen=True)
class Since:
    """A stance that came in meanwhile. `is_own`: by whom it is told to, in another window."""

    seq: int
    code: str
    by: str
    is_own: bool
    at: datetime
    why: str


@dataclass(frozen=True)
class Place:
    """A cell as the database has it at this moment: only what tells whether it has moved on."""

    workspace: Workspace
    id: int
    version: int


def get_place(slug: str, party: str, number: int, *, by: Who) -> Place:
    """Where the cell stands now, for somebody who may edit it; Hidden where there is none. Two short queries."""
    workspace = get_workspace(slug, by=by, to=Act.EDIT)
    found = Position.objects.filter(negotiation_id=workspace.id, party__slug=party, priority__number=number)
    row = found.values_list("pk", "version").first()
    if row is None:
        raise Hidden("There is no such cell.")
    return Place(workspace, *row)


def since(position: int, version: int, *, by: Who) -> list[Since]:
    """The stances of a cell after `version`, oldest first. One query."""
    change = Change.objects.filter(negotiation=OuterRef("negotiation"), revision=OuterRef("revision"))
    rows = with_change(Stance.objects.filter(position=position, seq__gt=version)).order_by("seq")
    return [
        Since(row.seq, row.code, row.by_name, row.by_id == by.pk, row.at, row.why)
        for row in rows.annotate(by_id=Subquery(change.values("by_id")))
    ]


def stood(history: Sequence[Record], version: int) -> Record | None:
    """The record that stood when `version` was the number of the cell's newest: what a form was filled with then.

    The rule of docs/decisions/as-of.md, for today. `history` is newest first.
    """
    known = [record for record in history if record.seq <= version]
    standing = [
        record
        for record in known
        if record.cause != Cause.WITHDRAWN and not (record.replaced_by and record.replaced_by <= version)
    ]
    return max(standing, key=lambda record: (record.held_from, record.seq), default=None)


def shown(history: Sequence[Record], version: int) -> Record | None:
    """What is held against a form that came too late for `version`: what stood, or the withdrawal that came last."""
    newest = next((record for record in history if record.seq <= version), None)
    if newest is not None and newest.cause == Cause.WITHDRAWN:
        return newest
    return stood(history, version)
