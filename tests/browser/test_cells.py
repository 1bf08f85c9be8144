"""A reader opens cells by keyboard alone, and follows a quote to the words in their source."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .paris import BOARD, cell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(page: Page, party: str, priority: int) -> None:
    """The keyboard stands on this cell."""
    expect(page.locator(f"#cell-{party}-{priority}")).to_be_focused()


def opened(page: Page, title: str) -> None:
    """This cell stands in the panel, beside the board, and the keyboard with it."""
    expect(page.locator("#panel [data-title]")).to_have_attribute("data-title", title)
    expect(page.locator("#panel-t")).to_be_focused()
    expect(page.locator("#board")).to_be_visible()


def test_the_arrows_go_from_cell_to_cell(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("#cell-germany-3").focus()

    for key, party, priority in (
        ("ArrowRight", "germany", 4),
        ("ArrowUp", "united-kingdom", 4),
        ("ArrowLeft", "united-kingdom", 3),
        ("ArrowDown", "germany", 3),
    ):
        reader.keyboard.press(key)
        at(reader, party, priority)

    reader.locator("#cell-france-1").focus()
    reader.keyboard.press("ArrowUp")  # the row of all parties has no cell to open
    at(reader, "france", 1)


def test_tab_leads_from_the_head_of_the_page_to_the_board(reader: Page) -> None:
    reader.goto(BOARD)

    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="Skip to content")).to_be_focused()
    reader.keyboard.press("Enter")
    for _ in range(60):
        reader.keyboard.press("Tab")
        if reader.evaluate("document.activeElement.matches('#board .cell')"):
            break
    at(reader, "france", 1)


def test_a_cell_is_opened_and_closed_by_keyboard(reader: Page) -> None:
    reader.goto(BOARD)
    reader.evaluate("window.sameDocument = true")
    reader.locator("#cell-germany-3").focus()

    reader.keyboard.press("Enter")
    opened(reader, "Germany × 3 Deploy a multinational force")
    expect(reader).to_have_url(re.compile(f"{cell('germany', 3)}$"))
    expect(reader).to_have_title("Germany × 3 Deploy a multinational force · Parley")
    expect(reader.locator("#cell-germany-3")).to_have_attribute("aria-current", "true")

    reader.keyboard.press("Escape")
    at(reader, "germany", 3)
    expect(reader.locator("#panel")).to_be_hidden()
    expect(reader).to_have_url(re.compile(f"{BOARD}$"))
    expect(reader).to_have_title(re.compile("^Paris talks"))
    assert reader.evaluate("window.sameDocument")


def test_j_and_k_go_to_the_next_and_the_previous_cell_with_the_panel_open_or_not(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("#cell-germany-3").focus()
    reader.keyboard.press("j")
    at(reader, "germany", 4)
    reader.keyboard.press("k")
    at(reader, "germany", 3)

    reader.keyboard.press("Enter")
    opened(reader, "Germany × 3 Deploy a multinational force")
    reader.keyboard.press("j")
    opened(reader, "Germany × 4 Commitments against renewed aggression")
    reader.keyboard.press("j")
    opened(reader, "Germany × 5 Long-term defence cooperation")
    reader.keyboard.press("j")
    opened(reader, "Ukraine × 1 Monitor the ceasefire")  # the next row
    reader.keyboard.press("k")
    opened(reader, "Germany × 5 Long-term defence cooperation")

    reader.keyboard.press("Escape")
    at(reader, "germany", 5)


def test_keys_may_be_faster_than_the_server(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("#cell-germany-1").click()
    opened(reader, "Germany × 1 Monitor the ceasefire")

    for _ in range(3):
        reader.keyboard.press("j")

    opened(reader, "Germany × 4 Commitments against renewed aggression")
    expect(reader).to_have_url(re.compile(f"{cell('germany', 4)}$"))
    expect(reader.locator("#board .cell[aria-current]")).to_have_count(1)


def test_back_and_forward_go_through_what_was_open(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("#cell-germany-3").click()
    opened(reader, "Germany × 3 Deploy a multinational force")
    reader.locator("#cell-france-3").click()
    opened(reader, "France × 3 Deploy a multinational force")

    reader.go_back()
    opened(reader, "Germany × 3 Deploy a multinational force")
    reader.go_back()
    expect(reader.locator("#panel")).to_be_hidden()
    expect(reader).to_have_url(re.compile(f"{BOARD}$"))
    reader.go_forward()
    opened(reader, "Germany × 3 Deploy a multinational force")

    reader.reload()  # the same address by itself: the cell's own page
    expect(reader.locator(".panel.solo")).to_be_visible()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Deploy a multinational force")


def test_a_cell_of_the_past_is_opened_as_it_was_and_closes_to_the_past(reader: Page) -> None:
    reader.goto(f"{BOARD}?as_of=2025-12-31")
    reader.locator("#cell-france-3").click()

    opened(reader, "France × 3 Deploy a multinational force")
    expect(reader.locator("#panel .note.past")).to_contain_text("As of 31 December 2025")
    expect(reader.locator("#panel .verdict")).to_contain_text("Champions by 6 January 2026, start unknown")

    reader.keyboard.press("Escape")
    expect(reader).to_have_url(re.compile(r"\?as_of=2025-12-31$"))


def test_the_question_mark_lists_the_keys_and_they_can_be_turned_off(reader: Page) -> None:
    reader.goto(BOARD)
    keys = reader.get_by_role("dialog", name="Keys")

    reader.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("next and previous cell")
    keys.get_by_label("Turn these keys off").check()
    reader.keyboard.press("Escape")
    expect(keys).to_be_hidden()

    reader.reload()
    reader.keyboard.press("?")
    reader.locator("#cell-france-1").focus()
    reader.keyboard.press("j")
    at(reader, "france", 1)
    expect(keys).to_be_hidden()

    reader.get_by_role("button", name="Keys").click()  # the way back, without a key
    keys.get_by_label("Turn these keys off").uncheck()
    keys.get_by_role("button", name="Close").click()
    reader.locator("#cell-france-1").focus()
    reader.keyboard.press("j")
    at(reader, "france", 2)


def test_letters_typed_into_a_field_are_letters(analyst: Page) -> None:
    analyst.goto(f"{cell('france', 1)}edit")
    analyst.get_by_label("Rationale").fill("")
    analyst.get_by_label("Rationale").press_sequentially("je[k]?")
    expect(analyst.get_by_label("Rationale")).to_have_value("je[k]?")
    expect(analyst.get_by_role("dialog")).to_have_count(0)


def test_brackets_step_through_the_meetings(reader: Page) -> None:
    reader.goto(BOARD)
    reader.keyboard.press("[")
    expect(reader).to_have_url(re.compile("as_of=2026-01-07"))
    reader.keyboard.press("[")
    expect(reader).to_have_url(re.compile("as_of=2026-01-06"))
    reader.keyboard.press("]")
    expect(reader).to_have_url(re.compile("as_of=2026-01-07"))


def test_a_quote_leads_to_its_words_marked_in_the_source(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("#cell-germany-3").click()
    proof = reader.locator("#panel .evi").first
    words = proof.locator("blockquote").inner_text().strip("“”")

    proof.locator("footer a[href*='/sources/']").click()

    expect(reader).to_have_url(re.compile(r"/sources/[a-z0-9-]+/#q-[a-z0-9-]+$"))
    mark = reader.locator(f"#{reader.url.split('#')[1]}")
    expect(mark).to_contain_text(words)
    expect(mark).to_be_in_viewport()
    assert mark.evaluate("element => element.localName") == "mark"
    tie = reader.locator(".tie", has_text="Germany").first
    expect(tie).to_be_visible()

    tie.click()  # and back to the cell that the words speak for
    expect(reader.locator(".panel.solo")).to_be_visible()


def test_another_window_or_tab_is_the_browsers_own_business(reader: Page) -> None:
    reader.goto(BOARD)
    with reader.context.expect_page() as other:
        reader.locator("#cell-germany-3").click(modifiers=["ControlOrMeta"])
    expect(other.value).to_have_url(re.compile(f"{cell('germany', 3)}$"))
    expect(reader.locator("#panel")).to_be_hidden()
