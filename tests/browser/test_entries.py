"""An analyst keeps meetings, instruments and commitments, with nothing but a keyboard, and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .judging import faults
from .paris import BOARD
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# What the element with the focus is called: the texts of its labels, or its own.
FOCUSED = """() => {
  const at = document.activeElement;
  return (at.labels?.length ? [...at.labels] : [at]).map(each => each.textContent);
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field or button of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        names = page.evaluate(FOCUSED)
        if any(found.split(" optional")[0].strip() == name for found in names):
            return
    pytest.fail(f"Tab never came to “{name}”.")


def test_a_meeting_with_who_came_is_added_by_keyboard(analyst: Page) -> None:
    analyst.goto(f"{BOARD}meetings/")
    link = analyst.get_by_role("link", name="Add a meeting")
    link.focus()
    analyst.keyboard.press("Enter")
    expect(analyst.get_by_role("heading", level=1)).to_have_text("Add a meeting")
    tab_to(analyst, "Name")
    analyst.keyboard.type("Talks in Geneva")
    analyst.keyboard.press("Enter")  # saves, and the kind is missing

    expect(analyst.get_by_label("Kind")).to_be_focused()
    note = analyst.get_by_role("alert").filter(has_text="Nothing was saved.")
    note.get_by_role("link", name="Kind").focus()
    analyst.keyboard.press("Enter")
    analyst.keyboard.press("Tab")
    expect(analyst.get_by_label("Name", exact=True)).to_have_value("Talks in Geneva")
    analyst.get_by_label("Kind").focus()
    analyst.keyboard.type("Work")
    expect(analyst.get_by_label("Kind")).to_have_value("working")
    row = analyst.get_by_role("listitem", name="Attendance, row 1")
    tab_to(analyst, "Party")
    analyst.keyboard.type("Fra")
    tab_to(analyst, "Person")
    analyst.keyboard.type("Emm")
    tab_to(analyst, "Level")
    analyst.keyboard.type("Lea")
    expect(row.get_by_label("Level")).to_have_value("leader")
    tab_to(analyst, "More rows")
    analyst.keyboard.press("Enter")
    expect(analyst.get_by_role("listitem", name="Attendance, row 6")).to_be_visible()
    expect(analyst.get_by_role("button", name="More rows")).to_be_focused()
    found = faults(analyst)
    assert not found, found
    tab_to(analyst, "Reason")
    analyst.keyboard.type("Read of it.")
    tab_to(analyst, "Add")
    analyst.keyboard.press("Enter")

    expect(analyst.get_by_role("heading", level=1)).to_have_text("Talks in Geneva")
    expect(analyst.get_by_role("status")).to_have_text("The meeting is added.")
    expect(analyst.locator(".att").first).to_contain_text("France, Emmanuel Macron")


def test_two_who_edit_an_instrument_lose_nothing_also_without_javascript(visitor: Callable[..., Visitor]) -> None:
    address = f"{BOARD}instruments/twenty-eight-point-plan/edit"
    anna, anton = visitor("anna", width=390).page, visitor("anton", javascript=False).page
    for page in (anna, anton):
        page.goto(address)
    anton.get_by_label("Description").fill("Told of by all.")
    anton.get_by_label("Reason").fill("As they say.")
    anton.get_by_role("button", name="Save").last.click()
    expect(anton.get_by_role("heading", level=1)).not_to_contain_text("Edit")
    signature = anna.get_by_role("listitem", name="Signatures, Russia")
    signature.get_by_label("State").select_option("not_asked")
    anna.get_by_label("Reason").fill("Nobody did.")
    anna.get_by_role("button", name="Save").last.click()
    expect(anna.get_by_role("alert").filter(has_text="changed this while you had it open")).to_be_visible()
    expect(anna.get_by_label("Description")).to_have_value("Told of by all.")
    found = faults(anna)
    assert not found, found
    anna.get_by_role("button", name="Save").last.click()
    expect(anna.get_by_role("row", name="Russia")).to_contain_text("Was not asked")
    expect(anna.get_by_text("Told of by all.")).to_be_visible()
