"""The strip of meetings that sets a board's day: scaled by day, its breaks drawn and labelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..models.fields import Precision
from .dates import MONTHS, in_words

LONGEST_RUN = timedelta(days=7)  # more days than this without an event become one labelled break


@dataclass(frozen=True)
class Event:
    """Meetings that ended on one day, or a day that was asked for."""

    day: date
    precision: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """A few words: the first meeting, and how many others there were that day."""
        others = len(self.names) - 1
        return f"{self.names[0]} +\N{NO-BREAK SPACE}{others}" if others else self.names[0]


@dataclass(frozen=True)
class Step:
    """One place of the strip: an event, a day between two of them, or a break (`event` and `day` are None)."""

    label: str
    day: date | None = None
    event: Event | None = None
    is_today: bool = False


def strip(meetings: Iterable[Event], *, chosen: date, today: date) -> list[Step]:
    """The steps from the first meeting to today, in order. Meetings to come are left out."""
    events: dict[date, Event] = {}
    for meeting in sorted(meetings, key=lambda event: event.day):
        if meeting.day <= today:
            known = events.get(meeting.day)
            names = (*known.names, *meeting.names) if known else meeting.names
            events[meeting.day] = Event(meeting.day, known.precision if known else meeting.precision, names)
    if chosen not in events and chosen != today:
        events[chosen] = Event(chosen, Precision.DAY, ("Chosen day",))
    steps: list[Step] = []
    before: date | None = None
    for day in sorted(events):
        steps += _between(before, day)
        steps.append(Step(_label(events[day], before), day, events[day]))
        before = day
    if before != today:
        steps += _between(before, today)
        steps.append(Step(in_words(today, short=True), today, Event(today, Precision.DAY, ("Today",)), True))
    return steps


def _label(event: Event, before: date | None) -> str:
    """The date in few words; its year only where it is another than that of the event before."""
    label = in_words(event.day, event.precision, short=True)
    same_year = before is not None and before.year == event.day.year
    return label.removesuffix(f" {event.day.year}") if same_year else label


def _between(before: date | None, day: date) -> list[Step]:
    if before is None:
        return []
    if day - before > LONGEST_RUN:
        return [Step(_length(before, day))]
    days = [before + timedelta(days=n) for n in range(1, (day - before).days)]
    return [Step(f"{d.day} {MONTHS[d.month - 1][:3]}" if d.day == 1 else str(d.day), d) for d in days]


def _length(before: date, day: date) -> str:
    days = (day - before).days
    if days < 60:
        return f"{days} days"
    months = (day.year - before.year) * 12 + day.month - before.month
    return f"{months} months" if months < 24 else f"{months // 12} years"
