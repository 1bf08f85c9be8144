"""What is typed survives a window that is closed and a session that is lost, and is offered again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from negotiations.models import Draft

from .paris import PASSWORD, cell, stances
from .visitors import Visitor
from .writing import choose, cite, quote, record, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def kept_here(page: Page) -> int:
    """How much this browser keeps by itself."""
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('parley-typed:')).length")


def test_a_draft_is_offered_again_after_the_window_was_closed(visitor: Callable[..., Visitor]) -> None:
    window = visitor("anna").page
    window.goto(f"{cell('cyprus', 4)}edit")
    choose(window, "Opposes")
    write(window, rationale="Half a thought", held_from="2026-01-06")
    cite(window, "long-term defense cooperation with Ukraine", "context")
    write(window, limits="No ships")
    expect(window.locator("[data-kept]")).to_have_text(re.compile("^Draft kept at "))
    assert kept_here(window) == 0, "the server has it"
    write(window, limits="No ships, no planes")
    window.evaluate("dispatchEvent(new Event('pagehide'))")
    window.close()

    again = visitor("anna").page
    again.goto(cell("cyprus", 4))
    expect(again.locator(".note.draft")).to_contain_text("You have a draft of")
    again.get_by_role("link", name="Take it up").click()
    expect(again.get_by_label("Limits")).to_have_value("No ships, no planes")
    expect(again.get_by_label("Rationale")).to_have_value("Half a thought")
    expect(quote(again, "long-term defense").get_by_role("combobox")).to_have_value("context")

    quote(again, "long-term defense").get_by_role("combobox").select_option("supports")
    write(again, reason="Thought to the end.")
    record(again)
    expect(again.get_by_role("status")).to_have_text("The stance is recorded.")
    assert stances("cyprus", 4)[-1].limits == "No ships, no planes"
    assert not Draft.objects.filter(position__party__slug="cyprus", position__priority__number=4).exists()


def test_what_is_sent_after_the_session_is_lost_is_there_after_signing_in(visitor: Callable[..., Visitor]) -> None:
    page = visitor("anna").page
    page.goto(f"{cell('nato', 4)}edit")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, rationale="Typed in vain?", reason="Read.")
    record(page)
    expect(page.get_by_label("Password")).to_be_visible()
    assert kept_here(page) == 1
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(re.compile(f"{cell('nato', 4)}edit$"))
    page.get_by_role("link", name="Take it up").click()
    expect(page.get_by_label("Rationale")).to_have_value("Typed in vain?")
    assert kept_here(page) == 0, "the server has it"

    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    write(page, limits="Private")
    expect(page.locator("[data-kept]")).to_contain_text("Kept in this browser only")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/accounts/sign-in/")
    page.get_by_label("Username").fill("rita")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Rita Reader")).to_be_visible()
    assert kept_here(page) == 0, "the next one at this browser finds nothing"


def test_what_one_window_sends_another_neither_forgets_nor_offers(visitor: Callable[..., Visitor]) -> None:
    """The answer to the first window is long in coming; meanwhile the second one shows the same form."""
    page, held = visitor("anna").page, []
    page.goto(f"{cell('cyprus', 3)}edit")
    page.route("**/draft", lambda route: route.fulfill(status=204))  # only this browser has the words
    page.route("**/edit", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    write(page, rationale="On its way", held_from="2026-01-06", reason="Read.")
    with page.expect_request(lambda request: request.method == "POST" and request.url.endswith("/edit")):
        record(page)
    other = page.context.new_page()
    other.goto(f"{cell('cyprus', 3)}edit")
    expect(other.get_by_label("Rationale")).to_be_visible()
    assert kept_here(other) == 1, "nobody knows yet what became of it"
    held[0].continue_()
    expect(page.get_by_role("status")).to_have_text("The stance is recorded.")
    other.reload()
    expect(other.get_by_label("Rationale")).to_have_value("On its way")
    expect(other.get_by_role("link", name="Take it up")).to_have_count(0)
    assert kept_here(other) == 0
