"""What an address asks for, read strictly: a question that can't be answered says so, and is never guessed at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .dates import in_words

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Unanswerable(Exception):
    """The address asks for something that there can't be. The message is a sentence to show."""


def read_day(text: str | None, *, today: date) -> date:
    """A day from an address such as `2026-01-06`; today where none is given. Days to come are refused."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day == date.min:
        raise Unanswerable("The day in the address should read like 2026-01-06.")
    if day > today:
        raise Unanswerable(f"{in_words(day)} has not come yet; nobody knows what will stand then.")
    return day


def only(values: Iterable[str], allowed: Iterable[str]) -> frozenset[str]:
    """The values that are among the allowed ones; what else an address says is left out."""
    return frozenset(values) & frozenset(allowed)


def read_number(text: str | None, what: str) -> int | None:
    """A whole number from an address, None where none is given; `what` begins the sentence that refuses others."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Unanswerable(f"{what} in the address should be a whole number.")
    return int(text)
