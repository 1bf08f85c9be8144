"""The copies on cells of what follows from their evidence, counted anew after an act that may touch many of them."""

from __future__ import annotations

from collections.abc import Sequence

from ..models import Position
from . import as_of, rechecks
from .standing_evidence import find_cells


def lock_cells(negotiation: int) -> None:
    """Before the Change is taken, as whoever records a stance does: else the two could wait for each other."""
    list(
        Position.objects.filter(negotiation_id=negotiation)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk")
    )


def refresh_cells(negotiation: int, *, sources: Sequence[int]) -> None:
    """Count anew in the cells that rest on `sources`. After the Change is taken; the cells are locked."""
    if cells := find_cells(negotiation, sources=sources):
        as_of.refresh(negotiation, positions=cells)
    rechecks.refresh(negotiation)
