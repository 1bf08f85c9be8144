"""Review: stances that somebody proposes where a second person must agree, and what was decided of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields


class DecisionState(models.TextChoices):
    """What becomes of a proposal. One without a decision is open."""

    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent_back", "Sent back"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"


# What the author does; the others are for anybody else, which a trigger holds too.
OF_THE_AUTHOR = (DecisionState.WITHDRAWN, DecisionState.SUPERSEDED)


class Proposal(models.Model):
    """Append-only: a stance that may be recorded once somebody else accepts it. Never counted as one.

    Its author is that of its Change. `content` is the draft, with slugs for what it names (domain/proposing.py);
    `based_on` is the version of the cell that the author saw.
    """

    negotiation = fields.negotiation("proposals")
    revision = fields.revision()
    position = fields.within("Position", "proposals")
    based_on = models.PositiveIntegerField()
    content = models.JSONField()
    reason = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.UniqueConstraint(fields=["position", "revision"], name="one_proposal_of_a_cell_in_an_act"),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.position}, proposed in revision {self.revision}"


class ProposalDecision(models.Model):
    """Append-only. Who decided is told by its Change. Only what was sent back is withdrawn or superseded after that."""

    negotiation = fields.negotiation("proposal_decisions")
    revision = fields.revision()
    proposal = fields.within("Proposal", "decisions")
    state = models.CharField(max_length=10, choices=DecisionState.choices)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DecisionState.values), name="proposal_decision_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent_back", "rejected"]) | ~Q(comment=""),
                name="proposal_decision_says_why",
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=~Q(state="sent_back"), name="proposal_is_decided_once"
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state="sent_back"), name="proposal_is_sent_back_once"
            ),
        ]
        indexes = [models.Index(fields=["negotiation", "revision"], name="proposal_decided_in")]

    def __str__(self) -> str:
        return self.get_state_display()
