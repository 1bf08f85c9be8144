"""People who speak or sit for a party."""

from __future__ import annotations

from django.db import models

from . import fields


class Person(models.Model):
    negotiation = fields.negotiation("people")
    slug = fields.slug()
    name = models.CharField(max_length=120)
    party = fields.within("Party", "people")
    titles = fields.names("Offices held, one on each line.")
    aliases = fields.names("Other names and spellings, one on each line.")
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="person_slug_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name
