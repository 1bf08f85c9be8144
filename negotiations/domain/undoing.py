"""Undoing an act: by new rows, all of it or nothing, and only where nothing was built on it since.

What each kind of row becomes is told in docs/decisions/undo.md; an undo is an act like others, and can be undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model

from ..models import (
    DELETABLE,
    AnchoringDecision,
    Change,
    ClaimGrading,
    Comment,
    CommentResolution,
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
    Negotiation,
    Outlet,
    OutletGrading,
    PassageJudgement,
    Position,
    Proposal,
    ProposalDecision,
    Question,
    QuestionEvent,
    Quote,
    RowEdit,
    Snapshot,
    Source,
    SourceGrading,
    Stance,
    Stay,
)
from . import (
    as_of,
    cell_copies,
    changes,
    log_parts,
    rechecks,
    undo_events,
    undo_gradings,
    undo_marks,
    undo_rows,
    undo_stances,
)
from .acting import check_text
from .acts import ActPage, get_act
from .log import undone_by
from .negotiations import Workspace
from .permissions import Act, Forbidden, Hidden, Who
from .positions import Recorded
from .records import Refused
from .stances import Invalid
from .undo_gradings import Planner
from .undo_plans import Plan, Undoing, Writing, root_of, undoing

MOST = 2_000  # things that one act did
LOADED = ("loaded", "opened")
OF_A_FILE = "A file that was loaded is not undone as a whole. Undo or change what is wrong in it one by one."
TOO_MUCH = f"It did more than {MOST:,} things, which are not undone as a whole."
TEXT = "A text stays: it is what the source said when it was added. A better one is added beside it."
PROPOSED = "A proposal is withdrawn by its author, or decided on, where it waits."
DECIDED = "What was decided of a proposal stays decided."
SAID = "What was said stays. Say something else in its thread, or resolve it."
TURNED = "A thread is resolved, or opened again, where it stands."
OTHER = "What else it added stays."
NOTHING = "It did nothing that could be undone."

PLANNERS: dict[type[Model], Planner] = {
    Stance: undo_stances.plan,
    SourceGrading: undo_gradings.plan_sources,
    OutletGrading: undo_gradings.plan_outlets,
    ClaimGrading: undo_gradings.plan_claims,
    ContradictionRuling: undo_events.plan_rulings,
    ContradictionSide: undo_events.plan_sides,
    ContradictionProof: undo_events.plan_proofs,
    ContradictionCell: undo_events.plan_cells,
    QuestionEvent: undo_events.plan_question_events,
    PassageJudgement: undo_events.plan_judgements,
    Snapshot: lambda act, ids: Plan(stays=(TEXT,)),
    Proposal: lambda act, ids: Plan(refusals=(PROPOSED,)),
    ProposalDecision: lambda act, ids: Plan(stays=(DECIDED,)),
    Comment: lambda act, ids: Plan(refusals=(SAID,)),
    CommentResolution: lambda act, ids: Plan(refusals=(TURNED,)),
    RowEdit: undo_rows.plan,
}
# Whoever writes these holds the log already; to lock them before it would be to wait for each other.
WRITTEN_UNDER_THE_LOG: tuple[type[Model], ...] = (*DELETABLE, Contradiction, Question, Negotiation)
KINDS: Mapping[str, type[Model]] = {**log_parts.KINDS, log_parts.EDIT: RowEdit}

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


def plan(workspace: Workspace, change: Change) -> Plan:
    """All that undoing `change` would do. A fixed number of queries for each kind, some more for each thing."""
    if change.verb in LOADED:
        return Plan(refusals=(OF_A_FILE,))
    refs = log_parts.of_act(workspace.id, change.revision or 0)
    if refs.count() > MOST:
        return Plan(refusals=(TOO_MUCH,))
    act = undoing(workspace, change)
    found = sum((part for part in _parts(act, _by_kind(refs))), Plan())
    found += _marks(act)
    if not found.parts and not found.refusals:
        return Plan(blockers=found.blockers, refusals=found.stays or (NOTHING,))
    return found


def _by_kind(refs: Iterable[tuple]) -> dict[type[Model], list[int]]:
    found: dict[type[Model], list[int]] = defaultdict(list)
    for ref in refs:
        found[KINDS[ref[1]]].append(ref[2])
    return found


def _parts(act: Undoing, by_kind: Mapping[type[Model], list[int]]) -> Iterable[Plan]:
    for model, ids in by_kind.items():
        if model in PLANNERS:
            yield PLANNERS[model](act, ids)
        elif model in undo_marks.MARKS:
            yield undo_marks.plan(act, model, ids, again=False)
        else:
            yield Plan(stays=(OTHER,))


def _marks(act: Undoing) -> Plan:
    """Marks of the act with which a chain of undoing began: they stop counting, or count again, by the chain alone."""
    if act.change.undoes is None:
        return Plan()
    root, again = root_of(act.workspace, act.change)
    refs = log_parts.of_act(act.workspace.id, root.revision or 0)
    found = Plan()
    for model, ids in _by_kind(refs).items():
        if model in undo_marks.MARKS:
            found += undo_marks.plan(act, model, ids, again=again)
    return found


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
        wanted[apps.get_model("negotiations", table.removeprefix("negotiations_"))].add(row)
    wanted[Source] |= set(SourceGrading.objects.filter(**mine).values_list("source", flat=True))
    wanted[Outlet] |= set(OutletGrading.objects.filter(**mine).values_list("outlet", flat=True))
    for model in WRITTEN_UNDER_THE_LOG:
        wanted.pop(model, None)
    first: list[type[Model]] = [Source, Outlet]
    for model in [*first, *sorted(wanted.keys() - set(first), key=lambda model: model._meta.db_table)]:
        _lock_rows(model, wanted[model])
    stances = Stance.objects.filter(**mine).values_list("position", flat=True)
    stays = Stay.objects.filter(**mine).values_list("position", flat=True)
    if wanted[Source] or wanted[Outlet] or _may_recount(mine):
        cell_copies.lock_cells(workspace.id)
    else:
        _lock_rows(Position, {*stances, *stays})
    changes.hold(workspace.id)


def _may_recount(mine: dict[str, object]) -> bool:
    """Whether cells may have to be counted anew that the act does not name."""
    return any(model.objects.filter(**mine).exists() for model in (ClaimGrading, AnchoringDecision, Quote))


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
