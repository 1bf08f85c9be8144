"""Proposals, and what was decided of them."""

from __future__ import annotations

from negotiations.models import Proposal, ProposalDecision
from negotiations.models.reviews import DecisionState

from .base import Owned, of_the_same


class ProposalFactory(Owned):
    """Nobody's, as all that factories make, and taken back by nobody: only to another may it be to decide."""

    class Meta:
        model = Proposal

    position = of_the_same("PositionFactory")
    based_on = 0
    reason = "Read in the news."
    content: dict[str, object] = {
        "cause": "first",
        "code": "unknown",
        "rationale": "All five texts were searched.",
        "conditions": "",
        "limits": "",
        "depends_on": [],
        "red_line": False,
        "confidence": "low",
        "held_from": None,
        "precision": "",
        "replaces": None,
        "evidence": [],
    }


class ProposalDecisionFactory(Owned):
    class Meta:
        model = ProposalDecision

    proposal = of_the_same("ProposalFactory")
    state = DecisionState.WITHDRAWN
