"""The strip of meetings: scaled by day, its breaks drawn and labelled."""

from __future__ import annotations

from datetime import date, timedelta

from negotiations.domain.timeline import Event, Step, strip

TODAY = date(2026, 1, 20)


def event(day: date, *names: str, precision: str = "day") -> Event:
    return Event(day, precision, names)


def labels(steps: list[Step]) -> list[str]:
    return [f"[{step.event.name}] {step.label}" if step.event else step.label for step in steps]


def test_meetings_stand_in_order_with_each_day_between_them_and_longer_times_as_one_break():
    steps = strip(
        [event(date(2026, 1, 6), "Summit"), event(date(2025, 12, 28), "Mar-a-Lago"), event(date(2026, 1, 3), "Call")],
        chosen=TODAY,
        today=TODAY,
    )
    assert labels(steps) == [
        "[Mar-a-Lago] 28 Dec 2025", "29", "30", "31", "1 Jan", "2", "[Call] 3 Jan 2026",
        "4", "5", "[Summit] 6 Jan", "14 days", "[Today] 20 Jan 2026",
    ]  # fmt: skip


def test_every_event_and_every_day_has_its_day_and_a_break_has_none():
    steps = strip([event(date(2026, 1, 6), "Summit")], chosen=TODAY, today=TODAY)
    assert [step.day for step in steps] == [date(2026, 1, 6), None, TODAY]
    assert [step.is_today for step in steps] == [False, False, True]


def test_meetings_of_one_day_share_a_place():
    steps = strip([event(date(2026, 1, 6), "Summit"), event(date(2026, 1, 6), "Talks")], chosen=TODAY, today=TODAY)
    first = steps[0].event
    assert first is not None
    assert (first.name, first.names) == ("Summit +\N{NO-BREAK SPACE}1", ("Summit", "Talks"))


def test_meetings_to_come_are_left_out():
    assert labels(strip([event(date(2026, 2, 1), "Next")], chosen=TODAY, today=TODAY)) == ["[Today] 20 Jan 2026"]


def test_a_meeting_today_is_today():
    steps = strip([event(TODAY, "Summit")], chosen=TODAY, today=TODAY)
    assert [step.event.names for step in steps if step.event] == [("Summit",)]
    assert len(steps) == 1


def test_a_day_that_was_asked_for_gets_a_place_of_its_own():
    steps = strip([event(date(2026, 1, 6), "Summit")], chosen=date(2026, 1, 4), today=TODAY)
    assert labels(steps)[:3] == ["[Chosen day] 4 Jan 2026", "5", "[Summit] 6 Jan"]
    steps = strip([event(date(2026, 1, 6), "Summit")], chosen=date(2026, 1, 6), today=TODAY)
    assert "[Chosen day]" not in str(labels(steps)), "the meeting's place is its own"


def test_dates_that_are_known_by_the_month_are_told_by_the_month():
    steps = strip([event(date(2025, 3, 31), "Members' meeting", precision="month")], chosen=TODAY, today=TODAY)
    assert labels(steps)[0] == "[Members' meeting] Mar 2025"


def test_breaks_are_told_in_days_months_and_years():
    def gap(days: int) -> str:
        day = TODAY - timedelta(days=days)
        return strip([event(day, "Then")], chosen=TODAY, today=TODAY)[1].label

    assert gap(8) == "8 days"
    assert gap(59) == "59 days"
    assert gap(90) == "3 months"
    assert gap(800) == "2 years"
    assert labels(strip([event(TODAY - timedelta(days=7), "Then")], chosen=TODAY, today=TODAY)).count("7 days") == 0


def test_the_earliest_day_that_can_be_asked_for_breaks_nothing():
    steps = strip([], chosen=date(1, 1, 2), today=TODAY)
    assert labels(steps) == ["[Chosen day] 2 Jan 1", "2025 years", "[Today] 20 Jan 2026"]
