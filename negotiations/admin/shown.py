"""Values as curators read them in lists and beside forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from ..domain.dates import in_words
from ..models import Negotiation


def moment(at: datetime, negotiation: Negotiation | None) -> str:
    """An instant in the negotiation's zone; without one, in UTC."""
    local = at.astimezone(ZoneInfo(negotiation.time_zone if negotiation else "UTC"))
    return f"{in_words(local.date())}, {local:%H:%M}"


def day(name: str, label: str, precision: str = "precision") -> Callable[[Any], str]:
    """A column: the date `name`, as exact as it is known."""

    @admin.display(description=label, ordering=name)
    def column(row: Any) -> str:
        value: date | None = getattr(row, name)
        return in_words(value, getattr(row, precision)) if value else "–"

    return column


@admin.display(description="When")
def when(row: Any) -> str:
    """For rows of `domain.log.with_change`."""
    return moment(row.at, row.negotiation)


@admin.display(description="Who")
def who(row: Any) -> str:
    return str(row.by_name)


def page(name: str, key: str) -> Callable[[Any], str]:
    """The address of a row's page on the site: `page("party", "party")`."""

    def address(row: Model) -> str:
        negotiation = row.negotiation.slug  # type: ignore[attr-defined]
        return reverse(name, kwargs={"negotiation": negotiation, key: row.slug})  # type: ignore[attr-defined]

    return address
