"""The day that a text bears at its head is its day of publication; a day that it tells of is not."""

import time
from datetime import date

import pytest

from negotiations.texts.datelines import dateline


@pytest.mark.parametrize(
    "text",
    [
        "Troops held back\nBerlin, 8 January 2026.\nGermany will send none.",
        "Troops held back\n\nBerlin, 8 January 2026\n\nGermany will send none.",
        "BERLIN (Agency), Jan. 8, 2026 - Germany will send none.",
        "New York, Thursday, 8 January 2026 (Agency) — Germany will send none.",
        "Troops held back\n\nBerlin, 8 January 2026. Germany will send none.",
        "Troops held back\n\nPublished on 8 January 2026, 10:30 CET\n\nGermany will send none.",
        "Troops held back\n\nThursday 8th of January 2026\n\nGermany will send none.",
        "Troops held back\n\nDate: 2026-01-08\n\nGermany will send none.",
        "Keine Truppen\n\nBerlin, den 8. Januar 2026\n\nDeutschland schickt keine.",
        "Keine Truppen\n\n08.01.2026, 14:05 Uhr\n\nDeutschland schickt keine.",
        "Pas de soldats\n\nPublié le jeudi 8 janvier 2026\n\nL'Allemagne n'en envoie pas.",
    ],
)
def test_the_day_at_the_head_of_a_text_is_found(text):
    assert dateline(text) == date(2026, 1, 8)


@pytest.mark.parametrize(
    "text",
    [
        "On Thursday, 8 January 2026, the talks began.",
        "Paris Summit, 8 January 2026\n\nThe leaders came.",  # a title, of the day that the text tells of
        "Troops held back\n\nThe leaders met in Paris, 8 January 2026 being the day.",
        "Troops held back\n\nUpdated 8 January 2026\n\nGermany will send none.",
        "PARIS, Jan 8 (Agency) - Germany will send none.",  # of which year?
        "Troops held back\n\n08/01/2026\n\nGermany will send none.",  # of which month?
        "Troops held back\n\n8 Snowember 2026\n\n31 February 2026\n\n2026-13-01\n\n31.02.2026",
        "Troops held back\n\n8 January 2026\n\n9 January 2026",
        "\n\n".join(["Germany will send none."] * 6 + ["8 January 2026"]),
        "",
    ],
)
def test_a_day_that_may_be_another_is_left_alone(text):
    assert dateline(text) is None


def test_a_long_line_takes_no_longer():
    begun = time.perf_counter()
    for head in ("A" * 2_000_000, "A b, " * 400_000, "(" * 2_000_000, "1 " * 1_000_000):
        assert dateline(head) is None
    assert time.perf_counter() - begun < 0.5
