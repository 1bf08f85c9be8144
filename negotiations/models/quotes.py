"""Quotes: spans of a snapshot, what we judged their claims to be worth, and where they stand in later texts.

A span is told twice, as the W3C Web Annotation model has it: by its words and their surroundings (TextQuoteSelector)
and by its place (TextPositionSelector), both in Unicode code points.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class Basis(models.TextChoices):
    OWN_WORDS = "own_words", "Their own words"
    OFFICE = "office", "Their office"
    INSTRUMENT = "instrument", "A negotiated text"
    REPORTED = "reported", "Reported by others"
    ANALYST = "analyst", "An analyst's reading"


class Credibility(models.IntegerChoices):
    """Credibility of what is told, on the Admiralty scale (NATO AJP-2.1)."""

    CONFIRMED = 1, "1 · confirmed by others"
    PROBABLE = 2, "2 · probably true"
    POSSIBLE = 3, "3 · possibly true"
    DOUBTFUL = 4, "4 · doubtful"
    IMPROBABLE = 5, "5 · improbable"
    UNJUDGED = 6, "6 · can't be judged"


class AnchorState(models.TextChoices):
    EXACT = "exact", "Same words, same place"
    MOVED = "moved", "Same words, elsewhere"
    ALTERED = "altered", "Other words"
    AMBIGUOUS = "ambiguous", "Several places"
    GONE = "gone", "Gone"


class Quote(models.Model):
    """Append-only."""

    negotiation = fields.negotiation("quotes")
    revision = fields.revision()
    slug = fields.slug()
    snapshot = fields.within("Snapshot", "quotes")
    exact = models.TextField()
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = fields.within("Person", "quotes", null=True, blank=True)
    party = fields.within("Party", "quotes", null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    precision = fields.precision()
    basis = models.CharField(max_length=10, choices=Basis.choices)
    through = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["snapshot", "start", "end"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="quote_slug_is_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="quote_is_not_empty"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="quote_basis_is_known"),
        ]

    def __str__(self) -> str:
        return self.exact


class ClaimGrading(models.Model):
    """Append-only: how credible a quote's claim is, from when, and why we thought so."""

    negotiation = fields.negotiation("claim_gradings")
    revision = fields.revision()
    quote = fields.within("Quote", "gradings")
    credibility = models.PositiveSmallIntegerField(choices=Credibility.choices)
    reason = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(credibility__in=Credibility.values), name="claim_grading_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="claim_grading_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.credibility}"


class Anchoring(models.Model):
    """Append-only: where a quote stands in another snapshot of its source, and how surely."""

    negotiation = fields.negotiation("anchorings")
    revision = fields.revision()
    quote = fields.within("Quote", "anchorings")
    snapshot = fields.within("Snapshot", "anchorings")
    state = models.CharField(max_length=9, choices=AnchorState.choices)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    found = models.TextField(blank=True, help_text="The words that stand there now.")

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AnchorState.values), name="anchoring_state_is_known"),
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start")),
                name="anchoring_span_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ambiguous", "gone"]) | Q(start__isnull=False),
                name="anchoring_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote}: {self.state}"
