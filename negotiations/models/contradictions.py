"""Contradictions: what can't be true together, with all its sides, which stay readable for ever."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields


class ContradictionKind(models.TextChoices):
    BEARING = "bearing", "For and against the same cell"
    FACT = "fact", "Different facts"
    REVERSAL = "reversal", "Said otherwise before"


class ContradictionState(models.TextChoices):
    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"
    LEFT_OPEN = "left_open", "Left open"


class Contradiction(models.Model):
    negotiation = fields.negotiation("contradictions")
    slug = fields.slug()
    kind = models.CharField(max_length=8, choices=ContradictionKind.choices)
    title = models.CharField(max_length=200, help_text="What the sides disagree about.")
    description = models.TextField(blank=True)
    # A copy of the newest ruling, for lists.
    state = models.CharField(
        max_length=9, choices=ContradictionState.choices, default=ContradictionState.OPEN, editable=False
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="contradiction_slug_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=ContradictionKind.values), name="contradiction_kind_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=ContradictionState.values), name="contradiction_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContradictionSide(models.Model):
    """Append-only: what one side says. Sides count from 1."""

    negotiation = fields.negotiation("contradiction_sides")
    revision = fields.revision()
    contradiction = fields.within("Contradiction", "sides")
    number = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=300)

    class Meta:
        ordering = ["contradiction", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contradiction", "number"], name="contradiction_side_is_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="contradiction_side_counts_from_one"),
            models.CheckConstraint(condition=~Q(says=""), name="contradiction_side_says_something"),
        ]

    def __str__(self) -> str:
        return self.says


class ContradictionProof(models.Model):
    """Append-only: the words of a side, or a locator in a source. Undone and added again, it is there twice."""

    negotiation = fields.negotiation("contradiction_proofs")
    revision = fields.revision()
    side = fields.within("ContradictionSide", "proofs")
    quote = fields.within("Quote", "contradiction_proofs", null=True)
    source = fields.within("Source", "contradiction_proofs", null=True)
    locator = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["side", "id"]
        constraints = [
            models.UniqueConstraint(fields=["side", "quote", "revision"], name="contradiction_quote_once_in_an_act"),
            models.CheckConstraint(
                condition=Q(quote__isnull=False, source__isnull=True, locator="")
                | (Q(quote__isnull=True, source__isnull=False) & ~Q(locator="")),
                name="contradiction_proof_is_a_quote_or_a_locator",
            ),
        ]

    def __str__(self) -> str:
        return str(self.quote or self.locator)


class ContradictionCell(models.Model):
    """Append-only: a cell that a contradiction touches or, `taken_away`, touches no more. The newest counts."""

    negotiation = fields.negotiation("contradiction_cells")
    revision = fields.revision()
    contradiction = fields.within("Contradiction", "cells")
    position = fields.within("Position", "contradictions")
    taken_away = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["contradiction", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contradiction", "position", "revision"], name="contradiction_touches_a_cell_once_in_an_act"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)


class ContradictionRuling(models.Model):
    """Append-only: resolved, left open or opened again, and why. Without one it is open."""

    negotiation = fields.negotiation("contradiction_rulings")
    revision = fields.revision()
    contradiction = fields.within("Contradiction", "rulings")
    state = models.CharField(max_length=9, choices=ContradictionState.choices)
    reason = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ContradictionState.values), name="contradiction_ruling_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="contradiction_ruling_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.contradiction}: {self.get_state_display().lower()}"
