"""Removals: when a party, a person or another noun was out of the negotiation, because its adding was undone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class Removal(models.Model):
    """A copy of what the log says, for speed, kept by triggers (sql/0021_removals.sql); nothing else writes to it.

    `table` and `row` name the noun as RowEdit does. It was out from the act of revision `since` until that of revision
    `until`, which undid the former; None while it is out.
    """

    negotiation = fields.negotiation("removals")
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "since"], name="removal_is_unique"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="removal_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}, revision {self.since} to {self.until or 'now'}"
