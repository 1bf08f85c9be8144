"""An open board follows what a colleague records, and leaves the hands of whoever sits before it alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from negotiations.domain import positions
from negotiations.domain.cells import get_cell
from negotiations.domain.stances import Draft, Item
from negotiations.models import Quote, User

from .paris import BOARD, SLUG
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def anton_records(party: str, number: int, code: str) -> None:
    """A stance that a colleague records elsewhere."""
    anton = User.objects.get(username="anton")
    cell = get_cell(SLUG, party, number, by=anton)
    quote = Quote.objects.filter(negotiation__slug=SLUG).first()
    draft = Draft(
        cause="moved",
        code=code,
        rationale="It said so.",
        limits=f"No more than at revision {cell.workspace.revision}",  # so that it is a move, whatever stood
        confidence="low",
        held_from=date(2026, 1, 6),
        evidence=(Item("supports", quote=quote.pk),),
    )
    positions.record_stances(
        cell.workspace, [positions.Entry(cell.id, cell.version, draft)], by=anton, why="Looked again."
    )


def test_a_colleagues_stance_appears_while_a_form_is_open(visitor: Callable[..., Visitor]) -> None:
    page = visitor("anna", height=600).page
    page.goto(BOARD)
    page.locator("#cell-cyprus-2").click()
    page.get_by_role("link", name="Edit").click()
    reason = page.get_by_label("Reason")
    reason.fill("Half a sente")
    page.evaluate("scrollTo(0, 200)")
    top = page.evaluate("scrollY")
    form = page.locator("#panel form").first.element_handle()

    anton_records("cyprus", 1, "opposes")

    expect(page.locator("td.just-changed #cell-cyprus-1")).to_be_visible()
    expect(page.locator("[data-live-news]")).to_have_text(re.compile("^Changed just now: Cyprus, .*Opposes"))
    expect(page.locator("td.just-changed")).to_have_count(1)
    expect(reason).to_be_focused()
    expect(reason).to_have_value("Half a sente")
    assert form.evaluate("form => form.isConnected"), "the form is the same one"
    assert page.evaluate("scrollY") == top
    expect(page.locator("#cell-cyprus-2")).to_have_attribute("aria-current", "true")


def test_whoever_pauses_sees_nothing_move_until_they_follow_again(visitor: Callable[..., Visitor]) -> None:
    page = visitor().page
    page.goto(BOARD)
    page.get_by_role("button", name="Pause live changes").click()
    expect(page.locator("[data-live-news]")).to_have_text("Paused: changes by others are not shown.")
    revision = page.locator("#revision").inner_text()
    anton_records("cyprus", 1, "supports")
    page.get_by_role("button", name="Follow changes").click()
    expect(page.locator("#revision")).not_to_have_text(revision)
