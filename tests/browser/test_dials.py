"""Travelling through time on the board, and comparing two meetings, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .paris import BOARD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_travelling_by_keyboard_and_going_on_from_there(reader: Page) -> None:
    reader.goto(f"{BOARD}?as_of=2026-01-07")  # the last meeting
    reader.locator(".axis input:checked").focus()
    for day in ("2026-01-06", "2025-12-31"):
        reader.keyboard.press("ArrowLeft")
        expect(reader).to_have_url(re.compile(f"as_of={day}"))
    reader.locator("#cell-russia-3").click()
    expect(reader.locator("#panel")).to_contain_text("Rejects by 6 January 2026, start unknown.")
    expect(reader).to_have_url(re.compile(r"positions/russia/3/\?as_of=2025-12-31"))

    reader.locator("#panel").get_by_role("link", name="Russia", exact=True).click()
    expect(reader).to_have_url(re.compile(r"parties/russia/\?as_of=2025-12-31"))
    expect(reader.get_by_role("region", name="The past")).to_contain_text("As of 31 December 2025")
    reader.get_by_role("link", name="Board", exact=True).click()
    expect(reader).to_have_url(re.compile(r"\?as_of=2025-12-31"))
    expect(reader.locator("#as-of-2025-12-31")).to_be_checked()


def test_dragging_along_the_strip(reader: Page) -> None:
    reader.goto(BOARD)
    today, summit = (reader.locator(f".axis {each}").bounding_box() for each in ("input:checked", "#as-of-2026-01-06"))
    assert today and summit
    reader.mouse.move(today["x"] + 7, today["y"] + 7)
    reader.mouse.down()
    reader.mouse.move(summit["x"] + 12, summit["y"] + 3, steps=4)
    reader.mouse.up()
    expect(reader).to_have_url(re.compile("as_of=2026-01-06"))
    expect(reader.get_by_role("region", name="The past")).to_contain_text("As of 6 January 2026")


def test_comparing_two_meetings(reader: Page) -> None:
    reader.goto(f"{BOARD}compare/")
    reader.get_by_label("From").fill("mar-a-lago")
    reader.get_by_label("To", exact=True).fill("paris-summit")
    reader.get_by_role("button", name="Compare").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(re.compile(r"^\d+ cells changed$"))
    russia = reader.get_by_role("row").filter(has_text="Russia × 3")
    expect(russia).to_contain_text("onto the scale")

    reader.get_by_role("link", name="Show on the board").click()
    expect(reader.locator("#cell-russia-3 .delta")).to_contain_text("changed, was not enough evidence")
    expect(reader.locator("#cell-france-4 .delta")).to_have_count(0)
    reader.locator("label.chip", has_text="Changed").click()
    expect(reader).to_have_url(re.compile("mark=changed"))
    expect(reader.locator("td:has(> #cell-france-4)")).to_have_class(re.compile("recede"))
