"""What forms offer to choose evidence from, and for a stance the parties that it may depend on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Party, Source
from ..models.evidence import Bearing
from ..models.stances import Confidence
from . import confidence, quotes
from .cells import Cell, Identified
from .quotes import Cited
from .removals import present
from .stances import Item


@dataclass(frozen=True)
class Choices:
    """Parties, sources, and quotes: those chosen already, then those found."""

    parties: list[Identified]
    sources: list[Identified]
    chosen: list[Cited]
    found: list[Cited]

    def proposed(self, evidence: Iterable[Item]) -> Confidence:
        """The confidence that the evidence chosen in the form allows (domain/confidence.py)."""
        quotes = {quote.id: quote for quote in self.chosen}
        supporting = [quotes[e.quote] for e in evidence if e.bearing == Bearing.SUPPORTS and e.quote in quotes]
        return confidence.propose(quote.graded for quote in supporting if quote.counts)


def choices(cell: Cell, *, chosen: Iterable[int], words: str = "") -> Choices:
    """What an analyst may choose from for a cell; `words` look for more quotes, else the party's own are offered."""
    return choices_in(cell.workspace.id, chosen=chosen, words=words, about=cell.party.slug)


def choices_in(negotiation: int, *, chosen: Iterable[int], words: str = "", about: str = "") -> Choices:
    """The same for any form. Without `words`, quotes of the party `about` are offered, else the negotiation's first.

    What is chosen comes in the order in which it is named.
    """
    wanted = list(dict.fromkeys(chosen))
    taken = quotes.get_many(negotiation, wanted)
    parties = list(present(Party.objects.filter(negotiation_id=negotiation)).order_by("order", "name"))
    party = next((party.pk for party in parties if party.slug == about), None)
    found = quotes.find(negotiation, words=words, party=party)
    sources = Source.objects.filter(negotiation_id=negotiation, merged_into=None).order_by("title")
    return Choices(
        parties=[Identified(p.pk, p.slug, p.name) for p in parties],
        sources=[Identified(s.pk, s.slug, s.title) for s in sources],
        chosen=[taken[pk] for pk in wanted if pk in taken],
        found=[quote for quote in found if quote.id not in taken],
    )
