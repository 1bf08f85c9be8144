"""Where something is said, as sides of a contradiction and answers name it: a quote, or a place in a source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from ..models import Quote, Source
from .stances import LONGEST_LOCATOR, can_be_stored
from .undone import counting


@dataclass(frozen=True)
class Place:
    """A quote, or a locator in a source; never both. Ids are those of the negotiation."""

    quote: int | None = None
    source: int | None = None
    locator: str = ""

    def as_content(self) -> dict[str, object]:
        """What was asked, to be hashed."""
        return asdict(self)


def problem_of(negotiation: int, places: Iterable[Place]) -> str:
    """What is wrong with these places, as a sentence; empty where nothing is. At most two queries."""
    places = list(places)
    for place in places:
        is_quote = place.quote is not None and place.source is None and not place.locator
        is_in_a_source = place.quote is None and place.source is not None and place.locator.strip()
        if not is_quote and not is_in_a_source:
            return "Name a quote, or a source and where in it."
        if len(place.locator) > LONGEST_LOCATOR or not can_be_stored(place.locator):
            return f"Where in a source is told in at most {LONGEST_LOCATOR} ordinary characters."
    if len(set(places)) != len(places):
        return "The same words are named twice on one side."
    quotes = {place.quote for place in places if place.quote is not None}
    sources = {place.source for place in places if place.source is not None}
    if problem := problem_of_quotes(negotiation, quotes):
        return problem
    if sources and Source.objects.filter(negotiation_id=negotiation, pk__in=sources).count() != len(sources):
        return "One of these sources is not of this negotiation."
    return ""


def problem_of_quotes(negotiation: int, quotes: set[int]) -> str:
    """Why nothing can rest on these quotes, as a sentence; else empty. One query where nothing is wrong."""
    rows = Quote.objects.filter(negotiation_id=negotiation, pk__in=quotes)
    if not quotes or counting(rows).count() == len(quotes):
        return ""
    if rows.count() == len(quotes):
        return "Somebody undid that one of these quotes was cited."
    return "One of these quotes is not of this negotiation."
