"""An analyst signs in and edits stances in place, beside the board."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .paris import BOARD, PASSWORD, cell, stances
from .writing import choose, cite, find, quote, record, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_analyst_signs_in_from_the_board_and_comes_back_to_it(reader: Page) -> None:
    reader.goto(f"{BOARD}?as_of=2026-01-06")
    reader.get_by_role("link", name="Sign in").click()

    reader.get_by_label("Username").fill("anna")
    reader.get_by_label("Password").fill("not this one")
    reader.get_by_role("button", name="Sign in").click()
    expect(reader.get_by_role("alert")).to_be_visible()
    expect(reader.get_by_label("Username")).to_have_value("anna")

    reader.get_by_label("Password").fill(PASSWORD)
    reader.get_by_role("button", name="Sign in").click()
    expect(reader).to_have_url(re.compile(rf"{BOARD}\?as_of=2026-01-06$"))
    reader.locator("summary", has_text="Anna Analyst").click()
    reader.get_by_role("button", name="Sign out").click()
    expect(reader.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_reader_is_offered_no_edit_and_the_key_does_nothing(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("#cell-denmark-1").focus()
    reader.keyboard.press("e")
    reader.keyboard.press("Enter")
    expect(reader.locator("#panel-t")).to_be_focused()
    expect(reader.get_by_role("link", name="Edit")).to_have_count(0)
    reader.keyboard.press("e")
    expect(reader).to_have_url(re.compile(f"{cell('denmark', 1)}$"))


def test_a_stance_is_recorded_beside_the_board_and_the_board_follows(analyst: Page) -> None:
    analyst.goto(BOARD)
    analyst.evaluate("window.sameDocument = true")
    shown = analyst.locator("#cell-denmark-1")
    expect(shown).to_have_class(re.compile("unknown"))
    revision = analyst.locator("#stage")
    before = analyst.locator("#board tr.all td").first.inner_text()

    shown.focus()
    analyst.keyboard.press("Enter")
    expect(analyst.locator("#panel-t")).to_be_focused()
    analyst.keyboard.press("e")
    expect(analyst.locator("#panel form")).to_be_visible()
    expect(analyst).to_have_url(re.compile(f"{cell('denmark', 1)}edit$"))
    expect(revision).to_be_visible()

    choose(analyst, "Opposes")
    write(analyst, rationale="It asks who would watch the line.", limits="None of its own observers")
    choose(analyst, "Low")
    write(analyst, held_from="2026-01-06", reason="The articles name it after all.")
    cite(analyst, "mechanisms to monitor a ceasefire")
    record(analyst)

    expect(analyst.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")
    expect(analyst.locator("#panel .verdict")).to_have_class(re.compile("opposes"))
    expect(shown).to_have_class(re.compile("opposes"))
    expect(shown).to_contain_text("None of its own observers")
    expect(analyst.locator("#board tr.all td").first).not_to_have_text(before)
    expect(shown).to_have_attribute("aria-current", "true")
    expect(analyst).to_have_url(re.compile(f"{cell('denmark', 1)}$"))
    assert analyst.evaluate("window.sameDocument")

    story = analyst.locator("#panel .hist li").first
    expect(story).to_contain_text("Opposes, from Not enough evidence")
    expect(story).to_contain_text("The articles name it after all.")
    expect(story).to_contain_text("Anna Analyst")
    analyst.keyboard.press("Escape")
    expect(shown).to_be_focused()

    analyst.keyboard.press("Enter")
    said = analyst.get_by_role("textbox", name="Comment")
    said.fill("Is that so,")
    analyst.get_by_role("button", name="@anton").click()
    expect(said).to_have_value("Is that so, @anton ")


def test_more_evidence_is_a_step_of_its_own(analyst: Page) -> None:
    analyst.goto(BOARD)
    shown = analyst.locator("#cell-europeans-4")
    quotes = int(re.search(r"(\d+) cited", shown.inner_text())[1])  # type: ignore[index]
    shown.click()
    analyst.get_by_role("link", name="More evidence").click()
    expect(analyst.locator("#panel form")).to_be_visible()
    expect(analyst.get_by_label("Rationale")).to_be_hidden()  # the judgement stays as it is

    cite(analyst, "depend on the USA standing behind the commitments", "context")
    record(analyst)

    expect(analyst.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")
    expect(shown).to_contain_text(f"{quotes + 1} cited")
    first, second = stances("europeans", 4)
    assert (second.cause, second.replaces, second.rationale) == ("evidence", 1, first.rationale)


def test_a_form_with_faults_says_so_in_sentences_and_keeps_what_was_typed(analyst: Page) -> None:
    analyst.goto(BOARD)
    analyst.locator("#cell-denmark-2").click()
    analyst.get_by_role("link", name="Edit").click()
    choose(analyst, "Champions")
    write(analyst, rationale="", conditions="After a <b>peace</b> agreement & more", held_from="2031-01-01")
    record(analyst)

    said = analyst.get_by_role("alert")
    expect(said).to_contain_text("Nothing was saved.")
    expect(said).to_contain_text("Say how the words lead to this judgement")
    expect(said).to_contain_text("Say why you make this change; it is shown in the history.")
    expect(analyst.get_by_label("Rationale")).to_have_attribute("aria-invalid", "true")
    expect(analyst.get_by_label("Conditions")).to_have_value("After a <b>peace</b> agreement & more")
    expect(analyst.get_by_role("radio", name="Champions")).to_be_checked()
    assert analyst.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"

    write(analyst, rationale="Its Prime Minister said so.", reason="A test.")
    record(analyst)
    expect(said).to_contain_text("That is after today")
    expect(said).to_contain_text("Choose at least one piece of evidence that supports the judgement.")
    expect(analyst.get_by_label("Rationale")).to_have_value("Its Prime Minister said so.")
    assert len(stances("denmark", 2)) == 1


def test_a_double_click_on_save_records_once(analyst: Page) -> None:
    analyst.goto(f"{cell('nato', 2)}edit")
    choose(analyst, "Supports")
    write(analyst, rationale="Named among those who took part.", held_from="2026-01-06", reason="Two clicks.")
    cite(analyst, "bolstering Ukraine's armed forces")

    analyst.get_by_role("button", name="Record").dblclick()

    expect(analyst.locator("#panel .verdict")).to_have_class(re.compile("supports"))
    assert [stance.code for stance in stances("nato", 2)] == ["unknown", "supports"]
    expect(analyst.locator("#panel-t")).to_be_in_viewport()  # and not the end of the form, where one stood


def test_looking_for_a_quote_records_nothing_and_loses_nothing(analyst: Page) -> None:
    analyst.goto(f"{cell('nato', 3)}edit")
    choose(analyst, "Supports")
    write(analyst, rationale="Half a thought")
    analyst.locator("#panel").get_by_role("searchbox").fill("logistics")
    analyst.keyboard.press("Enter")  # Enter finds; only the button records

    expect(quote(analyst, "with reconnaissance and logistics")).to_be_visible()
    expect(analyst.locator("#panel").get_by_role("searchbox")).to_be_focused()
    expect(analyst.get_by_label("Rationale")).to_have_value("Half a thought")
    expect(analyst.get_by_role("radio", name="Supports")).to_be_checked()
    quote(analyst, "with reconnaissance").get_by_role("combobox").select_option("context")
    analyst.locator("#panel").get_by_role("searchbox").fill("Venezuela")
    find(analyst)
    expect(quote(analyst, "Venezuela")).to_be_visible()
    expect(quote(analyst, "with reconnaissance").get_by_role("combobox")).to_have_value("context")
    assert len(stances("nato", 3)) == 1


def test_a_date_says_what_its_precision_makes_of_it(analyst: Page) -> None:
    analyst.goto(f"{cell('nato', 4)}edit")
    analyst.get_by_label("Held from").fill("2026-01-06")
    told = analyst.locator("[data-precision-hint]")
    for precision, said in (
        ("day", "Since 6 January 2026."),
        ("by", "There by 6 January 2026 at the latest; the start is not known."),
        ("month", "Some time in January 2026"),
        ("year", "Some time in 2026"),
    ):
        analyst.get_by_label("How exactly").select_option(precision)
        expect(told).to_contain_text(said)


def test_an_edit_after_the_sign_in_ended_asks_to_sign_in_again(analyst: Page) -> None:
    analyst.goto(BOARD)
    analyst.locator("#cell-denmark-3").click()
    expect(analyst.locator("#panel-t")).to_be_focused()
    analyst.context.clear_cookies()

    analyst.get_by_role("link", name="Edit").click()

    expect(analyst).to_have_url(re.compile(r"/accounts/sign-in/\?next="))
