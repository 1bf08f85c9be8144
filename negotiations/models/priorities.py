"""Priorities: the columns of the board."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from . import fields


class PriorityKind(models.TextChoices):
    PRIORITY = "priority", "Priority"
    LINKED = "linked", "Linked matter"


class Priority(models.Model):
    negotiation = fields.negotiation("priorities")
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="It stands in addresses and can't be changed later."
    )
    kind = models.CharField(
        max_length=8,
        choices=PriorityKind.choices,
        default=PriorityKind.PRIORITY,
        help_text="A linked matter is outside the agenda, but stances hang on it; it is shown apart, on request.",
    )
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    terms = fields.names(
        "Words by which texts speak of it, one on each line; passages for its cells are found by them."
    )

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "number"], name="priority_number_is_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="priority_number_is_positive"),
            models.CheckConstraint(condition=models.Q(kind__in=PriorityKind.values), name="priority_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
