"""Writing proposals and what was decided of them; the stances of those that were accepted are there already."""

from __future__ import annotations

from typing import Any

from ...domain import proposing
from ...models import Position, Proposal, ProposalDecision
from . import schema
from .desk import Desk


def write_proposals(desk: Desk) -> None:
    desk.add(
        Proposal,
        schema.Proposal,
        lambda owner, item: {
            "position_id": desk.pk("position", owner),
            "based_on": item.based_on,
            "content": _content(item),
            "reason": item.reason,
        },
        key=lambda owner, item: (owner, item.revision),
    )
    desk.add(
        ProposalDecision,
        schema.ProposalDecision,
        lambda owner, item: {
            "proposal_id": desk.pk("proposal", owner),
            "state": item.state,
            "comment": item.comment,
        },
    )
    if desk.missing.of(schema.Proposal):
        cells = Position.objects.filter(negotiation=desk.negotiation)
        proposing.refresh(list(cells.values_list("pk", flat=True)))


def _content(item: schema.Proposal) -> dict[str, Any]:
    """As domain/proposing.py keeps it."""
    return {name: getattr(item, name) for name in proposing.SAID if name != "code"} | {
        "code": item.stance,
        "held_from": str(item.held_from) if item.held_from else None,
        "depends_on": list(item.depends_on),
        "evidence": [_piece(each) for each in item.evidence],
    }


def _piece(item: schema.ProposedEvidence) -> dict[str, str]:
    if item.quote:
        return {"bearing": item.bearing, "quote": item.quote}
    return {"bearing": item.bearing, "source": item.source or "", "locator": item.locator}
