"""Commitments: what a party undertook, and how far it has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields


class Force(models.TextChoices):
    BINDING = "binding", "Legally binding"
    POLITICAL = "political", "Political"
    UNSTATED = "unstated", "Not stated"


class Stage(models.TextChoices):
    DRAFTED = "drafted", "Drafted"
    ANNOUNCED = "announced", "Announced"
    AGREED = "agreed", "Agreed"
    SIGNED = "signed", "Signed"
    RATIFIED = "ratified", "Ratified"
    IN_FORCE = "in_force", "In force"
    FULFILLED = "fulfilled", "Fulfilled"
    BREACHED = "breached", "Breached"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Commitment(models.Model):
    negotiation = fields.negotiation("commitments")
    slug = fields.slug()
    party = fields.within("Party", "commitments")
    text = models.TextField(help_text="What is undertaken.")
    priority = fields.within("Priority", "commitments", null=True, blank=True)
    instrument = fields.within("Instrument", "commitments", null=True, blank=True)
    meeting = fields.within("Meeting", "commitments", null=True, blank=True)
    force = models.CharField("legal force", max_length=9, choices=Force.choices, default=Force.UNSTATED)
    conditions = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    precision = fields.precision(default=fields.Precision.BY)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="commitment_slug_is_unique"),
            models.CheckConstraint(condition=Q(force__in=Force.values), name="commitment_force_is_known"),
        ]

    def __str__(self) -> str:
        return self.text


class Beneficiary(models.Model):
    """Towards whom a party undertook something."""

    negotiation = fields.negotiation("beneficiaries")
    commitment = fields.within("Commitment", "towards")
    party = fields.within("Party", "promised")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "beneficiaries"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "party"], name="beneficiary_once_each"),
        ]

    def __str__(self) -> str:
        return str(self.party)


class CommitmentEvent(models.Model):
    """Append-only: one step of a commitment. Evidence is a quote, or a locator in a source."""

    negotiation = fields.negotiation("commitment_events")
    revision = fields.revision()
    commitment = fields.within("Commitment", "events")
    status = models.CharField(max_length=9, choices=Stage.choices)
    on = models.DateField(null=True, blank=True)
    precision = fields.precision()
    quote = fields.within("Quote", "commitment_events", null=True, blank=True)
    source = fields.within("Source", "commitment_events", null=True, blank=True)
    locator = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Stage.values), name="commitment_stage_is_known"),
            models.CheckConstraint(
                condition=Q(quote__isnull=False, source__isnull=True, locator="")
                | (Q(quote__isnull=True, source__isnull=False) & ~Q(locator=""))
                | (Q(quote__isnull=True, source__isnull=True, locator="") & ~Q(note="")),
                name="commitment_event_says_how_we_know",
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()
