"""Anna proposes, Anton reads both sides and accepts with the keyboard; the board follows only then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from negotiations.models import Negotiation

from .judging import TWO_LOOKS, faults
from .paris import BOARD, SLUG, cell, stances
from .visitors import Visitor
from .writing import choose, write

# Pages that hold something only while somebody has work to do are judged here, not where every link is followed.

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reviewed(site: str) -> Iterator[None]:
    """The Paris talks ask for a second person, as long as this test runs: others share them."""
    talks = Negotiation.objects.filter(slug=SLUG)
    talks.update(review=True)
    yield
    talks.update(review=False)


def test_a_stance_is_proposed_by_one_and_accepted_by_another(reviewed: None, visitor: Callable[..., Visitor]) -> None:
    anna, anton = visitor("anna").page, visitor("anton").page
    before = stances("nato", 4)
    anna.goto(f"{cell('nato', 4)}work")
    anna.get_by_role("button", name="Watch it").click()
    anna.goto(f"{cell('nato', 4)}edit")
    choose(anna, "Not enough evidence")
    if before:
        anna.locator("#id_cause").select_option("rejudged")
    write(anna, rationale="All five texts were searched for NATO.", reason="Somebody asked.")
    anna.get_by_role("button", name="Propose as stance").click()
    expect(anna.get_by_role("status").first).to_contain_text("Your proposal waits for a second person.")
    anna.get_by_label("Comment", exact=True).fill("@anton, would you look?")
    anna.get_by_role("button", name="Comment", exact=True).click()
    expect(anna.locator(".said b")).to_have_text("@anton")
    assert faults(anna) == []
    assert stances("nato", 4) == before

    anton.goto(f"{BOARD}work/")
    expect(anton.locator("main")).to_contain_text("NATO")
    assert faults(anton, TWO_LOOKS) == []
    anton.goto(BOARD)
    expect(anton.locator("#cell-nato-4 .flag.proposed")).to_be_visible()
    anton.get_by_role("link", name="Proposals").click()
    assert faults(anton) == []
    anton.get_by_role("link", name="NATO × 4").click()
    expect(anton.locator("table.review ins").last).to_be_visible()
    assert faults(anton) == []
    anton.keyboard.press("?")
    expect(anton.get_by_role("dialog")).to_contain_text("next and previous proposal")
    anton.keyboard.press("Escape")
    expect(anton.get_by_role("dialog")).to_be_hidden()  # the browser closes it in its own time
    anton.wait_for_function("document.activeElement === document.body")  # and gives the focus back in the next frame
    anton.keyboard.press("a")
    expect(anton.get_by_role("button", name="Accept")).to_be_focused()
    anton.keyboard.press("Enter")
    expect(anton.get_by_role("status")).to_have_text("Accepted and recorded: NATO × 4.")
    assert len(stances("nato", 4)) == len(before) + 1
    anna.goto(f"{BOARD}digest/")
    expect(anna.locator("main")).to_contain_text("NATO")
    assert faults(anna, TWO_LOOKS) == []
    anton.goto(cell("nato", 4))
    expect(anton.locator("ol.hist")).to_contain_text("proposed by Anna Analyst, accepted by Anton Analyst")
