"""Positions: the cells of the board, made with their party and priority, so every cell exists."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields
from .stances import Code, Confidence


class Position(models.Model):
    """A cell, its `version` (the number of its last stance) and, for speed, copies of what stands today.

    The copies are `domain.as_of` at (today, now), written by one function (`domain.as_of.refresh`) and by no other.
    """

    negotiation = fields.negotiation("positions")
    party = fields.within("Party", "positions")
    priority = fields.within("Priority", "positions")
    version = models.PositiveIntegerField(default=0)

    standing = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=9, choices=Code.choices, default=Code.UNKNOWN)
    held_from = models.DateField(null=True)
    precision = models.CharField(max_length=5, blank=True)
    confidence = models.CharField(max_length=8, choices=Confidence.choices, blank=True)
    red_line = models.BooleanField(default=False)
    conditions = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    rationale = models.TextField(blank=True)
    supporting = models.PositiveSmallIntegerField(default=0)
    contradicting = models.PositiveSmallIntegerField(default=0)
    in_context = models.PositiveSmallIntegerField(default=0)
    origins = models.PositiveSmallIntegerField(default=0)
    rechecks = models.PositiveSmallIntegerField(default=0, db_default=0)
    proposed = models.PositiveSmallIntegerField(default=0, db_default=0)  # open proposals (domain.proposing.refresh)

    class Meta:
        ordering = ["party__order", "party__name", "priority__number"]
        constraints = [
            models.UniqueConstraint(fields=["party", "priority"], name="one_position_each"),
            models.CheckConstraint(condition=Q(code__in=Code.values), name="position_code_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party} × {self.priority}"
