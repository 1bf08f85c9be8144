"""Work among colleagues: what somebody watches, how far they have read, and what was given to whom.

It says who looks after what, never where a party stands; so it is no part of the record.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from . import fields


class Watch(models.Model):
    """A user's interest in a cell (both are set), in a party, or in a priority."""

    negotiation = fields.negotiation("watches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="watches")
    party = fields.within("Party", "watches", null=True)
    priority = fields.within("Priority", "watches", null=True)

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation", "user", "party", "priority"], nulls_distinct=False, name="watched_once"
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=False) | Q(priority__isnull=False), name="watch_is_of_something"
            ),
        ]

    def __str__(self) -> str:
        return " × ".join(str(each) for each in (self.party, self.priority) if each)


class DigestMark(models.Model):
    """The revisions up to which a user has read the digest, and has had it by e-mail."""

    negotiation = fields.negotiation("digest_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest_marks")
    read = models.BigIntegerField()
    mailed = models.BigIntegerField()
    by_mail = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["negotiation", "user"], name="one_digest_mark_each")]

    def __str__(self) -> str:
        return f"read to {self.read}"


class Task(models.TextChoices):
    CELL = "cell", "Look after the cell"
    RECHECK = "recheck", "Re-check the cell"
    QUESTION = "question", "Find the answer"


class Assignment(models.Model):
    """Something that was given to an analyst. A cell's or a re-check's has a position, a question's the question."""

    negotiation = fields.negotiation("assignments")
    task = models.CharField(max_length=8, choices=Task.choices)
    position = fields.within("Position", "assignments", null=True)
    question = fields.within("Question", "assignments", null=True)
    analyst = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="given")
    at = models.DateTimeField()
    due = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(task__in=Task.values), name="task_is_known"),
            models.CheckConstraint(
                condition=Q(task="question", position__isnull=True, question__isnull=False)
                | (~Q(task="question") & Q(position__isnull=False, question__isnull=True)),
                name="assignment_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="who_is_done_is_said",
            ),
            models.UniqueConstraint(
                fields=["negotiation", "task", "position", "question", "analyst"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
                name="given_once_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_task_display()}: {self.position or self.question}"
