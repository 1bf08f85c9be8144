"""Proposals, as a dossier, and what was decided of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...models import Proposal, ProposalDecision
from . import schema
from .rows import grouped, rows_of


def read_proposals(negotiation: int) -> dict[int, tuple[Any, ...]]:
    """By the id of their cell. What they name stands in them by slug already."""
    decisions = grouped(
        (row.proposal_id, schema.ProposalDecision(revision=row.revision, state=row.state, comment=row.comment))
        for row in rows_of(ProposalDecision, negotiation).order_by("revision", "pk")
    )
    return grouped(
        (row.position_id, _proposal(row, decisions[row.pk]))
        for row in rows_of(Proposal, negotiation).order_by("revision", "pk")
    )


def _proposal(row: Proposal, decisions: tuple[Any, ...]) -> schema.Proposal:
    said = row.content
    return schema.Proposal(
        revision=row.revision,
        based_on=row.based_on,
        stance=said["code"],
        rationale=said["rationale"],
        conditions=said["conditions"],
        limits=said["limits"],
        depends_on=tuple(said["depends_on"]),
        red_line=said["red_line"],
        confidence=said["confidence"],
        held_from=date.fromisoformat(said["held_from"]) if said["held_from"] else None,
        precision=said["precision"],
        cause=said["cause"],
        replaces=said["replaces"],
        reason=row.reason,
        evidence=tuple(
            schema.ProposedEvidence(
                quote=each.get("quote"),
                source=each.get("source"),
                locator=each.get("locator", ""),
                bearing=each["bearing"],
            )
            for each in said["evidence"]
        ),
        decisions=decisions,
    )
