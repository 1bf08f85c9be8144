"""Originals: the very bytes from which a source's text was taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from . import fields

LARGEST = 20 * 1024 * 1024  # bytes


class Original(models.Model):
    """Append-only; the database checks size and hash. The same bytes are kept once in a
    negotiation, and again only where the text that had them is taken out (domain/recognising.py).
    """

    negotiation = fields.negotiation("originals")
    revision = fields.revision()
    snapshot = fields.within("Snapshot", "originals")
    name = models.CharField(max_length=300, help_text="As its sender named the file.")
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        ordering = ["snapshot", "id"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot"], name="one_original_of_a_snapshot"),
            models.UniqueConstraint(fields=["negotiation", "sha256", "revision"], name="original_kept_once_in_an_act"),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=LARGEST), name="original_is_not_too_large"),
        ]

    def __str__(self) -> str:
        return self.name
