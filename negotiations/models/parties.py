"""Parties: the rows of the board; a collective has members."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from . import fields


class PartyKind(models.TextChoices):
    STATE = "state", "State"
    ORGANISATION = "organisation", "Organisation"
    COLLECTIVE = "collective", "Collective"

    @property
    def plural(self) -> str:
        return f"{self.label}s"


class Party(models.Model):
    negotiation = fields.negotiation("parties")
    slug = fields.slug()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=PartyKind.choices, default=PartyKind.STATE)
    aliases = fields.names("Other names and spellings, one on each line.")
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(
        default=0, help_text="Where the party stands on the board; equal numbers follow the name."
    )

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "slug"], name="party_slug_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=PartyKind.values), name="party_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class CollectiveMember(models.Model):
    negotiation = fields.negotiation("collective_members")
    collective = fields.within("Party", "members")
    member = fields.within("Party", "collectives")
    since = models.DateField(null=True, blank=True, help_text="Leave empty where it is unknown.")
    precision = fields.precision()

    class Meta:
        ordering = ["member__order", "member__name"]
        constraints = [
            models.UniqueConstraint(fields=["collective", "member"], name="member_once_in_a_collective"),
            models.CheckConstraint(condition=~Q(collective=F("member")), name="collective_not_in_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.collective}"
