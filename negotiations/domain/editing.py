"""What the form of a stance offers to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Party, Source
from . import quotes
from .cells import Cell, Named
from .quotes import Cited


@dataclass(frozen=True)
class Choices:
    """Parties, sources, and quotes: those chosen already, then those found."""

    parties: list[Named]
    sources: list[Named]
    chosen: list[Cited]
    found: list[Cited]


def choices(cell: Cell, *, chosen: Iterable[int], words: str = "") -> Choices:
    """What an analyst may choose from for a cell; `words` look for more quotes, else the party's own are offered."""
    negotiation = cell.workspace.id
    taken = quotes.get_many(negotiation, chosen)
    found = quotes.find(negotiation, words=words, party=cell.party.id)
    parties = Party.objects.filter(negotiation_id=negotiation).order_by("order", "name")
    sources = Source.objects.filter(negotiation_id=negotiation).order_by("title")
    return Choices(
        parties=[Named(p.pk, p.slug, p.name) for p in parties],
        sources=[Named(s.pk, s.slug, s.title) for s in sources],
        chosen=list(taken.values()),
        found=[quote for quote in found if quote.id not in taken],
    )
