"""Drafts: what somebody typed into the form of a cell and has not recorded. A person's own, no part of the record."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from . import fields


class Draft(models.Model):
    """`key` is that of the form: each opened form has a draft of its own, so that two windows keep both.

    `content` has the form's fields by name, each a list of texts, as a browser sends them. `based_on` is the version
    of the cell that the form was opened at.
    """

    negotiation = fields.negotiation("drafts")
    position = fields.within("Position", "drafts")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts")
    key = models.UUIDField()
    based_on = models.PositiveIntegerField()
    content = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="draft_key_once_for_each_user")]

    def __str__(self) -> str:
        return f"Draft for {self.position}"
