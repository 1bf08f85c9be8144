"""An analyst finds evidence for a cell: cites it, or sets it aside and takes that back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from negotiations.models import PassageJudgement

from .paris import cell
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIND = f"{cell('united-kingdom', 2)}evidence"


def test_from_a_cell_to_a_passage_to_its_citation(analyst: Page) -> None:
    analyst.goto(cell("united-kingdom", 2))
    analyst.get_by_role("link", name="Find evidence").click()
    expect(analyst).to_have_url(re.compile(f"{FIND}$"))
    first = analyst.locator("#found > li").first
    expect(first.locator("mark").first).to_be_visible()
    words = first.locator("mark").first.inner_text()
    first.get_by_role("link", name="Cite").click()
    expect(analyst.get_by_label("Passage", exact=True)).to_have_value(re.compile(re.escape(words)))
    expect(analyst.locator("input[name=cell][value='united-kingdom:2']")).to_be_checked()


def test_not_relevant_takes_the_passage_out_in_place_and_undo_brings_it_back(analyst: Page) -> None:
    analyst.goto(FIND)
    analyst.evaluate("window.sameDocument = true")
    second = analyst.locator("#found > li").nth(1)
    words = second.locator("blockquote").inner_text()
    second.get_by_role("button", name="Not relevant").click()
    expect(second.get_by_role("status")).to_have_text("Set aside.")
    expect(second.get_by_role("button", name="Undo")).to_be_focused()
    assert PassageJudgement.objects.latest("pk").relevant is False

    analyst.keyboard.press("Enter")
    expect(second.get_by_role("status")).to_contain_text("Taken back")
    assert analyst.evaluate("window.sameDocument")
    analyst.reload()
    expect(analyst.locator("#found > li").nth(1).locator("blockquote")).to_have_text(words, use_inner_text=True)
    expect(analyst.get_by_role("heading", name="Set aside")).to_have_count(0)


def test_without_javascript_it_goes_by_forms(visitor: Callable[..., Visitor]) -> None:
    plain = visitor("anna", javascript=False).page
    plain.goto(FIND)
    count = plain.locator("#found > li").count()
    plain.locator("#found > li").first.get_by_role("button", name="Not relevant").click()
    expect(plain.get_by_text("The passage is set aside.")).to_be_visible()
    expect(plain.get_by_role("heading", name="Set aside 1")).to_be_visible()
    plain.get_by_role("button", name="Take back").click()
    expect(plain.get_by_role("heading", name="Set aside")).to_have_count(0)
    expect(plain.locator("#found > li")).to_have_count(count)


def test_nothing_found_is_recorded_with_what_was_searched(analyst: Page) -> None:
    analyst.goto(FIND)
    analyst.get_by_role("link", name="Record that").click()
    expect(analyst.get_by_label("Rationale", exact=True)).to_have_value(
        re.compile(r"^Searched the texts of all \d+ sources on")
    )
