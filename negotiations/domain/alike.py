"""Cells to re-check that wait for nothing but what another one waits for too: one look, and one reason, may do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Position
from . import rechecks
from .names import of_cell
from .rechecks import Open, Why


@dataclass(frozen=True)
class Alike:
    """Another cell that waits for nothing but what this one waits for too."""

    position: int
    name: str
    code: str


def alike_to(cell: Position, own: Sequence[Open]) -> tuple[Alike, ...]:
    """The other cells of which whoever looked at this one has seen every reason. How many origins a stance has is its
    own matter. Three queries."""
    seen = {(each.why, each.on) for each in own if each.on is not None}
    reasons: dict[int, set[tuple[Why, int | None]]] = defaultdict(set)
    for each in rechecks.find_all(cell.negotiation_id):
        reasons[each.position].add((each.why, each.on))
    same = [position for position, why in reasons.items() if position != cell.pk and why <= seen]
    rows = Position.objects.filter(pk__in=same).select_related("party", "priority")
    return tuple(
        Alike(row.pk, of_cell(row.party.name, row.priority.number, row.priority.name), row.code)
        for row in rows.order_by("party__order", "party__name", "priority__number")
    )
