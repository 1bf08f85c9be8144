"""Intakes: documents that somebody has handed in and not yet confirmed. Work in hand, no history."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from . import fields


class Intake(models.Model):
    """What was read out of a document, held for its sender until it is confirmed or thrown away.

    `source` is set where the text is a further one of a source that there is. Without a file (pasted text) `name`,
    `media_type` and `content` are empty.
    """

    negotiation = models.ForeignKey("Negotiation", on_delete=models.PROTECT, related_name="intakes")
    token = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="intakes")
    at = models.DateTimeField()
    source = fields.within("Source", "intakes", null=True)
    name = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(null=True)
    text = models.TextField()
    proposed = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name or "Pasted text"
