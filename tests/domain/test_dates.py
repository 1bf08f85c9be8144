"""Dates that are known only so exactly: where a period ends, and how people read it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.database.dates import ALWAYS
from negotiations.domain.dates import in_words, last_day
from tests.sql import ask


@pytest.mark.parametrize(
    ("day", "precision", "words", "short"),
    [
        (date(2026, 1, 6), "day", "6 January 2026", "6 Jan 2026"),
        (date(2026, 1, 6), "by", "by 6 January 2026", "by 6 Jan 2026"),
        (date(2025, 3, 31), "month", "March 2025", "Mar 2025"),
        (date(2025, 12, 31), "year", "2025", "2025"),
        (date(1066, 10, 14), "day", "14 October 1066", "14 Oct 1066"),
        (None, "day", "unknown", "unknown"),
        (ALWAYS, "", "always, as far as we know", "always, as far as we know"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_known(day, precision, words, short):
    assert in_words(day, precision) == words
    assert in_words(day, precision, short=True) == short


@given(st.dates())
def test_the_last_day_is_in_the_same_period_and_the_next_day_is_not(day):
    month, year = last_day(day, "month"), last_day(day, "year")
    assert last_day(day, "day") == last_day(day, "by") == day
    assert day <= month <= year
    assert (month.year, month.month) == (day.year, day.month)
    assert (year.year, year.month, year.day) == (day.year, 12, 31)
    if month != date.max:
        assert (month + timedelta(days=1)).day == 1


@pytest.mark.django_db
def test_minus_infinity_goes_to_the_database_and_back():
    assert ask("SELECT %s::date, '-infinity'::date = %s, %s < '4713-01-01 BC'::date", ALWAYS, ALWAYS, ALWAYS) == [
        (ALWAYS, True, True)
    ]
    assert ask("SELECT %s::date", date(1, 1, 2)) == [(date(1, 1, 2),)]
