"""A negotiation, the workspace that owns all else, and who has which role in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from . import fields


class Visibility(models.TextChoices):
    PUBLIC = "public", "Everybody"
    SIGNED_IN = "signed_in", "Whoever is signed in"
    MEMBERS = "members", "Its members"


class Role(models.TextChoices):
    """Each includes the ones before it."""

    READER = "reader", "Reader"
    ANALYST = "analyst", "Analyst"
    CURATOR = "curator", "Curator"


class Negotiation(models.Model):
    slug = fields.slug(unique=True)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    visibility = models.CharField(max_length=9, choices=Visibility.choices, default=Visibility.MEMBERS)
    time_zone = models.CharField(
        max_length=64, default="UTC", help_text="The zone whose days count, such as Europe/Paris."
    )
    review = models.BooleanField(
        "a second person accepts every stance",
        default=False,
        db_default=False,
        help_text="What somebody records is then a proposal, until another analyst or curator accepts it.",
    )
    revision = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="negotiation_visibility_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=7, choices=Role.choices, default=Role.READER)

    class Meta:
        ordering = ["user__username"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "user"], name="one_membership_each"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display().lower()}"
