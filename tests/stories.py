"""Stances as analysts record them: through the one way in, with an author and a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from negotiations.domain import positions
from negotiations.domain.stances import Draft, Item
from negotiations.models import Party, Priority, Quote, User
from negotiations.models.evidence import Bearing

from .worlds import World

SUMMIT = date(2026, 1, 6)  # the day from which stances are held, unless told


def record(
    world: World,
    party: Party,
    priority: Priority,
    *,
    by: User,
    why: str = "Read in the news.",
    evidence: Iterable[Quote] = (),
    contradicted_by: Iterable[Quote] = (),
    in_context: Iterable[Quote] = (),
    **told: Any,
) -> int:
    """Record one stance: the cell's first, else one that `moved`. Gives back its revision."""
    cell = world.cell(party, priority)
    items = [Item(Bearing.SUPPORTS, quote=quote.pk) for quote in evidence]
    items += [Item(Bearing.CONTRADICTS, quote=quote.pk) for quote in contradicted_by]
    items += [Item(Bearing.CONTEXT, quote=quote.pk) for quote in in_context]
    usual: dict[str, Any] = {
        "cause": "moved" if cell.version else "first",
        "code": "supports",
        "rationale": "It said so.",
        "confidence": "low",
        "held_from": SUMMIT,
        "evidence": tuple(items),
    }
    entry = positions.Entry(cell.pk, cell.version, Draft(**(usual | told)))
    return positions.record_stances(world.workspace(by), [entry], by=by, why=why).revision
