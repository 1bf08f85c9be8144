"""Visits: how far somebody has seen a negotiation. A person's own thing, no part of the record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from . import fields


class VisitKind(models.TextChoices):
    VISIT = "visit", "Last visit"
    BRIEF = "brief", "Last brief"


class Visit(models.Model):
    """One row for each person, negotiation and kind: the revision seen last, and the one before this visit began."""

    negotiation = fields.negotiation("visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits", db_index=False)
    kind = models.CharField(max_length=5, choices=VisitKind.choices)
    revision = models.BigIntegerField()
    at = models.DateTimeField()
    previous_revision = models.BigIntegerField(null=True)
    previous_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "negotiation", "kind"], name="visit_once_for_each_kind"),
            models.CheckConstraint(condition=Q(kind__in=VisitKind.values), name="visit_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display().lower()}"
