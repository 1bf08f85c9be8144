"""Anchoring quotes again when their source gets another text: where each stands there, and how surely."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from ..models import Anchoring, Quote, Snapshot, Source
from ..texts.anchoring import Anchor, Selector, anchor


def look_up(source: Source, text: str) -> dict[int, Anchor]:
    """Where each quote of `source` stands in `text`, by the quote's id. Slow work, to be done before any lock."""
    return {quote.pk: _anchor(quote, text) for quote in _quotes(source)}


def record(snapshot: Snapshot, found: Mapping[int, Anchor]) -> None:
    """Write down where the quotes stand in a new text, under the Change that brings it.

    A quote that was cited since `found` was looked up is looked up now.
    """
    rows = []
    for quote in _quotes(snapshot.source).exclude(snapshot=snapshot):
        place = found.get(quote.pk) or _anchor(quote, snapshot.text)
        rows.append(
            Anchoring(
                negotiation_id=snapshot.negotiation_id,
                revision=snapshot.revision,
                quote=quote,
                snapshot=snapshot,
                state=place.state,
                start=place.start,
                end=place.end,
                found=place.found,
            )
        )
    Anchoring.objects.bulk_create(rows)


def _quotes(source: Source) -> QuerySet[Quote]:
    return Quote.objects.filter(snapshot__source=source).order_by("pk")


def _anchor(quote: Quote, text: str) -> Anchor:
    return anchor(Selector(quote.exact, quote.prefix, quote.suffix, quote.start, quote.end), text)
