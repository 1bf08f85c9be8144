"""Comments: what analysts say to each other about a cell, in threads that are open or resolved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from . import fields


class Comment(models.Model):
    """Append-only: the beginning of a thread on a cell, or an answer in one. Its author is that of its Change."""

    negotiation = fields.negotiation("comments")
    revision = fields.revision()
    position = fields.within("Position", "comments")
    thread = fields.within("Comment", "answers", null=True, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class CommentMention(models.Model):
    """Append-only: somebody whom a comment calls by @username."""

    negotiation = fields.negotiation("comment_mentions")
    revision = fields.revision()
    comment = fields.within("Comment", "mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentions")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mentioned_once_in_a_comment"),
        ]

    def __str__(self) -> str:
        return f"@{self.user}"


class CommentResolution(models.Model):
    """Append-only: a thread is resolved, or opened again. The newest counts; `comment` is the thread's first."""

    negotiation = fields.negotiation("comment_resolutions")
    revision = fields.revision()
    comment = fields.within("Comment", "resolutions")
    resolved = models.BooleanField()

    class Meta:
        ordering = ["revision", "id"]

    def __str__(self) -> str:
        return "resolved" if self.resolved else "opened again"
