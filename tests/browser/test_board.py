"""A reader looks at the board: who stands where, who of them, and where they stood before."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .paris import BOARD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOP_OF = "element => element.getBoundingClientRect().top"
ON_TOP = """element => {
  const box = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
}"""


def heads(page: Page) -> Locator:
    return page.locator("#board thead th")


def test_the_board_is_a_table_of_parties_by_priorities(reader: Page) -> None:
    reader.goto(BOARD)

    expect(reader).to_have_title(re.compile(r"^Paris talks .* · Parley$"))
    table = reader.get_by_role("table", name=re.compile("Stance of 12 parties on 5 priorities"))
    expect(table.get_by_role("columnheader")).to_have_count(7)  # the party, five priorities, how much is known
    expect(table.get_by_role("rowheader")).to_have_count(13)  # all parties together, then each
    germany = table.get_by_role("link", name=re.compile("^Germany, Deploy a multinational force: Supports"))
    expect(germany).to_contain_text("with conditions")
    expect(germany).to_contain_text("low confidence")
    expect(table.get_by_role("link", name=re.compile("^Cyprus, Monitor the ceasefire: Not enough"))).to_be_visible()


def test_the_heads_stay_while_the_board_scrolls(visitor) -> None:
    page = visitor(height=500).page
    page.goto(BOARD)

    page.locator("#cell-cyprus-5").scroll_into_view_if_needed()
    page.mouse.move(700, 300)
    page.mouse.wheel(0, 5000)
    page.wait_for_function("scrollY > 300")

    for head in heads(page).all():
        assert head.evaluate(TOP_OF) >= 0
        assert head.evaluate(ON_TOP)


def test_a_chip_of_the_legend_shows_only_its_cells_and_the_others_recede(reader: Page) -> None:
    reader.goto(BOARD)
    chip = reader.locator("label.chip.champions")
    of_them = int(chip.locator("i").inner_text())
    cells = reader.locator("#board td.pri:has(.cell)")
    places = [cell.get_attribute("id") for cell in reader.locator("#board .cell").all()]

    chip.click()

    expect(reader).to_have_url(re.compile(r"\?.*code=champions"))
    expect(reader.locator("#board td.pri.champions:not(.recede)")).to_have_count(of_them)
    expect(reader.locator("#board td.recede")).to_have_count(cells.count() - of_them)
    assert [cell.get_attribute("id") for cell in reader.locator("#board .cell").all()] == places  # positions hold
    expect(reader.get_by_label("Champions")).to_be_focused()

    reader.reload()  # the address tells it all
    expect(reader.get_by_label("Champions")).to_be_checked()
    expect(reader.locator("#board td.recede")).to_have_count(cells.count() - of_them)

    reader.locator("label.chip.champions").click()
    expect(reader.locator("#board td.recede")).to_have_count(0)


def test_filters_add_up_and_are_cleared_at_once(reader: Page) -> None:
    reader.goto(BOARD)

    reader.locator("label.chip", has_text="Conditional").click()
    expect(reader.locator("#board td.recede").first).to_be_attached()
    reader.locator("label.chip", has_text="Hide empty parties").click()
    expect(reader.locator("#board tr.foldrow")).to_have_count(0)
    expect(reader).to_have_url(re.compile(r"mark=if.*unknown=hide"))

    reader.get_by_role("link", name="Clear the filters").click()
    expect(reader.locator("#board tbody tr")).to_have_count(13)
    expect(reader.locator("#board td.recede")).to_have_count(0)


def test_linked_matters_stand_apart_and_come_on_request(reader: Page) -> None:
    reader.goto(BOARD)
    expect(heads(reader)).to_have_count(7)

    reader.locator("label.chip", has_text="Linked matters").click()

    expect(heads(reader)).to_have_count(8)
    expect(reader.locator("#board thead th.linked")).to_contain_text("Territory")


def test_a_meeting_in_the_timeline_shows_the_board_of_its_day(reader: Page) -> None:
    reader.goto(BOARD)
    expect(reader.get_by_text("You look at the past.")).to_have_count(0)

    reader.locator(".axis label", has_text="Paris summit").click()

    expect(reader).to_have_url(re.compile("as_of=2026-01-06"))
    expect(reader.get_by_text("You look at the past.")).to_be_visible()
    expect(reader.locator(".page-head .dek")).to_contain_text("as of 6 January 2026")
    expect(reader.locator("#as-of-2026-01-06")).to_be_focused()

    reader.get_by_role("link", name="Show today").click()
    expect(reader).to_have_url(re.compile(f"{BOARD}$"))
    expect(reader.get_by_text("You look at the past.")).to_have_count(0)


def test_the_timeline_goes_by_keyboard_and_back_brings_the_whole_board_of_before(reader: Page) -> None:
    reader.goto(BOARD)
    now = reader.locator("#cell-france-3")
    expect(now).to_have_class(re.compile("champions"))
    reader.locator(".axis label", has_text="Paris summit").click()

    for day in ("2026-01-06", "2025-12-31", "2025-03-31"):
        expect(reader).to_have_url(re.compile(f"as_of={day}"))
        expect(reader.locator(f"#as-of-{day}")).to_be_focused()
        if day != "2025-03-31":
            reader.keyboard.press("ArrowLeft")
    expect(reader.locator("#cell-france-3")).to_have_class(re.compile("unknown"))
    expect(reader.locator("#cell-france-3")).to_contain_text("champions by 6 Jan 2026, start unknown")

    reader.go_back()
    expect(reader).to_have_url(re.compile("as_of=2025-12-31"))
    expect(reader.locator(".page-head .dek")).to_contain_text("as of 31 December 2025")
    expect(reader.locator("header.bar")).to_be_visible()  # the page, and not only the part that was swapped
    expect(reader.locator("#board tbody tr")).to_have_count(13)

    reader.go_back()
    expect(reader).to_have_url(re.compile("as_of=2026-01-06"))
    reader.go_back()
    expect(reader).to_have_url(re.compile(f"{BOARD}$"))
    expect(reader.locator("#cell-france-3")).to_have_class(re.compile("champions"))
    expect(reader.locator("header.bar")).to_be_visible()


def test_fast_steps_through_the_timeline_end_at_the_last_one(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator(".axis input:checked").focus()
    for _ in range(4):  # faster than the server answers
        reader.keyboard.press("ArrowLeft")

    expect(reader.locator(".page-head .dek")).to_contain_text("as of 31 March 2025")
    expect(reader).to_have_url(re.compile("as_of=2025-03-31"))


def test_the_day_and_the_filters_hold_together(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("label.chip.supports").click()
    expect(reader).to_have_url(re.compile("code=supports"))

    reader.locator(".axis label", has_text="Paris summit").click()
    expect(reader).to_have_url(re.compile("as_of=2026-01-06"))
    expect(reader.get_by_label("Supports")).to_be_checked()

    reader.locator("label.chip.champions").click()
    expect(reader).to_have_url(re.compile("champions"))
    expect(reader).to_have_url(re.compile("as_of=2026-01-06"))


def test_any_other_day_can_be_asked_for(reader: Page) -> None:
    reader.goto(BOARD)

    reader.get_by_label("Another day", exact=True).fill("2026-01-04")
    reader.get_by_label("Another day", exact=True).press("Tab")

    expect(reader.locator(".page-head .dek")).to_contain_text("as of 4 January 2026")
    expect(reader.locator("#cell-ukraine-3")).to_have_class(re.compile("supports"))
    expect(reader.locator("#cell-france-3")).to_have_class(re.compile("unknown"))


def test_dark_is_kept_from_page_to_page(reader: Page) -> None:
    reader.goto(BOARD)
    reader.get_by_role("button", name="Change between light and dark").click()
    expect(reader.locator("html")).to_have_attribute("data-theme", "dark")

    reader.goto("/codebook/")
    expect(reader.locator("html")).to_have_attribute("data-theme", "dark")
