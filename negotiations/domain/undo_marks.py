"""Undoing what nothing of its own kind takes back: quotes, texts, steps of commitments, decisions, words that a cell
stays.

Such a row counts unless its act is undone, so the act that undoes it is all that is written; undo that act in turn,
and the row counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from ..models import (
    AnchoringDecision,
    Comment,
    CommentResolution,
    CommitmentEvent,
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
    Position,
    Quote,
    Snapshot,
    Stay,
)
from .parts import Part, Told
from .record_parts import TELLERS
from .removals import OF_CONTRADICTIONS, REMOVABLE, present
from .undo_plans import Blocker, Plan, Undoing
from .undo_refs import lost, uses
from .undone import counting

MARKS = (
    *(Quote, Snapshot, CommitmentEvent, AnchoringDecision, Stay, Comment, CommentResolution),
    *OF_CONTRADICTIONS,
)
RECOUNTED = (Quote, Snapshot, AnchoringDecision)  # by these any cell may be to re-check, or not
TEXT = "The text stays with its source, which is rejected."


def plan(act: Undoing, model: type[Any], ids: Sequence[int], *, again: bool) -> Plan:
    """How marks of these ids stop counting, or count again. `ids` may be of an act that `act` undid."""
    found = _taken_out(model, ids) if model in REMOVABLE else ids
    stays = (TEXT,) if model is Snapshot and len(found) < len(ids) else ()
    return Plan(stays=stays) + _plan(act, model, found, again)


def _plan(act: Undoing, model: type[Any], ids: Sequence[int], again: bool) -> Plan:
    told = Told("Counts", "no" if again else "yes", "yes" if again else "no")
    parts = [_part(part, told) for _, part in sorted(TELLERS[model](ids).items())]
    rows = list(model._default_manager.filter(pk__in=ids).order_by("pk"))
    blockers = tuple(blocker for row in rows for blocker in _since(act, row, again))
    cells = frozenset(row.position_id for row in rows if model is Stay)
    return Plan(tuple(parts), (), blockers, cells=cells, recounts=bool(rows) and model in RECOUNTED)


def _taken_out(model: type[Any], ids: Sequence[int]) -> list[int]:
    """Those that go with their act: no text that came with its source, nothing that came with its contradiction."""
    rows = model._default_manager.filter(pk__in=ids).values_list("negotiation", "revision")
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT "row" FROM removable_of_act(%s, %s) WHERE "table" = %s', [*rows[0], model._meta.db_table]
        )
        return sorted({pk for (pk,) in cursor.fetchall()} & set(ids))


def _part(part: Part, told: Told) -> Part:
    return Part("", part.noun, part.name, part.link, (*part.fields, told))


def _since(act: Undoing, row: Any, again: bool) -> tuple[Blocker, ...]:
    if isinstance(row, Quote):
        return _twins(act, row) if again else uses(act, row)
    if isinstance(row, Snapshot):
        return _same_text(row) if again else uses(act, row)
    if isinstance(row, CommitmentEvent):
        later = CommitmentEvent.objects.filter(commitment=row.commitment_id)
        return act.built_on("A further step of this commitment was told since.", _revisions(later))
    if isinstance(row, AnchoringDecision):
        later_decisions = AnchoringDecision.objects.filter(anchoring=row.anchoring_id)
        return act.built_on("Somebody decided on this quote again since.", _revisions(later_decisions))
    if isinstance(row, Comment):
        return () if again else _answered(act, row)
    if isinstance(row, CommentResolution):
        turned = CommentResolution.objects.filter(comment=row.comment_id)
        return act.built_on("The thread was resolved, or opened again, since.", _revisions(turned))
    if isinstance(row, ContradictionSide | ContradictionProof | ContradictionCell):
        return _added_again(row) if again else _ruled(act, row)
    return ()


def _answered(act: Undoing, row: Comment) -> tuple[Blocker, ...]:
    """What was said in answer to the first of a thread; to take back an answer is up to nobody else."""
    answers = act.built_on("Somebody answered in this thread since.", _revisions(row.answers.order_by()))
    return answers + act.built_on("The thread was resolved since.", _revisions(row.resolutions.order_by()))


def _ruled(act: Undoing, row: ContradictionSide | ContradictionProof | ContradictionCell) -> tuple[Blocker, ...]:
    """What was decided with it in sight; and what was added to a side."""
    contradiction = _contradiction_of(row)
    ruled = ContradictionRuling.objects.filter(contradiction=contradiction)
    found = act.built_on(f"Contradiction “{contradiction.title}” was ruled on since.", _revisions(ruled))
    if isinstance(row, ContradictionSide):
        found += act.built_on(f"More words were added to “{row.says}” since.", _revisions(row.proofs.order_by()))
    if isinstance(row, ContradictionCell) and row.taken_away:  # it would be touched again
        found += lost([(Position, row.position_id)])
    return found


def _contradiction_of(row: Any) -> Contradiction:
    return row.side.contradiction if isinstance(row, ContradictionProof) else row.contradiction


def _added_again(row: ContradictionSide | ContradictionProof | ContradictionCell) -> tuple[Blocker, ...]:
    """The same words or the same cell, added again while these did not count."""
    if isinstance(row, ContradictionSide):
        return ()
    if isinstance(row, ContradictionCell):
        same: dict[str, Any] = {
            "contradiction": row.contradiction_id,
            "position": row.position_id,
            "taken_away": row.taken_away,
            "revision__gt": row.revision,
        }
    else:
        same = {"side": row.side_id, "quote": row.quote_id, "source": row.source_id, "locator": row.locator}
    again = present(type(row)._default_manager.filter(**same)).exclude(pk=row.pk)
    title = _contradiction_of(row).title
    return tuple(Blocker(f"The same was added again to contradiction “{title}” since.", e) for e in _revisions(again))


def _twins(act: Undoing, row: Quote) -> tuple[Blocker, ...]:
    """The same words, cited again while this quote did not count."""
    twins = counting(Quote.objects.filter(snapshot=row.snapshot_id, start=row.start, end=row.end).exclude(pk=row.pk))
    return tuple(Blocker(f"The words of quote {row.slug} were cited again since.", each) for each in _revisions(twins))


def _same_text(row: Snapshot) -> tuple[Blocker, ...]:
    """The same words, added again while this text did not count; a source may go back to an earlier one, though."""
    texts = present(Snapshot.objects.filter(negotiation=row.negotiation_id, sha256=row.sha256))
    again = texts.filter(Q(number__gt=row.number) | ~Q(source=row.source_id)).exclude(pk=row.pk)
    return tuple(Blocker("The same text was added again since.", each) for each in _revisions(again))


def _revisions(rows: Any) -> list[int]:
    return list(rows.values_list("revision", flat=True).distinct())
