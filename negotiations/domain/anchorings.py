"""Anchoring quotes again when their source gets another text: where each stands there, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from ..models import Anchoring, Quote, Snapshot, Source
from ..models.sources import SnapshotKind
from ..texts.anchoring import HOLDS, Anchor, Selector, anchor, anchor_all, select
from . import rechecks
from .removals import present


@dataclass(frozen=True)
class Outcome:
    """How many quotes a source has from its other texts, how many of them hold in this one, and how many cells are to
    be re-checked because of it."""

    quotes: int
    hold: int
    cells: int

    def in_words(self) -> str:
        """One sentence, or two; empty where there was nothing to look for."""
        if not self.quotes:
            return ""
        if self.hold == self.quotes:
            return "Its quote holds there." if self.quotes == 1 else f"All its {self.quotes} quotes hold there."
        held = f"Of its {self.quotes} quotes {self.hold or 'none'} {'holds' if self.hold < 2 else 'hold'} there."
        return "Its quote does not hold there." if self.quotes == 1 else held

    def cells_in_words(self) -> str:
        """Empty where no cell is to be re-checked."""
        return f"{self.cells} cell{' is' if self.cells == 1 else 's are'} to be re-checked" if self.cells else ""


def outcome(snapshot: Snapshot) -> Outcome:
    """What became of the quotes of its source in a text, and of what rests on them. Three queries."""
    states = dict(Anchoring.objects.filter(snapshot=snapshot).order_by("pk").values_list("pk", "state"))
    found = rechecks.find_all(snapshot.negotiation_id)
    cells = {each.position for each in found if each.told.get("anchoring") in states}
    return Outcome(len(states), sum(state in HOLDS for state in states.values()), len(cells))


def outcome_of_newest(negotiation: int, source: str) -> Outcome:
    """The same of the newest text of a source, by its slug; nothing where it has none."""
    texts = present(Snapshot.objects.filter(negotiation_id=negotiation, source__slug=source)).defer("text")
    newest = texts.order_by("-number").first()
    return outcome(newest) if newest else Outcome(0, 0, 0)


def look_up(source: Source, text: str) -> dict[int, Anchor]:
    """Where each quote of `source` stands in `text`, by the quote's id. Slow work, to be done before any lock."""
    known = _last_seen(source)
    return _anchored({quote.pk: known.get(quote.pk) or _as_cited(quote) for quote in _quotes(source)}, text)


def _last_seen(source: Source) -> dict[int, Selector]:
    """The quotes of `source` that held in one of its full texts, with what stood around them in the newest such text.

    A quote from a précis knows only the précis's surroundings, which no full text has.
    """
    everything = Anchoring.objects.filter(
        snapshot__source=source, snapshot__kind=SnapshotKind.FULL, state__in=HOLDS, start__isnull=False
    )
    held = present(everything).select_related("quote", "snapshot")
    seen = {}
    for row in held.defer("snapshot__sketch").order_by("snapshot__number", "revision", "pk"):
        if row.start is not None and row.end is not None:
            seen[row.quote_id] = replace(select(row.snapshot.text, row.start, row.end), exact=row.quote.exact)
    return seen


def record(snapshot: Snapshot, found: Mapping[int, Anchor]) -> None:
    """Write down where the quotes stand in a new text, under the Change that brings it.

    A quote that was cited since `found` was looked up is looked up now.
    """
    quotes = list(_quotes(snapshot.source).exclude(snapshot=snapshot))
    added = _anchored({quote.pk: _as_cited(quote) for quote in quotes if quote.pk not in found}, snapshot.text)
    places = {**found, **added}
    Anchoring.objects.bulk_create(_row(quote, snapshot, places[quote.pk], snapshot.revision) for quote in quotes)


def look_ahead(snapshot: Snapshot, passage: Selector) -> dict[int, Anchor]:
    """Where a passage of `snapshot` stands in each later text of its source, by the text's id. Slow work, too.

    Also in one that is taken out: it may be there again.
    """
    return {later.pk: anchor(passage, later.text) for later in _later(snapshot)}


def record_ahead(quote: Quote, found: Mapping[int, Anchor]) -> None:
    """Write down where a new quote stands in the later texts, under the Change that cites it.

    A text that was added since `found` was looked up is looked at now.
    """
    known = _later(quote.snapshot).filter(pk__in=found).defer("text")
    added = _later(quote.snapshot).exclude(pk__in=found)
    Anchoring.objects.bulk_create(
        _row(quote, later, found.get(later.pk) or anchor(_as_cited(quote), later.text), quote.revision)
        for later in [*known, *added]
    )


def _row(quote: Quote, snapshot: Snapshot, place: Anchor, revision: int) -> Anchoring:
    return Anchoring(
        negotiation_id=quote.negotiation_id,
        revision=revision,
        quote=quote,
        snapshot=snapshot,
        state=place.state,
        start=place.start,
        end=place.end,
        found=place.found,
    )


def _quotes(source: Source) -> QuerySet[Quote]:
    return Quote.objects.filter(snapshot__source=source).order_by("pk")


def _later(snapshot: Snapshot) -> QuerySet[Snapshot]:
    return Snapshot.objects.filter(source=snapshot.source_id, number__gt=snapshot.number).order_by("number")


def _anchored(passages: Mapping[int, Selector], text: str) -> dict[int, Anchor]:
    return dict(zip(passages, anchor_all(passages.values(), text), strict=True))


def _as_cited(quote: Quote) -> Selector:
    return Selector(quote.exact, quote.prefix, quote.suffix, quote.start, quote.end)
