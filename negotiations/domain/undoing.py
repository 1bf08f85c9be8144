"""Undoing an act: by new rows, all of it or nothing, and only where nothing was built on it since.

What each kind of row becomes is told in docs/decisions/undo.md; an undo is an act like others, and can be undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, Q

from ..models import (
    DELETABLE,
    Change,
    ClaimGrading,
    Contradiction,
    Negotiation,
    Outlet,
    OutletGrading,
    Party,
    Position,
    Priority,
    Question,
    RowEdit,
    Snapshot,
    Source,
    SourceGrading,
    Stance,
    Stay,
)
from . import as_of, cell_copies, changes, rechecks
from .acting import check_text
from .acts import ActPage, get_act
from .log import undone_by
from .negotiations import Workspace
from .permissions import Act, Forbidden, Hidden, Who
from .positions import Recorded
from .records import Refused
from .removals import model_of
from .stances import Invalid
from .undo_marks import RECOUNTED
from .undo_planning import LOADED, plan
from .undo_plans import Plan, Writing, root_of

# Whoever writes these holds the log already; to lock them before it would be to wait for each other.
WRITTEN_UNDER_THE_LOG: tuple[type[Model], ...] = (*DELETABLE, Contradiction, Question, Negotiation)
# Rows that analysts edit, by table (domain/entries.py); all others are for curators.
OF_ANALYSTS = (
    *("question", "contradiction"),
    *("meeting", "attendance", "person", "instrument", "signature", "commitment", "beneficiary"),
)


class Moved(Exception):
    """What would be undone, or what is built on it, is no longer what was seen; nothing was written."""


@dataclass(frozen=True)
class UndoPage:
    """`seen` stands for the plan as it is shown. `undone_by` is the revision that undid it already, if any."""

    act: ActPage
    plan: Plan
    needs: Act
    seen: str

    @property
    def workspace(self) -> Workspace:
        return self.act.workspace

    @property
    def undone_by(self) -> int | None:
        return self.act.act.undone_by

    @property
    def may(self) -> bool:
        return self.workspace.act >= self.needs

    @property
    def can(self) -> bool:
        """Whether nothing stands in the way, whoever asks."""
        return self.undone_by is None and not self.plan.blockers and not self.plan.refusals


def get_undo(slug: str, revision: int, *, by: Who) -> UndoPage:
    """What undoing an act would do, and what stands in its way. For analysts; Forbidden for readers."""
    act = get_act(slug, revision, by=by, to=Act.EDIT)
    change = _get(act.workspace, revision)
    found = plan(act.workspace, change)
    return UndoPage(act, found, _needs(act.workspace, change), _seen(found))


def undo(workspace: Workspace, revision: int, *, why: str, seen: str, by: Who, key: UUID | None = None) -> Recorded:
    """Undo an act, for the reason `why`, if what that does is still what was `seen`.

    Raises Forbidden, Hidden, Invalid (no reason), Refused (it can't be undone, or is already), Moved, KeyReused.
    """
    change = _get(workspace, revision)
    if workspace.act < _needs(workspace, change):
        raise Forbidden("Only curators of this negotiation may undo this.")
    if not why.strip():
        raise Invalid({"why": "Say why you undo it; it is shown in the history."})
    if errors := check_text("why", why):
        raise Invalid(errors)
    asked = changes.hash_of({"negotiation": workspace.id, "undo": revision, "why": why})
    try:
        with transaction.atomic():
            _lock(workspace, change)
            done = changes.find_by_key(by=by, key=key, request_hash=asked)
            if done is not None:
                return Recorded(revision=done.revision or 0, repeated=True)
            found = plan(workspace, change)
            _check(workspace, revision, found, seen)
            what = f"revision {revision}: {change.verb} {change.what}".strip()
            taken = changes.take(
                workspace.id,
                by=by,
                verb="undid",
                what=what,
                why=why.strip(),
                undoes=revision,
                key=key,
                request_hash=asked,
            )
            _write(found, Writing(workspace, taken.revision, why.strip()))
            return Recorded(revision=taken.revision)
    except IntegrityError as error:
        raise Refused("By now it can't be put back as it was: something else stands in its place.") from error


def _needs(workspace: Workspace, change: Change) -> Act:
    """What one must be allowed to do: what the act itself took, or the act with which a chain of undoing began."""
    root, _ = root_of(workspace, change)
    if root.verb in LOADED:
        return Act.EDIT
    mine = {"negotiation": workspace.id, "revision": root.revision}
    if SourceGrading.objects.filter(**mine).exists() or OutletGrading.objects.filter(**mine).exists():
        return Act.CURATE
    if ClaimGrading.objects.filter(**mine).exclude(quote__revision=root.revision or 0).exists():
        return Act.CURATE
    tables = RowEdit.objects.filter(change=root).values_list("table", "before")
    return max((_needs_of(table, before) for table, before in tables), default=Act.EDIT)


def _needs_of(table: str, before: object) -> Act:
    name = table.removeprefix("negotiations_")
    taken_in = before is None and name in ("source", "outlet")
    return Act.EDIT if taken_in or name in OF_ANALYSTS else Act.CURATE


def _check(workspace: Workspace, revision: int, found: Plan, seen: str) -> None:
    if by := undone_by(workspace.id, [revision]).get(revision):
        raise Refused(f"It is undone already, by revision {by}.")
    if found.blockers or found.refusals:
        if seen != _seen(found):
            raise Moved
        raise Refused("It was not undone: something stands in its way.")
    if seen != _seen(found):
        raise Moved


def _seen(found: Plan) -> str:
    told = [found.parts, found.blockers, found.refusals, found.stays]
    return changes.hash_of(repr(told))[:32]


def _get(workspace: Workspace, revision: int) -> Change:
    row = Change.objects.filter(negotiation_id=workspace.id, revision=revision).first() if revision < 2**63 else None
    if row is None:
        raise Hidden(f"There is no change {revision} here.")
    return row


# --- writing


def _lock(workspace: Workspace, change: Change) -> None:
    """Lock what will be written, in the order in which everybody does: sources, outlets, other rows, cells, the log."""
    root, _ = root_of(workspace, change)
    mine = {"negotiation": workspace.id, "revision__in": [change.revision, root.revision]}
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for table, row in RowEdit.objects.filter(change__in=[change, root]).values_list("table", "row"):
        wanted[model_of(table)].add(row)
    wanted[Source] |= set(SourceGrading.objects.filter(**mine).values_list("source", flat=True))
    wanted[Outlet] |= set(OutletGrading.objects.filter(**mine).values_list("outlet", flat=True))
    wanted[Source] |= set(Snapshot.objects.filter(**mine).values_list("source", flat=True))  # as whoever cites does
    for model in WRITTEN_UNDER_THE_LOG:
        wanted.pop(model, None)
    first: list[type[Model]] = [Source, Outlet]
    for model in [*first, *sorted(wanted.keys() - set(first), key=lambda model: model._meta.db_table)]:
        _lock_rows(model, wanted[model])
    # Whoever records a stance of a party that is taken out waits here, and is told.
    cells = Position.objects.filter(Q(party__in=wanted[Party]) | Q(priority__in=wanted[Priority]))
    stances = Stance.objects.filter(**mine).values_list("position", flat=True)
    stays = Stay.objects.filter(**mine).values_list("position", flat=True)
    if wanted[Source] or wanted[Outlet] or _may_recount(mine):
        cell_copies.lock_cells(workspace.id)
    else:
        _lock_rows(Position, {*stances, *stays, *cells.values_list("pk", flat=True)})
    changes.hold(workspace.id)


def _may_recount(mine: dict[str, object]) -> bool:
    """Whether cells may have to be counted anew that the act does not name."""
    return any(model.objects.filter(**mine).exists() for model in (ClaimGrading, *RECOUNTED))


def _lock_rows(model: type[Model], ids: Iterable[int]) -> None:
    if wanted := list(ids):
        rows = model._default_manager.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
        list(rows.values_list("pk"))


def _write(found: Plan, writing: Writing) -> None:
    for write in found.writes:
        write(writing)
    negotiation = writing.workspace.id
    if found.cells:
        as_of.refresh(negotiation, positions=sorted(found.cells))
    if found.sources:
        cell_copies.refresh_cells(negotiation, sources=sorted(found.sources))
    elif found.recounts:
        rechecks.refresh(negotiation)
