"""Dates that are known only so exactly."""

from __future__ import annotations

import calendar
from datetime import date

from ..database.dates import ALWAYS
from ..models.fields import Precision

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def last_day(day: date, precision: str) -> date:
    """The last day of the period that `precision` means around `day`."""
    if precision == Precision.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    return day


def in_words(day: date | None, precision: str = Precision.DAY, *, short: bool = False) -> str:
    """A date as people read it: `6 January 2026`, `by 6 January 2026`, `March 2025`, `2025`, `unknown`."""
    if day is None:
        return "unknown"
    if day == ALWAYS:
        return "always, as far as we know"
    if precision == Precision.YEAR:
        return str(day.year)
    month = MONTHS[day.month - 1][: 3 if short else None]
    if precision == Precision.MONTH:
        return f"{month} {day.year}"
    return f"{'by ' if precision == Precision.BY else ''}{day.day} {month} {day.year}"
