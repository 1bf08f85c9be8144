"""Contradictions with their sides, what each rests on, the cells they touch, and what was decided of them."""

from __future__ import annotations

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


class ContradictionFactory(Owned):
    class Meta:
        model = Contradiction

    slug = factory.Sequence(lambda n: f"contradiction-{n}")
    kind = ContradictionKind.FACT
    title = "How many members there are"


class ContradictionSideFactory(Owned):
    class Meta:
        model = ContradictionSide

    contradiction = of_the_same("ContradictionFactory")
    number = factory.LazyAttribute(lambda side: side.contradiction.sides.count() + 1)
    says = "Thirty-five members"


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
