"""Instruments, the negotiated texts, and who signed them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class InstrumentKind(models.TextChoices):
    PLAN = "plan", "Plan"
    DECLARATION = "declaration", "Declaration"
    COMMUNIQUE = "communique", "Communiqué"
    AGREEMENT = "agreement", "Agreement"
    OTHER = "other", "Other"


class Seen(models.TextChoices):
    """Whether anyone has seen the text itself."""

    PUBLISHED = "published", "Published"
    SEEN = "seen", "Seen, not published"
    REPORTED = "reported", "Told of by others; text not seen"
    UNKNOWN = "unknown", "Unknown"


class SignatureState(models.TextChoices):
    SIGNED = "signed", "Signed"
    NOT_SIGNED = "not_signed", "Did not sign"
    NOT_ASKED = "not_asked", "Was not asked"
    UNKNOWN = "unknown", "Unknown"


class Instrument(models.Model):
    negotiation = fields.negotiation("instruments")
    slug = fields.slug()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=11, choices=InstrumentKind.choices)
    replaces = fields.within("self", "replaced_by", null=True, blank=True)
    seen = models.CharField("text seen", max_length=9, choices=Seen.choices, default=Seen.UNKNOWN)
    meeting = fields.within("Meeting", "instruments", null=True, blank=True)
    dated = models.DateField(null=True, blank=True, help_text="Leave empty where it is unknown.")
    precision = fields.precision()
    description = models.TextField(blank=True)

    class Meta:
        ordering = [F("dated").asc(nulls_first=True), "id"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="instrument_slug_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=InstrumentKind.values), name="instrument_kind_is_known"),
            models.CheckConstraint(condition=Q(seen__in=Seen.values), name="instrument_seen_is_known"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="instrument_does_not_replace_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """What is known of one party's signature. Evidence is a quote, or a locator in a source."""

    negotiation = fields.negotiation("signatures")
    instrument = fields.within("Instrument", "signatures")
    party = fields.within("Party", "signatures")
    state = models.CharField(max_length=10, choices=SignatureState.choices, default=SignatureState.UNKNOWN)
    quote = fields.within("Quote", "signatures", null=True, blank=True)
    source = fields.within("Source", "signatures", null=True, blank=True)
    locator = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["party__order", "party__name"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "party"], name="one_signature_each"),
            models.CheckConstraint(condition=Q(state__in=SignatureState.values), name="signature_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["not_asked", "unknown"])
                | Q(quote__isnull=False)
                | (Q(source__isnull=False) & ~Q(locator="")),
                name="signature_has_evidence",
                violation_error_message="Say which quote, or where in which source, tells of it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_state_display().lower()}"
