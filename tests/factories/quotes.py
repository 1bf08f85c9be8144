"""Quotes, what their claims are worth, and where they stand in other texts."""

from __future__ import annotations

import factory

from negotiations.models import Anchoring, ClaimGrading, Quote
from negotiations.models.quotes import AnchorState, Basis, Credibility

from .base import Owned, of_the_same


class QuoteFactory(Owned):
    """The first place of `exact` in its text; without `exact`, the first twelve characters there."""

    class Meta:
        model = Quote

    slug = factory.Sequence(lambda n: f"quote-{n}")
    snapshot = of_the_same("SnapshotFactory")
    exact = factory.LazyAttribute(lambda quote: quote.snapshot.text[:12])
    start = factory.LazyAttribute(lambda quote: quote.snapshot.text.index(quote.exact))
    end = factory.LazyAttribute(lambda quote: quote.start + len(quote.exact))
    prefix = factory.LazyAttribute(lambda quote: quote.snapshot.text[max(quote.start - 32, 0) : quote.start])
    suffix = factory.LazyAttribute(lambda quote: quote.snapshot.text[quote.end : quote.end + 32])
    basis = Basis.OWN_WORDS


class ClaimGradingFactory(Owned):
    class Meta:
        model = ClaimGrading

    quote = of_the_same("QuoteFactory")
    credibility = Credibility.PROBABLE
    reason = "Fits what others tell."


class AnchoringFactory(Owned):
    """The quote in a later text of its source, at the place that it had."""

    class Meta:
        model = Anchoring

    quote = of_the_same("QuoteFactory")
    snapshot = of_the_same("SnapshotFactory", source=factory.SelfAttribute("..quote.snapshot.source"))
    state = AnchorState.EXACT
    start = factory.SelfAttribute("quote.start")
    end = factory.SelfAttribute("quote.end")
    found = factory.SelfAttribute("quote.exact")
