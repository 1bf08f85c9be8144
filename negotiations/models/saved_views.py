"""Saved views: a board as somebody set it up, under a name. A person's own thing, no part of the record."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from . import fields


class SavedView(models.Model):
    """`query` is that of the board's address. What is shared, everybody sees who sees the negotiation."""

    negotiation = fields.negotiation("saved_views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "owner", "name"], name="saved_view_name_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name
