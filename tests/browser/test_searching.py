"""Searching, by mouse, by keyboard, on a phone and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .judging import LOOKS, faults
from .paris import BOARD
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEARCH = f"{BOARD}search/"


def test_a_reader_searches_from_the_board_by_keyboard_and_follows_a_passage(visitor: Callable[..., Visitor]) -> None:
    page = visitor().page
    page.goto(BOARD)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name=re.compile("^Search"))).to_be_focused()
    page.keyboard.type("securities")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"search/\?q=securities"))
    page.get_by_role("link", name=re.compile("^Passages")).click()
    passage = page.locator(".hit[data-kind='passage']").first
    expect(passage.locator("mark").first).to_have_text(re.compile("^securit", re.IGNORECASE))
    passage.get_by_role("link").first.click()
    expect(page.locator(f"#{page.url.split('#')[1]}")).to_be_in_viewport()


def test_on_its_own_page_the_key_leads_to_its_own_field(visitor: Callable[..., Visitor]) -> None:
    page = visitor().page
    page.goto(f"{SEARCH}?q=ceasefire")
    page.get_by_role("heading", name="Search").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("Zelensky/")  # in a field it is a letter like others
    expect(page.locator("#q")).to_have_value("Zelensky/")


def test_filters_and_pages_change_the_results_alone(visitor: Callable[..., Visitor]) -> None:
    page = visitor().page
    page.goto(f"{SEARCH}?q=Zelensky")
    page.evaluate("window.same = true")
    page.get_by_text("Filters and order").click()
    page.get_by_label("Party").select_option("Germany")
    expect(page).to_have_url(re.compile("party=germany"))
    page.get_by_label("Order").select_option("Newest first")
    expect(page.get_by_role("status")).to_contain_text("the newest first")
    page.get_by_label("Words to look for").fill("Macron")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=Macron.*party=germany"))
    assert page.evaluate("window.same"), "the page was never loaded again"

    page.go_back()
    expect(page.locator("#q")).to_have_value("Zelensky")
    expect(page.get_by_label("Order")).to_have_value("newest")


def test_it_goes_without_javascript(visitor: Callable[..., Visitor]) -> None:
    page = visitor(javascript=False).page
    page.goto(f"{BOARD}sources/")
    page.get_by_role("searchbox").fill('"security guarantees"')
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit mark").first).to_have_text(re.compile("security guarantee", re.IGNORECASE))
    page.get_by_text("Filters and order").click()
    page.get_by_label("From").fill("2025-01-06")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("from=2025-01-06"))
    page.get_by_role("link", name=re.compile("^Quotes")).click()
    expect(page.locator(".hit[data-kind='quote']").first).to_be_visible()
    expect(page.locator(".hit:not([data-kind='quote'])")).to_have_count(0)


def test_on_a_phone_the_head_bar_leads_to_the_page(visitor: Callable[..., Visitor]) -> None:
    page = visitor(width=390, height=800).page
    page.goto(BOARD)
    expect(page.locator("header").get_by_role("searchbox")).to_be_hidden()
    page.locator("header").get_by_role("link", name="Search").tap()
    page.get_by_role("searchbox").fill("umbrella")
    page.get_by_role("button", name="Search").tap()
    expect(page.locator(".hit").first).to_be_visible()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=Zelensky&order=newest",
        "?q=the&party=france&from=2026-01-01",
        "?q=Zelenksi",
        "?q=x&status=retracted",
        "?q=-x&to=1999-01-01&from=2000-01-01",
        f"?q={'W' * 290}",
    ],
)
def test_nobody_is_kept_out(reader: Page, query: str) -> None:
    reader.goto(f"{SEARCH}{query}")
    assert faults(reader, LOOKS) == []
