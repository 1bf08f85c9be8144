"""Evidence: what a stance rests on, frozen with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields


class Bearing(models.TextChoices):
    """Towards the judgement, also a judgement that a party rejects something."""

    SUPPORTS = "supports", "Supports the judgement"
    CONTRADICTS = "contradicts", "Contradicts it"
    CONTEXT = "context", "Context"


class Evidence(models.Model):
    """Append-only: a quote or, for a record without a text, a locator in a source."""

    negotiation = fields.negotiation("evidence")
    revision = fields.revision()
    stance = fields.within("Stance", "evidence")
    quote = fields.within("Quote", "evidence", null=True)
    source = fields.within("Source", "evidence", null=True)
    locator = models.CharField(max_length=300, blank=True)
    bearing = models.CharField(max_length=11, choices=Bearing.choices)

    class Meta:
        ordering = ["stance", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["stance", "quote"], name="evidence_quote_once"),
            models.CheckConstraint(condition=Q(bearing__in=Bearing.values), name="evidence_bearing_is_known"),
            models.CheckConstraint(
                condition=Q(quote__isnull=False, source__isnull=True, locator="")
                | (Q(quote__isnull=True, source__isnull=False) & ~Q(locator="")),
                name="evidence_is_a_quote_or_a_locator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bearing}: {self.quote or self.locator}"
