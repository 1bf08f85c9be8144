"""What people said of passages that were found for a cell."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class PassageJudgement(models.Model):
    """Append-only: a passage, `text[start:end]` of a snapshot, tells nothing for a cell, or does after all.

    The newest one of a passage counts.
    """

    negotiation = fields.negotiation("passage_judgements")
    revision = fields.revision()
    position = fields.within("Position", "passage_judgements")
    snapshot = fields.within("Snapshot", "passage_judgements")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    relevant = models.BooleanField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.start} to {self.end} {'relevant' if self.relevant else 'not relevant'}"
