"""A source gets another text, its words have changed, and an analyst works off what rests on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from negotiations.models import Negotiation, Position, Quote
from tests import factories as make

from .judging import faults
from .paris import BOARD, SLUG
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Copenhagen's envoy told the paper: “we shall train two brigades” by the summer, and left for the airport."
QUEUE = f"{BOARD}rechecks/"


@pytest.fixture
def quoted(site: str) -> Callable[..., Quote]:
    """A source with one quote, on which the stance of one cell rests."""

    def make_one(name: str, party: str) -> Quote:
        talks = Negotiation.objects.get(slug=SLUG)
        source = make.SourceFactory(negotiation=talks, slug=name, title=name.capitalize(), status="accepted")
        snapshot = make.SnapshotFactory(source=source, kind="full", text=TEXT)
        quote = make.QuoteFactory(snapshot=snapshot, slug=f"{name}-quote", exact="we shall train two brigades")
        cell = Position.objects.get(negotiation=talks, party__slug=party, priority__number=5)
        make.StanceFactory(position=cell, evidence=[quote])
        return quote

    return make_one


def hand_in(page: Page, source: str, text: str) -> None:
    """Paste a further text of a source and confirm it."""
    page.goto(f"{BOARD}take-in/?source={source}")
    page.get_by_label("Or its text").fill(text)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Add the text").or_(page.get_by_role("button", name="Take it in")).click()


def test_a_changed_word_is_seen_beside_the_old_one_and_decided_on(analyst: Page, quoted: Callable[..., Quote]) -> None:
    quoted("envoy", "denmark")
    hand_in(analyst, "envoy", TEXT.replace("two brigades", "no brigades"))

    expect(analyst.get_by_role("status")).to_contain_text("Its quote does not hold there.")
    analyst.get_by_role("link", name="1 cell is to be re-checked").click()
    waiting = analyst.locator("#re-denmark-5")
    expect(waiting.locator("del")).to_contain_text("two")
    expect(waiting.locator("ins")).to_contain_text("no")
    assert faults(analyst) == []

    waiting.get_by_role("link", name="Compare and decide").click()
    expect(analyst.get_by_role("heading", level=1)).to_have_text("The words changed")
    assert faults(analyst) == []
    analyst.get_by_role("button", name="Decide").click()
    expect(analyst.get_by_role("alert").filter(visible=True)).to_contain_text("Say whether it still holds.")
    analyst.get_by_label("still holds", exact=True).check()
    analyst.get_by_label("Reason").fill("The paper corrected its own number; the offer stands.")
    analyst.get_by_role("button", name="Decide").click()

    expect(analyst.get_by_role("status")).to_have_text("Decided: the quote still holds.")
    expect(analyst.locator("#re-denmark-5")).to_have_count(0)
    analyst.goto(BOARD)
    expect(analyst.locator("#cell-denmark-5 .flag.recheck")).to_have_count(0)


def test_it_stays_is_said_in_its_place_in_the_queue(analyst: Page, quoted: Callable[..., Quote]) -> None:
    quoted("paper", "nato")
    hand_in(analyst, "paper", "The paper has taken this article down.")
    analyst.goto(BOARD)
    expect(analyst.locator("#cell-nato-5 .flag.recheck")).to_be_visible()

    analyst.goto(QUEUE)
    waiting = analyst.locator("#re-nato-5")
    expect(waiting).to_contain_text("They are not there any more.")
    waiting.get_by_role("link", name="It stays…").focus()
    analyst.keyboard.press("Enter")
    reason = waiting.get_by_label("Reason")
    expect(reason).to_be_focused()
    assert faults(analyst) == []
    reason.fill("Another paper printed the same words.")
    waiting.get_by_role("button", name="The stance stays").click()
    expect(waiting.get_by_role("status")).to_have_text("The stance stays.")
    expect(analyst).to_have_url(QUEUE)


def test_it_works_on_a_phone_without_scripts(visitor: Callable[..., Visitor], quoted: Callable[..., Quote]) -> None:
    quoted("letter", "cyprus")
    phone = visitor("anna", width=390, height=800, javascript=False).page
    hand_in(phone, "letter", TEXT.replace("shall", "should"))
    phone.get_by_role("link", name="1 cell is to be re-checked").click()
    phone.locator("#re-cyprus-5").get_by_role("link", name="It stays…").click()
    phone.get_by_role("button", name="The stance stays").click()
    expect(phone.get_by_role("alert").filter(visible=True)).to_contain_text("Say why; it is shown in the history.")
    phone.get_by_label("Reason").fill("It was translated anew.")
    phone.get_by_role("button", name="The stance stays").click()
    expect(phone.get_by_role("status")).to_have_text("Cyprus × 5: the stance stays.")
    expect(phone.locator("#re-cyprus-5")).to_have_count(0)
