"""What tests of recording begin with: a good draft, and the cells of the world."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.domain.stances import Draft, Item
from negotiations.models import Position


@pytest.fixture
def draft(world):
    """A good first stance of any cell."""
    return Draft(
        cause="first",
        code="supports",
        rationale="The president said so.",
        confidence="low",
        held_from=date(2026, 1, 6),
        precision="by",
        evidence=(Item("supports", quote=world.send.pk),),
    )


@pytest.fixture
def cells(world):
    return list(Position.objects.filter(negotiation=world.negotiation).order_by("pk"))
