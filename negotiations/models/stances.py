"""Stances: judgements of a cell, append-only, each with what it depends on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class Code(models.TextChoices):
    """The code book. The first five are a scale from +2 to −2; the others are off it and never counted on it."""

    CHAMPIONS = "champions", "Champions"
    SUPPORTS = "supports", "Supports"
    NEUTRAL = "neutral", "Neutral"
    OPPOSES = "opposes", "Opposes"
    REJECTS = "rejects", "Rejects"
    AMBIGUOUS = "ambiguous", "Ambiguous"
    SILENT = "silent", "No public position"
    UNKNOWN = "unknown", "Not enough evidence"


SCALE = {Code.CHAMPIONS: 2, Code.SUPPORTS: 1, Code.NEUTRAL: 0, Code.OPPOSES: -1, Code.REJECTS: -2}


class Confidence(models.TextChoices):
    """How good the evidence is, never how strong the stance."""

    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    HIGH = "high", "High"


class Cause(models.TextChoices):
    """Why a stance was recorded. The first three add to the story, the others replace an earlier stance."""

    FIRST = "first", "First record of this cell"
    MOVED = "moved", "The party moved"
    LEARNED = "learned", "It was so; we found out late"
    CORRECTED = "corrected", "Corrects a mistake of ours"
    REJUDGED = "rejudged", "Same evidence, judged anew"
    EVIDENCE = "evidence", "Same judgement, more evidence"
    SOURCE = "source", "A source was regraded or retracted"
    WITHDRAWN = "withdrawn", "Should not have been recorded"


ADDING = (Cause.FIRST, Cause.MOVED, Cause.LEARNED)


class Stance(models.Model):
    """One judgement of a cell. `seq` counts from 1 in each cell; `replaces` is the seq of an earlier one."""

    negotiation = fields.negotiation("stances")
    revision = fields.revision()
    position = fields.within("Position", "stances", db_index=False)
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=9, choices=Code.choices, blank=True)
    rationale = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    red_line = models.BooleanField(default=False)
    confidence = models.CharField(max_length=8, choices=Confidence.choices, blank=True)
    # date.min stands for minus infinity (database/dates.py): held since before anything that could be found.
    held_from = models.DateField()
    precision = models.CharField(max_length=5, choices=fields.Precision.choices, blank=True)
    cause = models.CharField(max_length=9, choices=Cause.choices)
    replaces = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["position", "seq"], name="stance_seq_is_unique"),
            models.UniqueConstraint(
                fields=["position", "replaces"],
                include=["revision"],
                condition=Q(replaces__isnull=False),
                name="stance_is_replaced_once",
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="stance_seq_is_positive"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="stance_cause_is_known"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, cause__in=ADDING)
                | (Q(replaces__isnull=False, replaces__lt=F("seq")) & ~Q(cause__in=ADDING)),
                name="stance_replaces_as_its_cause_says",
            ),
            models.CheckConstraint(
                condition=Q(cause="first", seq=1) | ~Q(cause="first"), name="stance_first_is_number_one"
            ),
            models.CheckConstraint(
                condition=Q(cause="withdrawn", code="", confidence="")
                | (~Q(cause="withdrawn") & Q(code__in=Code.values, confidence__in=Confidence.values)),
                name="stance_says_something_unless_withdrawn",
            ),
        ]
        indexes = [
            # The question of a board as of a day: the latest held_from, then the highest seq.
            models.Index(
                F("position"),
                F("held_from").desc(),
                F("seq").desc(),
                include=["revision", "cause", "code"],
                name="stance_as_of",
            ),
            # The note that a stance is known by a later day, its start unknown.
            models.Index(fields=["position", "held_from"], condition=Q(precision="by"), name="stance_dated_by"),
            models.Index(fields=["negotiation", "revision"], name="stance_by_revision"),
            models.Index(fields=["negotiation", "cause", "-revision"], name="stance_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display() or 'Withdrawn'} ({self.seq})"


class Dependence(models.Model):
    """Append-only: a party that must move first, frozen with the stance."""

    negotiation = fields.negotiation("dependences")
    revision = fields.revision()
    stance = fields.within("Stance", "dependences")
    party = fields.within("Party", "depended_on_by")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["stance", "party"], name="dependence_once_each"),
        ]

    def __str__(self) -> str:
        return str(self.party)
