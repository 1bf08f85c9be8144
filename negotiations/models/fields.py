"""Fields that many nouns share, so that each is spelt once."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models


class Precision(models.TextChoices):
    """How exactly a date is known. The date itself is the last day of the period."""

    DAY = "day", "that day"
    MONTH = "month", "that month"
    YEAR = "year", "that year"
    BY = "by", "by that day, start unknown"


def precision(default: str = Precision.DAY, **options: Any) -> models.CharField:
    return models.CharField(max_length=5, choices=Precision.choices, default=default, **options)


def slug(**options: Any) -> models.CharField:
    """A name for addresses and files; never changed or reused once given (a trigger holds it)."""
    hint = "Small letters, digits and hyphens. It stands in addresses and can't be changed later."
    valid = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Use small letters, digits and single hyphens.")
    return models.CharField(max_length=80, validators=[valid], help_text=hint, **options)


def names(help_text: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=200), default=list, blank=True, help_text=help_text)


def within(to: str, related_name: str, **options: Any) -> models.ForeignKey:
    """A key to a row of the same negotiation.

    The constraint in the database is a pair with the negotiation (sql/0002_same_negotiation.sql), which Django
    can't declare; hence no constraint of its own here.
    """
    options.setdefault("on_delete", models.PROTECT)
    return models.ForeignKey(to, related_name=related_name, db_constraint=False, **options)


def negotiation(related_name: str) -> models.ForeignKey:
    """The workspace that owns the row. Indexed as the first column of other keys, so not by itself."""
    return models.ForeignKey(
        "Negotiation", on_delete=models.PROTECT, related_name=related_name, db_index=False, editable=False
    )


def revision() -> models.BigIntegerField:
    """With the negotiation, the key of the Change that brought this row."""
    return models.BigIntegerField(editable=False)


def url_of_the_web(constraint: str) -> models.CheckConstraint:
    """An address is one that a browser may be led to: http or https, or none."""
    return models.CheckConstraint(
        condition=models.Q(url="") | models.Q(url__iregex=r"^https?://"),
        name=constraint,
        violation_error_message="An address begins with http:// or https://.",
    )
