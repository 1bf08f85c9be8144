"""Undoing what became of things: rulings, answers, judgements of passages. What was said before is said again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..models import (
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
    PassageJudgement,
    Question,
    QuestionEvent,
    RowEdit,
)
from ..models.contradictions import ContradictionState
from ..models.questions import QuestionState
from .names import of_cell
from .parts import Link, Part, Told
from .record_parts import earlier
from .undo_plans import Plan, Undoing, Writing

# --- contradictions


def plan_rulings(act: Undoing, ids: Sequence[int]) -> Plan:
    rows = ContradictionRuling.objects.filter(pk__in=ids).select_related("contradiction")
    plan = Plan()
    for row in rows.annotate(before=earlier(rows, "contradiction", "state")).order_by("pk"):
        before = ContradictionState(row.before or ContradictionState.OPEN)
        plan += _rule(act, row.contradiction, before)
    return plan


def plan_sides(act: Undoing, ids: Sequence[int]) -> Plan:
    """A contradiction that the act added is resolved; what it added to another one is taken out (undo_marks.py)."""
    plan = Plan()
    for row in ContradictionSide.objects.filter(pk__in=ids, number=1).select_related("contradiction").order_by("pk"):
        plan += _rule(act, row.contradiction, ContradictionState.RESOLVED)
    return plan


def _rule(act: Undoing, row: Contradiction, state: ContradictionState) -> Plan:
    told = Told("State", ContradictionState(row.state).label, state.label)
    part = Part("", "contradiction", row.title, Link("contradiction", (row.slug,)), (told,))
    later = [
        *ContradictionRuling.objects.filter(contradiction=row).values_list("revision", flat=True),
        *ContradictionSide.objects.filter(contradiction=row).values_list("revision", flat=True),
        *ContradictionProof.objects.filter(side__contradiction=row).values_list("revision", flat=True),
        *ContradictionCell.objects.filter(contradiction=row).values_list("revision", flat=True),
    ]
    blockers = act.built_on(f"Contradiction “{row.title}” was worked on since.", later)
    return Plan((part,), (partial(_write_ruling, row.pk, state),), blockers)


def _write_ruling(contradiction: int, state: ContradictionState, writing: Writing) -> None:
    ContradictionRuling.objects.create(
        negotiation_id=writing.workspace.id,
        revision=writing.revision,
        contradiction_id=contradiction,
        state=state,
        reason=writing.why,
    )
    Contradiction.objects.filter(pk=contradiction).update(state=state)


# --- questions


def plan_question_events(act: Undoing, ids: Sequence[int]) -> Plan:
    plan = Plan()
    for row in QuestionEvent.objects.filter(pk__in=ids).select_related("question").order_by("pk"):
        before = QuestionEvent.objects.filter(question=row.question, revision__lt=row.revision).last()
        plan += _turn(act, row.question, before, QuestionState(before.state) if before else QuestionState.OPEN)
    return plan


def plan_asked(act: Undoing, row: Question) -> Plan:
    """A question that the act asked is dropped."""
    return _turn(act, row, None, QuestionState.DROPPED)


def _turn(act: Undoing, row: Question, before: QuestionEvent | None, state: QuestionState) -> Plan:
    told = Told("State", QuestionState(row.state).label, state.label)
    part = Part("", "question", row.text, Link("question", (row.slug,)), (told,))
    events = QuestionEvent.objects.filter(question=row).values_list("revision", flat=True)
    edits = RowEdit.objects.filter(table=Question._meta.db_table, row=row.pk)
    later = [*events, *edits.values_list("change__revision", flat=True)]
    blockers = act.built_on(f"Question “{row.text}” was answered, dropped or changed since.", later)
    return Plan((part,), (partial(_write_turn, row.pk, before, state),), blockers)


def _write_turn(question: int, before: QuestionEvent | None, state: QuestionState, writing: Writing) -> None:
    answered = state == QuestionState.ANSWERED and before is not None
    place: dict[str, Any] = {}
    if answered and before is not None:
        place = {"quote_id": before.quote_id, "source_id": before.source_id, "locator": before.locator}
    QuestionEvent.objects.create(
        negotiation_id=writing.workspace.id,
        revision=writing.revision,
        question_id=question,
        state=state,
        note=before.note if answered and before is not None else writing.why,
        **place,
    )
    Question.objects.filter(pk=question).update(state=state)


# --- passages


def plan_judgements(act: Undoing, ids: Sequence[int]) -> Plan:
    plan = Plan()
    rows = PassageJudgement.objects.filter(pk__in=ids).select_related("position__party", "position__priority")
    for row in rows.order_by("pk"):
        here = {"position": row.position_id, "snapshot": row.snapshot_id, "start": row.start, "end": row.end}
        others = PassageJudgement.objects.filter(**here)
        before = others.filter(revision__lt=row.revision).order_by("revision", "pk").last()
        relevant = before.relevant if before else True
        name = of_cell(row.position.party.name, row.position.priority.number, row.position.priority.name)
        link = Link("findings", (row.position.party.slug, row.position.priority.number))
        told = Told("Passage", _relevant(row.relevant), _relevant(relevant))
        blockers = act.built_on("The passage was judged again since.", others.values_list("revision", flat=True))
        plan += Plan(
            (Part("", "a passage for", name, link, (told,)),), (partial(_write_judgement, here, relevant),), blockers
        )
    return plan


def _relevant(relevant: bool) -> str:
    return "tells something" if relevant else "set aside"


def _write_judgement(here: dict[str, int], relevant: bool, writing: Writing) -> None:
    PassageJudgement.objects.create(
        negotiation_id=writing.workspace.id,
        revision=writing.revision,
        position_id=here["position"],
        snapshot_id=here["snapshot"],
        start=here["start"],
        end=here["end"],
        relevant=relevant,
    )
