"""The day that a text bears at its head: on a line of its own, or in a dateline after the place. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

LINES, LONGEST = 6, 400  # of the head: how many lines, and characters of each
PLACE_WORDS = 3  # as in "New York City"

# English, German and French, by their beginnings; those that begin alike in two languages are the same month.
_MONTHS = (
    "jan", "feb fév fev", "mar mär", "apr avr", "may mai", "jun juin", "jul juil", "aug aoû aou", "sep", "oct okt",
    "nov", "dec dez déc",
)  # fmt: skip
_MONTH_OF = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}
_WORD = r"[^\W\d_]{3,9}"
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_DAY = (
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<dots>\d{1,2}\.\d{1,2}\.\d{4})"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:of )?(?P<month>{_WORD})\.?,? (?P<year>\d{{4}})"
    rf"|(?P<us_month>{_WORD})\.? (?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?, (?P<us_year>\d{{4}}))\b"
)
_TOLD = r"(?:published|posted|issued|released|dated?|veröffentlicht|publié)(?: on| am| le)?:? "
_TIME = r"(?:,? (?:at |um |à )?\d{1,2}[:.h]\d\d.{0,15})?"
_ALONE = re.compile(rf"(?:{_TOLD})?(?:(?:{_WEEKDAY}),? )?{_DAY}{_TIME}\.?", re.IGNORECASE)
_AFTER_PLACE = re.compile(
    rf"(?P<place>[^\d,()]{{2,40}})(?: \([^()]{{1,30}}\))?, (?:(?:{_WEEKDAY}),? )?(?:den |le )?{_DAY}"
    r"(?: \([^()]{1,30}\))?(?P<after>\.? ?[–—:]| --?|\.(?= )|\.?$)",
    re.IGNORECASE,
)


def dateline(text: str) -> date | None:
    """The day at the head of `text`; None where it bears none, or several, or its year or its day is not told.

    A line that names a place and a day and nothing more is no dateline where a title stands.
    """
    found = set(_days([line.strip() for line in text[: LINES * LONGEST].splitlines() if line.strip()][:LINES]))
    return found.pop() if len(found) == 1 else None


def _days(lines: list[str]) -> Iterator[date]:
    for number, line in enumerate(lines):
        match = _ALONE.fullmatch(line) if len(line) <= LONGEST else None
        if match is None and (match := _AFTER_PLACE.match(line)):
            words = match["place"].split()
            goes_on = match.end() < len(line)
            if len(words) > PLACE_WORDS or not all(word[0].isupper() for word in words) or not (number or goes_on):
                continue
        if match and (day := _read(match)):
            yield day


def _read(match: re.Match[str]) -> date | None:
    with suppress(ValueError):
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["dots"]:
            day, month, year = map(int, match["dots"].split("."))
            return date(year, month, day)
        name = (match["month"] or match["us_month"]).casefold()
        number = _MONTH_OF.get(name[:4]) or _MONTH_OF.get(name[:3], 0)
        return date(int(match["year"] or match["us_year"]), number, int(match["day"] or match["us_day"]))
    return None
