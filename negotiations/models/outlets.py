"""Outlets: who publishes, and how reliable we judged them to be, and when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class Reliability(models.TextChoices):
    """Reliability of the one who tells, on the Admiralty scale (NATO AJP-2.1)."""

    A = "A", "A · completely reliable"
    B = "B", "B · usually reliable"
    C = "C", "C · fairly reliable"
    D = "D", "D · not usually reliable"
    E = "E", "E · unreliable"
    F = "F", "F · can't be judged"


class Outlet(models.Model):
    negotiation = fields.negotiation("outlets")
    slug = fields.slug()
    name = models.CharField(max_length=120)
    url = models.URLField("address", blank=True)
    description = models.TextField(blank=True)
    merged_into = fields.within(
        "self", "duplicates", null=True, blank=True, editable=False, help_text="The same outlet, kept once."
    )
    # A copy of the newest grading, for lists.
    reliability = models.CharField(max_length=1, choices=Reliability.choices, default=Reliability.F, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="outlet_slug_is_unique"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="outlet_is_not_merged_into_itself"),
            fields.url_of_the_web("outlet_url_is_of_the_web"),
            models.CheckConstraint(condition=Q(reliability__in=Reliability.values), name="outlet_reliability_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kept(self) -> Outlet:
        """The one that counts: this outlet, or the one that it is merged into."""
        return self.merged_into or self


class OutletGrading(models.Model):
    """Append-only: a past board is drawn with what we then believed."""

    negotiation = fields.negotiation("outlet_gradings")
    revision = fields.revision()
    outlet = fields.within("Outlet", "gradings")
    reliability = models.CharField(max_length=1, choices=Reliability.choices)
    reason = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(reliability__in=Reliability.values), name="outlet_grading_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="outlet_grading_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.reliability}"
