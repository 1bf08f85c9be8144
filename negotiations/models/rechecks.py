"""What people decided when something under a stance had moved: of a quote in a later text, and of a cell."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields


class AnchoringDecision(models.Model):
    """Append-only: whether a quote that was not found word for word still holds. The newest one counts."""

    negotiation = fields.negotiation("anchoring_decisions")
    revision = fields.revision()
    anchoring = fields.within("Anchoring", "decisions")
    holds = models.BooleanField()
    reason = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="anchoring_decision_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.anchoring}: {'holds' if self.holds else 'no longer holds'}"


class Stay(models.Model):
    """Append-only: somebody looked at a cell to re-check, and its stance stays. Covers what was there by then."""

    negotiation = fields.negotiation("stays")
    revision = fields.revision()
    position = fields.within("Position", "stays")
    reason = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="stay_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.position} stays"
