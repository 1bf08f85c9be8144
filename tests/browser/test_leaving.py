"""Typed text is not lost by accident: leaving a form that is not saved asks first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from .paris import BOARD, cell
from .writing import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Answers:
    """Answers the questions that the page asks, and remembers what kind they were."""

    def __init__(self, page: Page) -> None:
        self.page, self.stay, self.asked = page, True, []
        page.on("dialog", self.answer)

    def answer(self, dialog: Dialog) -> None:
        self.asked.append(dialog.type)
        if self.stay:
            dialog.dismiss()
        else:
            dialog.accept()


def typing(page: Page, party: str, priority: int) -> Answers:
    """A form beside the board with words in it that are not saved."""
    page.goto(BOARD)
    page.locator(f"#cell-{party}-{priority}").click()
    page.get_by_role("link", name="Edit").click()
    write(page, rationale="my words")
    return Answers(page)


def kept(page: Page) -> None:
    expect(page.get_by_label("Rationale")).to_have_value("my words")


def test_closing_the_panel_asks_first(analyst: Page) -> None:
    answers = typing(analyst, "denmark", 4)
    analyst.locator("#panel-t").focus()

    analyst.keyboard.press("Escape")
    kept(analyst)
    assert answers.asked == ["confirm"]

    answers.stay = False
    analyst.keyboard.press("Escape")
    expect(analyst.locator("#panel")).to_be_hidden()


def test_escape_inside_a_text_leaves_the_text_alone(analyst: Page) -> None:
    answers = typing(analyst, "denmark", 4)
    analyst.get_by_label("Rationale").press("Escape")
    kept(analyst)
    assert answers.asked == []


def test_opening_another_cell_asks_first(analyst: Page) -> None:
    answers = typing(analyst, "denmark", 4)

    analyst.locator("#cell-france-3").click()
    kept(analyst)
    expect(analyst).to_have_url(re.compile("denmark/4/edit$"))
    assert answers.asked == ["confirm"]

    answers.stay = False
    analyst.locator("#cell-france-3").click()
    expect(analyst.locator("#panel [data-title]")).to_have_attribute(
        "data-title", "France × 3 Deploy a multinational force"
    )


def test_leaving_the_page_asks_first(analyst: Page) -> None:
    answers = typing(analyst, "denmark", 4)

    analyst.get_by_role("link", name="Meetings").click(no_wait_after=True)
    kept(analyst)
    assert answers.asked == ["beforeunload"]

    answers.stay = False
    analyst.get_by_role("link", name="Meetings").click()
    expect(analyst).to_have_url(re.compile("/meetings/$"))


def test_a_form_that_came_back_with_faults_is_still_not_saved(analyst: Page) -> None:
    answers = typing(analyst, "denmark", 4)
    analyst.get_by_role("button", name="Record").click()
    expect(analyst.get_by_role("alert")).to_be_visible()
    analyst.locator("#panel-t").focus()

    analyst.keyboard.press("Escape")

    kept(analyst)
    assert answers.asked == ["confirm"]


def test_the_board_may_be_filtered_without_a_question_for_the_form_stays(analyst: Page) -> None:
    answers = typing(analyst, "denmark", 4)
    analyst.locator("label.chip.champions").click()
    expect(analyst.locator("#board td.recede").first).to_be_attached()
    kept(analyst)
    expect(analyst.locator("#cell-denmark-4")).to_have_attribute("aria-current", "true")
    assert answers.asked == []


def test_a_form_in_which_nothing_was_typed_is_left_without_a_question(analyst: Page) -> None:
    analyst.goto(f"{cell('denmark', 4)}edit")
    answers = Answers(analyst)
    analyst.get_by_role("link", name="Meetings").click()
    expect(analyst).to_have_url(re.compile("/meetings/$"))
    assert answers.asked == []
