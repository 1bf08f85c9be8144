"""Contradictions with their sides, what each rests on, the cells they touch, and what was decided of them."""

from __future__ import annotations

from typing import Any

import factory

from negotiations.models import (
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
)
from negotiations.models.contradictions import ContradictionKind, ContradictionState

from .base import Owned, of_the_same
from .quotes import QuoteFactory


class ContradictionFactory(Owned):
    """With its sides: two, unless `sides` says what each says, or lists pairs of words and the quotes they rest on."""

    class Meta:
        model = Contradiction

    slug = factory.Sequence(lambda n: f"contradiction-{n}")
    kind = ContradictionKind.FACT
    title = "How many members there are"
    sides: Any = ("Thirty-five members", "Over thirty nations")

    @classmethod
    def _write(cls, model_class: type[Contradiction], values: dict[str, Any]) -> Contradiction:
        sides = values.pop("sides")
        contradiction = super()._write(model_class, values)
        for side in sides:
            says, quotes = (side, None) if isinstance(side, str) else side
            ContradictionSideFactory(contradiction=contradiction, says=says, quotes=quotes)
        return contradiction


class ContradictionSideFactory(Owned):
    """It rests on a quote of its own, unless `quotes` are given."""

    class Meta:
        model = ContradictionSide

    contradiction = of_the_same("ContradictionFactory")
    number = factory.LazyAttribute(lambda side: side.contradiction.sides.count() + 1)
    says = "Thirty-five officials"
    quotes: Any = None

    @classmethod
    def _write(cls, model_class: type[ContradictionSide], values: dict[str, Any]) -> ContradictionSide:
        quotes = values.pop("quotes")
        side = super()._write(model_class, values)
        for quote in [QuoteFactory(negotiation=side.negotiation)] if quotes is None else quotes:
            ContradictionProofFactory(side=side, quote=quote)
        return side


class ContradictionProofFactory(Owned):
    class Meta:
        model = ContradictionProof

    side = of_the_same("ContradictionSideFactory")
    quote = of_the_same("QuoteFactory")


class ContradictionCellFactory(Owned):
    class Meta:
        model = ContradictionCell

    contradiction = of_the_same("ContradictionFactory")
    position = of_the_same("PositionFactory")


class ContradictionRulingFactory(Owned):
    class Meta:
        model = ContradictionRuling

    contradiction = of_the_same("ContradictionFactory")
    state = ContradictionState.LEFT_OPEN
    reason = "Neither side names its count."
