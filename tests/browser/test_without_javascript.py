"""Everything goes without JavaScript too: by links and forms."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .paris import BOARD, PASSWORD, cell, stances
from .visitors import Visitor
from .writing import choose, cite, record, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(visitor: Callable[..., Visitor]) -> Page:
    return visitor(javascript=False).page


def test_a_reader_filters_the_board_and_looks_at_the_past(plain: Page) -> None:
    plain.goto(BOARD)
    plain.locator("label.chip.champions").click()
    plain.locator("form.legend").get_by_role("button", name="Show").click()
    expect(plain).to_have_url(re.compile("code=champions"))
    expect(plain.locator("#board td.recede").first).to_be_attached()

    plain.locator(".axis label", has_text="Paris summit").click()
    plain.locator("form.scrub").get_by_role("button", name="Show").click()
    expect(plain).to_have_url(re.compile("as_of=2026-01-06"))
    expect(plain).to_have_url(re.compile("code=champions"))
    expect(plain.get_by_text("You look at the past.")).to_be_visible()


def test_a_reader_opens_a_cell_on_a_page_of_its_own_and_its_source(plain: Page) -> None:
    plain.goto(BOARD)
    plain.locator("#cell-germany-3").click()
    expect(plain.locator(".panel.solo")).to_be_visible()
    expect(plain.get_by_role("heading", name="History")).to_be_visible()

    plain.locator(".evi footer a[href*='/sources/']").first.click()
    expect(plain.locator(f"#{plain.url.split('#')[1]}")).to_be_in_viewport()

    plain.go_back()
    plain.get_by_role("link", name="Board", exact=True).click()
    expect(plain.locator("#board")).to_be_visible()


def test_buttons_that_only_scripts_serve_are_not_shown(plain: Page) -> None:
    plain.goto(BOARD)
    expect(plain.get_by_role("button", name="Keys")).to_have_count(0)
    expect(plain.get_by_role("button", name="Change between light and dark")).to_have_count(0)


def test_an_analyst_signs_in_and_records_a_stance(plain: Page) -> None:
    before = len(stances("denmark", 5))
    plain.goto(f"{cell('denmark', 5)}edit")
    plain.get_by_label("Username").fill("anna")
    plain.get_by_label("Password").fill(PASSWORD)
    plain.get_by_role("button", name="Sign in").click()
    expect(plain).to_have_url(re.compile(f"{cell('denmark', 5)}edit$"))

    choose(plain, "Neutral")
    write(plain, rationale="It says that it takes no side.", held_from="2026-01-06")
    cite(plain, "long-term defense cooperation with Ukraine")
    record(plain)  # without a reason
    expect(plain.get_by_role("alert")).to_contain_text("Say why you make this change")
    expect(plain.get_by_label("Rationale")).to_have_value("It says that it takes no side.")
    write(plain, reason="By form alone.")
    record(plain)

    expect(plain.get_by_text("The stance is recorded.")).to_be_visible()
    expect(plain).to_have_url(re.compile(f"{cell('denmark', 5)}$"))
    expect(plain.locator(".verdict")).to_have_class(re.compile("neutral"))
    plain.reload()  # a page like any other: loading it again records nothing
    assert [stance.code for stance in stances("denmark", 5)][before:] == ["neutral"]


def test_a_conflict_is_settled_by_forms(visitor: Callable[..., Visitor]) -> None:
    anna, anton = visitor("anna", javascript=False).page, visitor("anton", javascript=False).page
    for page in (anna, anton):
        page.goto(f"{cell('european-union', 5)}edit")
    for page, stance, rationale in ((anna, "Supports", "Anna’s reading"), (anton, "Ambiguous", "Anton’s")):
        choose(page, stance)
        write(page, rationale=rationale, held_from="2026-01-06", reason=f"{rationale}, by form.")
        cite(page, "long-term defense cooperation with Ukraine")
        record(page)

    expect(anton.locator("table.conflict")).to_contain_text("Anna’s reading")
    expect(anton.locator("table.conflict")).to_contain_text("Anton’s")
    anton.locator("tr", has_text="Anna’s reading").get_by_role("radio").first.check()
    record(anton)

    expect(anton.get_by_text("The stance is recorded.")).to_be_visible()
    last = stances("european-union", 5)[-1]
    assert (last.seq, last.code, last.rationale) == (3, "ambiguous", "Anna’s reading")
