"""Open questions: what we would need to know, whom to ask and by when, and how each was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields


class QuestionState(models.TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    DROPPED = "dropped", "Dropped"


class Question(models.Model):
    """About one cell, or about the negotiation as a whole."""

    negotiation = fields.negotiation("questions")
    slug = fields.slug()
    position = fields.within("Position", "questions", null=True, blank=True)
    text = models.CharField("question", max_length=300)
    whom = models.CharField("whom to ask", max_length=200, blank=True)
    due = models.DateField("by when", null=True, blank=True)
    # A copy of the newest event, for lists.
    state = models.CharField(max_length=8, choices=QuestionState.choices, default=QuestionState.OPEN, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="question_slug_is_unique"),
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.text


class QuestionEvent(models.Model):
    """Append-only: answered (by a quote, or a locator in a source), dropped, or opened again. The newest counts."""

    negotiation = fields.negotiation("question_events")
    revision = fields.revision()
    question = fields.within("Question", "events")
    state = models.CharField(max_length=8, choices=QuestionState.choices)
    quote = fields.within("Quote", "question_events", null=True, blank=True)
    source = fields.within("Source", "question_events", null=True, blank=True)
    locator = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_event_is_known"),
            models.CheckConstraint(
                condition=Q(state="answered", quote__isnull=False, source__isnull=True, locator="")
                | (Q(state="answered", quote__isnull=True, source__isnull=False) & ~Q(locator=""))
                | (~Q(state="answered") & ~Q(note="") & Q(quote__isnull=True, source__isnull=True, locator="")),
                name="question_is_answered_by_a_citation",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
