"""What contradicts itself and what still has to be asked, as analysts work on it with a mouse and a keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .judging import faults
from .paris import BOARD, cell
from .visitors import Visitor
from .writing import choose, cite, find, quote, record, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = f"{BOARD}contradictions/"
QUESTIONS = f"{BOARD}questions/"


def test_words_for_and_against_become_a_contradiction_that_anna_leaves_open(analyst: Page) -> None:
    analyst.goto(BOARD)
    analyst.locator("#cell-european-union-2").click()
    analyst.get_by_role("link", name="Edit").click()
    choose(analyst, "Supports")
    write(analyst, rationale="It seeks consensus on it.", held_from="2026-01-06", reason="Read both.")
    cite(analyst, "the EU, and the US are seeking consensus")
    cite(analyst, "the likelihood of significant advancements appears uncertain", "contradicts")
    expect(quote(analyst, "seeking consensus").get_by_role("combobox")).to_have_value("supports")
    record(analyst)

    noted = analyst.locator("#panel .disputes > li")
    expect(noted).to_have_count(1)
    expect(noted).to_contain_text("For the judgement “in favour”")
    expect(noted).to_contain_text("“the likelihood of significant advancements appears uncertain”")
    noted.get_by_role("link").click()

    expect(analyst.get_by_role("heading", level=1)).to_have_text(
        "European Union × 2 Strengthen Ukraine's armed forces: words for and against"
    )
    sides = analyst.locator(".sides > section")
    expect(sides).to_have_count(2)
    expect(sides.nth(0).get_by_role("blockquote")).to_have_text("“Ukraine, the EU, and the US are seeking consensus”")
    analyst.locator(".seg label", has_text="Left open").click()
    analyst.get_by_label("Reason", exact=True).fill("Consensus on what, neither says.")
    analyst.get_by_role("button", name="Record").click()

    expect(analyst.get_by_role("status")).to_have_text("The ruling is recorded.")
    expect(analyst.locator(".rulings")).to_contain_text("Consensus on what, neither says.")
    expect(sides).to_have_count(2)
    analyst.goto(f"{LIST}?state=left_open&party=european-union")
    expect(analyst.locator(".disputes > li")).to_have_count(1)


def test_an_analyst_adds_one_by_keyboard_and_sees_what_is_wrong_first(analyst: Page) -> None:
    analyst.goto(cell("denmark", 6))
    analyst.get_by_role("link", name="Add a contradiction").click()
    expect(analyst.get_by_role("checkbox", name="Denmark × 6 Territory")).to_be_checked()

    analyst.get_by_label("What the sides disagree about").fill("Whether Denmark <cares>")
    analyst.get_by_label("Side 1 says").fill("It does")
    analyst.get_by_label("Side 2 says").fill("It does not")
    analyst.get_by_role("searchbox", name="Find quotes").fill("jeopardize")
    analyst.get_by_role("button", name="Find").press("Enter")
    expect(analyst.locator("form[data-sending]")).to_have_count(0)
    expect(analyst.locator(".picker li")).to_have_count(1)
    expect(analyst.get_by_label("Side 1 says")).to_have_value("It does")
    analyst.locator(".picker li", has_text="could jeopardize").get_by_role("combobox").select_option("1")
    analyst.get_by_role("button", name="Add").press("Enter")

    expect(analyst.get_by_role("alert")).to_contain_text("Choose the words, or the place in a source, that say so.")
    expect(analyst.get_by_label("What the sides disagree about")).to_have_value("Whether Denmark <cares>")
    assert faults(analyst) == []
    analyst.get_by_text("Records without a text").click()
    analyst.locator("#source-0").select_option(
        label="Diplomatic Talks in Paris Aim for Security Guarantees for Ukraine"
    )
    analyst.locator("#locator-0").fill("last paragraph")
    analyst.locator("#locator-bearing-0").select_option("2")
    analyst.get_by_role("button", name="Add").press("Enter")

    expect(analyst.get_by_role("heading", level=1)).to_have_text("Whether Denmark <cares>")
    expect(analyst.locator(".sides > section").nth(1)).to_contain_text("last paragraph, in Diplomatic Talks")
    analyst.get_by_role("link", name="Denmark × 6").click()
    expect(analyst.locator(".disputes")).to_contain_text("Whether Denmark <cares>")


def test_words_are_added_to_a_side_in_place(analyst: Page) -> None:
    analyst.goto(f"{LIST}prospects/")
    analyst.get_by_role("searchbox", name="Find quotes").fill("progress in developing")
    find(analyst)
    analyst.get_by_role("checkbox", name="stressed progress").check()
    analyst.get_by_label("For which side").select_option("new")
    analyst.get_by_label("What the new side says").fill("There is progress")
    analyst.get_by_role("button", name="Add").click()
    expect(analyst.get_by_role("heading", name="There is progress")).to_be_visible()
    expect(analyst.locator(".sides > section")).to_have_count(3)


def test_a_question_is_asked_of_a_cell_and_answered_by_a_quote(analyst: Page) -> None:
    analyst.goto(cell("germany", 2))
    analyst.get_by_role("link", name="Ask a question").click()
    analyst.get_by_label("What we would need to know").fill("Who pays for the army?")
    analyst.get_by_label("Whom to ask").fill("The finance ministries")
    analyst.get_by_label("By when").fill("2026-02-28")
    analyst.get_by_role("button", name="Ask").click()

    expect(analyst.get_by_role("heading", level=1)).to_have_text("Who pays for the army?")
    expect(analyst.get_by_role("main")).to_contain_text("since 28 February 2026")
    analyst.get_by_role("searchbox", name="Find quotes").fill("finance Ukraine")
    find(analyst)
    analyst.get_by_role("radio", name="the need to finance").check()
    analyst.get_by_label("Note").fill("Macron asks for it; who pays is not told.")
    analyst.get_by_role("button", name="Answer").click()

    expect(analyst.get_by_role("status")).to_have_text("The question is answered.")
    expect(analyst.get_by_role("blockquote")).to_have_text("“the need to finance Ukraine’s large army”")
    assert faults(analyst) == []
    analyst.goto(cell("germany", 2))
    expect(analyst.locator(".asked")).to_contain_text("Who pays for the army? Answered")
    analyst.get_by_role("link", name="Who pays for the army?").click()
    analyst.get_by_text("Open it again").click()
    analyst.get_by_label("Why").fill("No payer is named.")
    analyst.get_by_role("button", name="Open again").click()
    expect(analyst.get_by_role("main")).to_contain_text("Opened again")


def test_without_javascript_a_contradiction_is_added_and_a_question_worded_anew(
    visitor: Callable[..., Visitor],
) -> None:
    plain = visitor("anton", javascript=False).page
    plain.goto(f"{LIST}add?cell=nato:6&quote=starmer-rutte-engage&quote=frederiksen-greenland")
    plain.get_by_label("What the sides disagree about").fill("What NATO does")
    plain.get_by_label("Side 1 says").fill("It takes part")
    plain.get_by_label("Side 2 says").fill("It is at risk")
    plain.get_by_role("searchbox", name="Find quotes").fill("nothing has these words")
    plain.get_by_role("button", name="Find").click()
    expect(plain.get_by_label("Side 1 says")).to_have_value("It takes part")
    plain.get_by_role("button", name="Add").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("What NATO does")
    expect(plain.get_by_text("The contradiction is added.")).to_be_visible()

    plain.goto(f"{QUESTIONS}who-are-the-members/")
    plain.get_by_text("Change the question").click()
    plain.get_by_label("Whom to ask").fill("The Élysée")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_text("The question is changed.")).to_be_visible()
    expect(plain.get_by_role("main")).to_contain_text("The Élysée")


def test_on_a_phone_the_sides_stand_below_each_other(visitor: Callable[..., Visitor]) -> None:
    phone = visitor("anna", width=390, height=800).page
    phone.goto(LIST)
    phone.get_by_role("link", name="What came of the summit").tap()
    expect(phone).to_have_url(re.compile("outcome-of-the-summit/$"))
    tops = [side.bounding_box()["y"] for side in phone.locator(".sides > section").all()]  # type: ignore[index]
    assert tops == sorted(set(tops)) and len(tops) == 3
    assert faults(phone, [("dark", 390)]) == []
