"""Two analysts edit one cell at once: the second is told, sees what each changed, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .judging import TWO_LOOKS, faults
from .paris import BOARD, cell, stances
from .visitors import Visitor
from .writing import choose, cite, record, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begin(page: Page, party: str, priority: int) -> None:
    """Open the form of a cell beside the board."""
    page.goto(BOARD)
    page.locator(f"#cell-{party}-{priority}").click()
    page.get_by_role("link", name="Edit").click()
    expect(page.locator("#panel form[data-keep]")).to_be_visible()


def row(page: Page, label: str) -> Locator:
    return page.locator("table.conflict tr", has=page.get_by_role("rowheader", name=label, exact=True))


def collide(visitor: Callable[..., Visitor], priority: int) -> Page:
    """Anna records first; Anton, who began from the same stance, sends his version. His window."""
    anna, anton = visitor("anna").page, visitor("anton").page
    for page in (anna, anton):
        begin(page, "european-union", priority)
    choose(anna, "Supports")
    write(anna, rationale="Anna’s reading", conditions="Anna’s condition", held_from="2026-01-06", reason="Seen.")
    cite(anna, "Ukraine, the EU, and the US are seeking consensus")
    record(anna)
    expect(anna.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")

    choose(anton, "Ambiguous")
    write(anton, rationale="Anton’s reading", limits="Anton’s limit", held_from="2026-01-05", reason="Heard.")
    cite(anton, "long-term defense cooperation with Ukraine")
    record(anton)
    expect(anton.locator("table.conflict")).to_be_visible()
    return anton


def test_the_second_sees_both_picks_row_by_row_and_saves_on_top(visitor: Callable[..., Visitor]) -> None:
    anton = collide(visitor, 1)

    said = anton.get_by_role("alert").filter(has_text="Anna Analyst recorded a newer stance")
    expect(said).to_contain_text("(“Seen.”)")
    expect(row(anton, "Stance")).to_contain_text("Supports")
    expect(row(anton, "Stance")).to_contain_text("Ambiguous")
    expect(row(anton, "Rationale")).to_contain_text("Anna’s reading")
    expect(row(anton, "Rationale")).to_contain_text("Anton’s reading")
    expect(row(anton, "Evidence")).to_contain_text("seeking consensus")
    expect(row(anton, "Evidence")).to_contain_text("long-term defense cooperation")

    row(anton, "Stance").get_by_role("radio").first.check()  # hers
    row(anton, "Conditions").get_by_role("radio").first.check()  # hers
    record(anton)

    expect(anton.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")
    last = stances("european-union", 1)[-1]
    assert (last.seq, last.code, last.rationale) == (3, "supports", "Anton’s reading")
    assert (last.conditions, last.limits) == ("Anna’s condition", "Anton’s limit")
    expect(anton.locator("#cell-european-union-1")).to_have_class(re.compile("supports"))


def test_the_second_may_go_on_editing_and_then_save(visitor: Callable[..., Visitor]) -> None:
    anton = collide(visitor, 2)

    anton.get_by_role("button", name="Go on editing").click()
    expect(anton.get_by_label("Rationale")).to_have_value("Anton’s reading")
    expect(anton.get_by_label("Limits")).to_have_value("Anton’s limit")
    expect(anton.get_by_label("Reason for the change")).to_have_value("Heard.")
    write(anton, rationale="Anton’s second reading")
    record(anton)

    expect(anton.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")
    assert [s.rationale for s in stances("european-union", 2)][-2:] == ["Anna’s reading", "Anton’s second reading"]


def test_the_second_may_keep_the_first_ones_version(visitor: Callable[..., Visitor]) -> None:
    anton = collide(visitor, 3)
    questions: list[str] = []
    anton.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))

    anton.get_by_role("link", name="Keep theirs, drop mine").click()

    expect(anton.locator("#panel .verdict")).to_have_class(re.compile("supports"))
    assert questions == ["confirm"]  # what he typed would be lost
    assert len(stances("european-union", 3)) == 2


def test_a_conflict_of_a_form_kept_open_in_the_panel_is_guarded_too(visitor: Callable[..., Visitor]) -> None:
    anton = collide(visitor, 4)
    questions: list[str] = []
    anton.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))

    anton.locator("#panel-t").focus()
    anton.keyboard.press("Escape")

    expect(anton.locator("table.conflict")).to_be_visible()
    assert questions == ["confirm"]
    assert cell("european-union", 4) in anton.url


def look_up(page: Page) -> None:
    """What coming back to a window does: it asks at once, not after the next five seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_an_open_form_tells_of_a_colleagues_stance_and_both_are_merged(visitor: Callable[..., Visitor]) -> None:
    anna, anton = visitor("anna").page, visitor("anton").page
    begin(anna, "cyprus", 2)
    choose(anna, "Neutral")
    write(anna, rationale="It hosts. It keeps out of it.", held_from="2026-01-06", reason="Seen.")
    cite(anna, "Ukraine, the EU, and the US are seeking consensus")
    record(anna)
    expect(anna.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")
    for page in (anna, anton):
        begin(page, "cyprus", 2)
    write(anna, rationale="It hosts the talks. It keeps out of it.", limits="No bases", reason="Seen again.")
    record(anna)
    expect(anna.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")

    write(anton, rationale="It hosts. It keeps out of it, mostly.", limits="No ships")
    look_up(anton)
    notice = anton.locator("[data-meanwhile]")
    expect(notice).to_contain_text("Anna Analyst recorded a stance. Neutral")
    expect(notice).to_contain_text("Seen again.")
    expect(anton.get_by_label("Limits")).to_be_focused()
    expect(anton.get_by_label("Limits")).to_have_value("No ships")
    notice.get_by_role("button", name="Merge now").click()

    expect(row(anton, "Rationale").locator("ins")).to_have_text(["new: the talks", "new: , mostly"])
    assert faults(anton, TWO_LOOKS) == []
    both = anton.get_by_label("Rationale, both together")
    expect(both).to_have_value("It hosts the talks. It keeps out of it, mostly.")
    expect(anton.get_by_label("Limits, both together")).to_be_hidden()
    anton.get_by_text("One text, in your own words").click()
    anton.get_by_label("Limits, both together").fill("Neither bases nor ships")
    anton.get_by_label("Reason for the change").fill("We spoke about it.")
    record(anton)

    expect(anton.locator("#panel").get_by_role("status")).to_have_text("The stance is recorded.")
    last = stances("cyprus", 2)[-1]
    assert last.rationale == "It hosts the talks. It keeps out of it, mostly."
    assert last.limits == "Neither bases nor ships"
