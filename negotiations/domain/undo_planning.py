"""What undoing an act would do, kind by kind of what it added or edited: all parts of the plan put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Model

from ..models import (
    Change,
    ClaimGrading,
    ContradictionRuling,
    ContradictionSide,
    Dependence,
    Evidence,
    OutletGrading,
    PassageJudgement,
    Proposal,
    ProposalDecision,
    QuestionEvent,
    RowEdit,
    SourceGrading,
    Stance,
)
from . import log_parts, undo_events, undo_gradings, undo_marks, undo_rows, undo_stances
from .negotiations import Workspace
from .removals import model_of
from .undo_gradings import Planner
from .undo_plans import Blocker, Plan, Undoing, root_of, undoing
from .undo_refs import leads_of, lost

MOST = 2_000  # things that one act did
LOADED = ("loaded", "opened")
OF_A_FILE = "A file that was loaded is not undone as a whole. Undo or change what is wrong in it one by one."
TOO_MUCH = f"It did more than {MOST:,} things, which are not undone as a whole."
PROPOSED = "A proposal is withdrawn by its author, or decided on, where it waits."
DECIDED = "What was decided of a proposal stays decided."
OTHER = "What else it added stays."
NOTHING = "It did nothing that could be undone."

PLANNERS: dict[type[Model], Planner] = {
    Stance: undo_stances.plan,
    SourceGrading: undo_gradings.plan_sources,
    OutletGrading: undo_gradings.plan_outlets,
    ClaimGrading: undo_gradings.plan_claims,
    ContradictionRuling: undo_events.plan_rulings,
    ContradictionSide: undo_events.plan_sides,
    QuestionEvent: undo_events.plan_question_events,
    PassageJudgement: undo_events.plan_judgements,
    Proposal: lambda act, ids: Plan(refusals=(PROPOSED,)),
    ProposalDecision: lambda act, ids: Plan(stays=(DECIDED,)),
    RowEdit: undo_rows.plan,
}
KINDS: Mapping[str, type[Model]] = {**log_parts.KINDS, log_parts.EDIT: RowEdit}


def plan(workspace: Workspace, change: Change) -> Plan:
    """All that undoing `change` would do. A fixed number of queries for each kind, some more for each thing."""
    if change.verb in LOADED:
        return Plan(refusals=(OF_A_FILE,))
    refs = log_parts.of_act(workspace.id, change.revision or 0)
    if refs.count() > MOST:
        return Plan(refusals=(TOO_MUCH,))
    act = undoing(workspace, change)
    found = sum((part for part in _parts(act, _by_kind(refs))), Plan())
    found += _of_the_chain(act)
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
        if model in undo_marks.MARKS:
            yield undo_marks.plan(act, model, ids, again=False)
        elif model not in PLANNERS:
            yield Plan(stays=(OTHER,))


def _of_the_chain(act: Undoing) -> Plan:
    """What counts, or not, by the chain of undoing alone: marks and nouns of the act with which it began.

    What that one brings back must find what it leads to.
    """
    if act.change.undoes is None:
        return Plan()
    root, again = root_of(act.workspace, act.change)
    by_kind = _by_kind(log_parts.of_act(act.workspace.id, root.revision or 0))
    # Where it goes once more, all is looked at that was built on it since it came first, and counts by now.
    of = act if again else undoing(act.workspace, root)
    found = Plan()
    for model, ids in by_kind.items():
        if model in undo_marks.MARKS:
            found += undo_marks.plan(of, model, ids, again=again)
        elif model is RowEdit:
            found += undo_rows.plan_again(of, ids, again=again)
    return found + Plan(blockers=_lost(root, by_kind)) if again else found


def _lost(root: Change, by_kind: Mapping[type[Model], list[int]]) -> tuple[Blocker, ...]:
    """What the rows of the act lead to that is not there any more; it brings back its own quotes and nouns itself."""
    own = {(model, pk) for model, ids in by_kind.items() for pk in ids}
    own |= {(model_of(table), row) for table, row in root.row_edits.values_list("table", "row")}
    rows = [model._default_manager.filter(pk__in=ids) for model, ids in by_kind.items() if model is not RowEdit]
    mine = {"negotiation": root.negotiation_id, "revision": root.revision}
    rows += [Dependence.objects.filter(**mine), Evidence.objects.filter(**mine)]
    return lost(lead for each in rows for lead in leads_of(each) if lead not in own)
