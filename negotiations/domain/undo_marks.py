"""Undoing what nothing of its own kind takes back: quotes, texts, steps of commitments, decisions, words that a cell
stays.

Such a row counts unless its act is undone, so the act that undoes it is all that is written; undo that act in turn,
and the row counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from ..models import AnchoringDecision, CommitmentEvent, Quote, RowEdit, Snapshot, Source, Stay
from .parts import Part, Told
from .record_parts import TELLERS
from .removals import present
from .undo_plans import Blocker, Plan, Undoing
from .undo_refs import uses
from .undone import counting

MARKS = (Quote, Snapshot, CommitmentEvent, AnchoringDecision, Stay)
RECOUNTED = (Quote, Snapshot, AnchoringDecision)  # by these any cell may be to re-check, or not
TEXT = "The text stays with its source, which is rejected."


def plan(act: Undoing, model: type[Any], ids: Sequence[int], *, again: bool) -> Plan:
    """How marks of these ids stop counting, or count again. `ids` may be of an act that `act` undid."""
    if model is Snapshot:
        found = _added_later(ids)
        return (Plan(stays=(TEXT,)) if len(found) < len(ids) else Plan()) + _plan(act, model, found, again)
    return _plan(act, model, ids, again)


def _plan(act: Undoing, model: type[Any], ids: Sequence[int], again: bool) -> Plan:
    told = Told("Counts", "no" if again else "yes", "yes" if again else "no")
    parts = [_part(part, told) for _, part in sorted(TELLERS[model](ids).items())]
    rows = list(model._default_manager.filter(pk__in=ids).order_by("pk"))
    blockers = tuple(blocker for row in rows for blocker in _since(act, row, again))
    cells = frozenset(row.position_id for row in rows if model is Stay)
    return Plan(tuple(parts), (), blockers, cells=cells, recounts=bool(rows) and model in RECOUNTED)


def _added_later(texts: Sequence[int]) -> list[int]:
    """Those that were added to a source which was there; the others came with theirs (sql/0021_removals.sql)."""
    table = Source._meta.db_table
    came = RowEdit.objects.filter(
        table=table, row=OuterRef("source"), before__isnull=True, change__revision=OuterRef("revision")
    )
    return list(Snapshot.objects.filter(~Exists(came), pk__in=texts).values_list("pk", flat=True))


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
    return ()


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
