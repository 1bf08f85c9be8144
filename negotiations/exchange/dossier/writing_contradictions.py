"""Writing contradictions, and the copy of the newest ruling on each."""

from __future__ import annotations

from ...models import (
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
)
from . import schema
from .desk import Desk, copy_newest


def write_contradictions(desk: Desk) -> None:
    desk.add(
        Contradiction,
        schema.Contradiction,
        lambda _, item: {
            "slug": item.slug,
            "kind": item.kind,
            "title": item.title,
            "description": item.description,
        },
        key=lambda _, item: item.slug,
    )
    _sides(desk)  # first: by its first side the database knows what came with a contradiction
    desk.add(
        ContradictionCell,
        schema.TouchedCell,
        lambda owner, item: {
            "contradiction_id": desk.pk("contradiction", owner),
            "position_id": desk.pk("position", (item.party, item.priority)),
            "taken_away": item.taken_away,
        },
    )
    desk.add(
        ContradictionRuling,
        schema.Ruling,
        lambda owner, item: {
            "contradiction_id": desk.pk("contradiction", owner),
            "state": item.state,
            "reason": item.reason,
        },
    )
    copy_newest(desk, "contradiction", "state", "contradictionruling")


def _sides(desk: Desk) -> None:
    desk.add(
        ContradictionSide,
        schema.Side,
        lambda owner, item: {
            "contradiction_id": desk.pk("contradiction", owner),
            "number": item.number,
            "says": item.says,
        },
        key=lambda owner, item: (owner, item.number),
    )
    desk.add(
        ContradictionProof,
        schema.Proof,
        lambda owner, item: {
            "side_id": desk.pk("contradictionside", owner),
            "quote_id": desk.pk("quote", item.quote),
            "source_id": desk.pk("source", item.source),
            "locator": item.locator,
        },
    )
