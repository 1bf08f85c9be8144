"""On a phone the board shows one priority at a time, and cells and forms are pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .paris import BOARD, cell, stances
from .visitors import Visitor
from .writing import choose, cite, record, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(visitor: Callable[..., Visitor]) -> Page:
    return visitor(width=390, height=800).page


def test_the_board_shows_one_priority_and_switches(phone: Page) -> None:
    phone.goto(BOARD)
    heads = phone.locator("#board thead th.pri")
    expect(heads.filter(visible=True)).to_have_count(1)
    expect(phone.locator("#cell-germany-1")).to_be_visible()
    expect(phone.locator("#cell-germany-3")).to_be_hidden()

    phone.get_by_role("navigation", name="Priority shown").get_by_role("link", name="Deploy").tap()
    expect(phone).to_have_url(re.compile("p=3"))
    expect(phone.locator("#cell-germany-3")).to_be_visible()
    expect(phone.locator("#cell-germany-1")).to_be_hidden()

    phone.get_by_role("navigation", name="Priority shown").get_by_role("link", name="All").tap()
    expect(heads.filter(visible=True)).to_have_count(5)


def test_the_filters_are_folded_away_until_asked_for(phone: Page) -> None:
    phone.goto(f"{BOARD}?p=3")
    chip = phone.locator("label.chip.champions")
    expect(chip).to_be_hidden()

    phone.get_by_text("Filters and legend").tap()
    chip.tap()

    expect(phone.locator("#board td.picked.recede").first).to_be_visible()
    expect(phone).to_have_url(re.compile("p=3"))  # the same priority still
    expect(phone.locator("#cell-france-3")).to_be_visible()


def test_a_cell_is_a_page_and_back_brings_the_board(phone: Page) -> None:
    phone.goto(f"{BOARD}?p=3")
    phone.locator("#cell-germany-3").tap()

    expect(phone.locator(".panel.solo")).to_be_visible()
    expect(phone).to_have_url(re.compile(f"{cell('germany', 3)}$"))
    phone.go_back()
    expect(phone.locator("#cell-germany-3")).to_be_visible()


def test_an_analyst_records_a_stance(visitor: Callable[..., Visitor]) -> None:
    phone = visitor("anna", width=390, height=800).page
    phone.goto(cell("cyprus", 1))
    phone.get_by_role("link", name="Edit").tap()
    expect(phone.locator("#panel form")).to_be_visible()
    choose(phone, "Opposes")
    write(phone, rationale="From a train.", held_from="2026-01-06", reason="Read on the way.")
    cite(phone, "questions of monitoring a future ceasefire line")
    record(phone)

    expect(phone.get_by_role("status")).to_have_text("The stance is recorded.")
    assert stances("cyprus", 1)[-1].code == "opposes"
    phone.get_by_role("link", name="Board", exact=True).tap()
    expect(phone.locator("#cell-cyprus-1")).to_have_class(re.compile("opposes"))
