"""Stances as analysts record them: through the one way in, with an author and a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from negotiations.domain import positions
from negotiations.domain.stances import Draft, Item
from negotiations.models import Dependence, Party, Position, Priority, Quote, User
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
    """Record one stance: the cell's first, else one that `moved`, or was `learned` if it says what stands.

    Gives back its revision.
    """
    cell = world.cell(party, priority)
    items = [Item(Bearing.SUPPORTS, quote=quote.pk) for quote in evidence]
    items += [Item(Bearing.CONTRADICTS, quote=quote.pk) for quote in contradicted_by]
    items += [Item(Bearing.CONTEXT, quote=quote.pk) for quote in in_context]
    usual_cause = "first" if not cell.version else "moved" if moves(cell, {"code": "supports"} | told) else "learned"
    usual: dict[str, Any] = {
        "cause": usual_cause,
        "code": "supports",
        "rationale": "It said so.",
        "confidence": "low",
        "held_from": SUMMIT,
        "evidence": tuple(items),
    }
    entry = positions.Entry(cell.pk, cell.version, Draft(**(usual | told)))
    return positions.record_stances(world.workspace(by), [entry], by=by, why=why).revision


def moves(cell: Position, told: dict[str, Any]) -> bool:
    """Whether what is told is another judgement than the one that stands."""
    stands = {name: getattr(cell, name) for name in ("code", "conditions", "limits", "red_line")}
    parties = Dependence.objects.filter(stance__position=cell, stance__seq=cell.standing)
    stands["depends_on"] = tuple(parties.values_list("party", flat=True))
    says = {"conditions": "", "limits": "", "red_line": False, "depends_on": ()} | told
    return any(says[name] != said for name, said in stands.items())
