"""Undoing what nothing of its own kind takes back: quotes, steps of commitments, decisions, words that a cell stays.

Such a row counts unless its act is undone, so the act that undoes it is all that is written; undo that act in turn,
and the row counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..models import (
    AnchoringDecision,
    ClaimGrading,
    CommitmentEvent,
    ContradictionProof,
    Evidence,
    QuestionEvent,
    Quote,
    RowEdit,
    Signature,
    Stay,
)
from .parts import Part, Told
from .record_parts import TELLERS
from .undo_plans import Blocker, Plan, Undoing
from .undone import counting

MARKS = (Quote, CommitmentEvent, AnchoringDecision, Stay)


def plan(act: Undoing, model: type[Any], ids: Sequence[int], *, again: bool) -> Plan:
    """How marks of these ids stop counting, or count again. `ids` may be of an act that `act` undid."""
    told = Told("Counts", "no" if again else "yes", "yes" if again else "no")
    parts = [_part(part, told) for _, part in sorted(TELLERS[model](ids).items())]
    rows = list(model._default_manager.filter(pk__in=ids).order_by("pk"))
    blockers = tuple(blocker for row in rows for blocker in _since(act, row, again))
    cells = frozenset(row.position_id for row in rows if model is Stay)
    return Plan(tuple(parts), (), blockers, cells=cells, recounts=model in (AnchoringDecision, Quote))


def _part(part: Part, told: Told) -> Part:
    return Part("", part.noun, part.name, part.link, (*part.fields, told))


def _since(act: Undoing, row: Any, again: bool) -> tuple[Blocker, ...]:
    if isinstance(row, Quote):
        return _twins(act, row) if again else _used(act, row)
    if isinstance(row, CommitmentEvent):
        later = CommitmentEvent.objects.filter(commitment=row.commitment_id)
        return act.built_on("A further step of this commitment was told since.", _revisions(later))
    if isinstance(row, AnchoringDecision):
        later_decisions = AnchoringDecision.objects.filter(anchoring=row.anchoring_id)
        return act.built_on("Somebody decided on this quote again since.", _revisions(later_decisions))
    return ()


def _twins(act: Undoing, row: Quote) -> tuple[Blocker, ...]:
    """The same words, cited again while this quote did not count."""
    twins = counting(Quote.objects.filter(snapshot=row.snapshot_id, start=row.start, end=row.end).exclude(pk=row.pk))
    return tuple(Blocker(f"The words of quote {row.slug} were cited again since.", each) for each in _revisions(twins))


def _used(act: Undoing, row: Quote) -> tuple[Blocker, ...]:
    """What rests on a quote."""
    named = f"quote {row.slug}"
    signed = RowEdit.objects.filter(table=Signature._meta.db_table, after__contains={"quote_id": row.pk})
    used: dict[str, list[int]] = {
        f"A stance rests on {named}.": _revisions(Evidence.objects.filter(quote=row)),
        f"A contradiction rests on {named}.": _revisions(ContradictionProof.objects.filter(quote=row)),
        f"A question is answered by {named}.": _revisions(QuestionEvent.objects.filter(quote=row)),
        f"A step of a commitment rests on {named}.": _revisions(CommitmentEvent.objects.filter(quote=row)),
        f"A signature rests on {named}.": [each or 0 for each in signed.values_list("change__revision", flat=True)],
        f"The claim of {named} was graded since.": _revisions(ClaimGrading.objects.filter(quote=row)),
        f"Somebody decided on {named} since.": _revisions(AnchoringDecision.objects.filter(anchoring__quote=row)),
    }
    return tuple(blocker for sentence, acts in used.items() for blocker in act.built_on(sentence, acts))


def _revisions(rows: Any) -> list[int]:
    return list(rows.values_list("revision", flat=True).distinct())
