"""Quotes as pages list them, newest words first; and the evidence of what is not a stance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import F, Q

from ..models import Source
from . import quotes
from .at_moment import added, by_then
from .judged import published_on
from .moments import Moment
from .names import Named, named_or_none
from .quotes import Cited
from .undone import counting

FEW = 10
MANY = 200


@dataclass(frozen=True)
class QuoteList:
    """`more` says that there are others, which the page can show on request, up to MANY."""

    quotes: tuple[Cited, ...]
    more: bool


@dataclass(frozen=True)
class Proof:
    """How we know: a quote, or a locator in a source, or neither."""

    quote: Cited | None
    source: Named | None
    locator: str


class Proven(Protocol):
    """A row with the three columns that say how we know."""

    quote_id: int | None
    source: Source | None
    locator: str


def quote_list(negotiation: int, where: Q, moment: Moment, *, everything: bool = False) -> QuoteList:
    """The quotes of a negotiation that match, FEW of them unless all are asked for; those of that moment. One query."""
    most = MANY if everything else FEW
    rows = quotes.of_negotiation(negotiation, until=moment.until).filter(where, added(moment))
    rows = counting(rows, until=moment.until)
    rows = rows.filter(by_then("said_on", moment))
    if moment.public_by is not None:
        rows = rows.annotate(published=published_on("snapshot__source__")).filter(published__lte=moment.public_by)
    rows = rows.order_by(F("said_on").desc(nulls_last=True), "-pk")[: most + 1]
    found = [quotes.cited(row) for row in rows]
    return QuoteList(tuple(found[:most]), len(found) > most)


def proofs(negotiation: int, rows: Iterable[Proven], *, until: int | None = None) -> Mapping[int, Cited]:
    """The quotes that rows name as evidence, by id; with `until`, as judged at that revision. One query."""
    return quotes.get_many(negotiation, {row.quote_id for row in rows if row.quote_id is not None}, until=until)


def proof(row: Proven, found: Mapping[int, Cited]) -> Proof:
    quote = None if row.quote_id is None else found[row.quote_id]
    return Proof(quote, named_or_none(row.source), row.locator)
