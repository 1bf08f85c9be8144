"""What people have looked at in a negotiation's texts: what they quoted, what they set aside, what came later."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, TextField
from django.db.models.functions import Substr

from ..models import Anchoring, PassageJudgement, Quote
from . import quotes
from .cells import Cell
from .libraries import Shelf
from .undone import counting


@dataclass(frozen=True)
class Aside:
    """A passage judged not relevant, where it stands today; `place` is where it was judged."""

    text: int
    start: int
    end: int
    place: str


def set_aside(cell: Cell, shelf: Shelf) -> list[Aside]:
    """The passages judged not relevant for the cell, the last first; found again where their source has a new text."""
    words = Substr("snapshot__text", F("start") + 1, F("end") - F("start"), output_field=TextField())
    rows = PassageJudgement.objects.filter(position_id=cell.id).order_by("revision", "pk").annotate(words=words)
    rows = rows.select_related("snapshot").defer("snapshot__text", "snapshot__sketch")
    newest = {(row.snapshot_id, row.start, row.end): row for row in rows}
    of_source = {snapshot.source_id: pk for pk, snapshot in shelf.snapshots.items()}
    found = []
    for row in reversed(newest.values()):
        text = of_source.get(row.snapshot.source_id)
        if row.relevant or text is None:
            continue
        start = row.start if text == row.snapshot_id else shelf.text(text).find(row.words)
        if start >= 0:
            place = f"{row.snapshot_id}-{row.start}-{row.end}"
            found.append(Aside(text, start, start + row.end - row.start, place))
    return found


def quoted(negotiation: int, shelf: Shelf) -> list[tuple[int, int, int, int]]:
    """Where quotes stand in the texts, as (text, start, end, quote): as cited there, or as found again.

    What has other words now is no quote of that text, unless somebody said that it still holds.
    """
    texts = list(shelf.snapshots)
    mine = counting(Quote.objects.filter(negotiation_id=negotiation))
    of_texts = mine.filter(snapshot__in=texts).order_by("pk")
    cited = list(of_texts.values_list("snapshot_id", "start", "end", "pk"))
    again = Anchoring.objects.filter(quote__in=mine.values("pk"), snapshot__in=texts).order_by("revision", "pk")
    newest = {(row.snapshot_id, row.quote_id): row for row in quotes.with_holding(again)}
    found = [
        (text, row.start, row.end, quote)
        for (text, quote), row in newest.items()
        if row.start is not None and row.end is not None and row.holding
    ]
    return cited + found


def new(cell: Cell, shelf: Shelf) -> set[int]:
    """The texts of sources that had none yet when the cell's standing stance was recorded; none if it has no stance."""
    if cell.current is None:
        return set()
    return {text for text, came in shelf.came.items() if came > cell.current.revision}
