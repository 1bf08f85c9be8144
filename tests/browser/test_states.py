"""What pages turn into while one works with them is as usable as the pages: panels, errors, conflicts, refusals."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from negotiations.views import boards

from .judging import LOOKS, faults, judge
from .paris import BOARD, cell
from .visitors import Visitor
from .writing import choose, cite, record, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = [seen for seen in LOOKS if seen[1] > 1000]  # a panel beside the board is there on wide screens only


def test_a_cell_beside_the_board(reader: Page) -> None:
    reader.goto(BOARD)
    reader.locator("#cell-germany-3").click()
    expect(reader.locator("#panel-t")).to_be_focused()
    assert judge(reader, WIDE) == []


def test_a_form_beside_the_board_with_faults_in_it(analyst: Page) -> None:
    analyst.goto(BOARD)
    analyst.locator("#cell-cyprus-2").click()
    analyst.get_by_role("link", name="Edit").click()
    choose(analyst, "Champions")
    write(analyst, rationale="")
    record(analyst)
    expect(analyst.get_by_role("alert")).to_be_visible()
    assert judge(analyst, WIDE) == []


def test_a_form_with_faults_in_it_on_a_page_of_its_own(visitor: Callable[..., Visitor]) -> None:
    page = visitor("anna").page
    page.goto(f"{cell('germany', 3)}edit")
    write(page, rationale="")
    page.get_by_text("Records without a text").click()
    page.get_by_label("Where in it").first.fill("line 4")
    record(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("beside_the_board", [True, False])
def test_a_conflict(visitor: Callable[..., Visitor], beside_the_board: bool) -> None:
    party = "cyprus" if beside_the_board else "nato"
    page, other = visitor("anna").page, visitor("anton").page
    for window in (page, other):
        if beside_the_board and window is page:
            window.goto(BOARD)
            window.locator(f"#cell-{party}-5").click()
            window.get_by_role("link", name="Edit").click()
        else:
            window.goto(f"{cell(party, 5)}edit")
        choose(window, "Supports")
        write(window, rationale="Read again.", held_from="2026-01-06", reason="A test.")
        cite(window, "long-term defense cooperation with Ukraine")
    record(other)
    expect(other.get_by_text("The stance is recorded.")).to_be_visible()
    record(page)
    expect(page.locator("table.conflict")).to_be_visible()
    assert (judge(page, WIDE) if beside_the_board else faults(page)) == []


def test_the_list_of_keys_and_the_menu_of_the_account(analyst: Page) -> None:
    analyst.goto(BOARD)
    analyst.locator("summary", has_text="Anna Analyst").click()
    assert judge(analyst) == []
    analyst.keyboard.press("Escape")
    analyst.keyboard.press("?")
    expect(analyst.get_by_role("dialog", name="Keys")).to_be_visible()
    assert judge(analyst) == []


def test_the_sign_in_that_fails(reader: Page) -> None:
    reader.goto("/accounts/sign-in/")
    reader.get_by_label("Username").fill("anna")
    reader.get_by_label("Password").fill("wrong")
    reader.get_by_role("button", name="Sign in").click()
    expect(reader.get_by_role("alert")).to_be_visible()
    assert faults(reader) == []


def test_the_sign_in_after_too_many_attempts(reader: Page) -> None:
    for _ in range(5):
        reader.goto("/accounts/sign-in/")
        reader.get_by_label("Username").fill("somebody")
        reader.get_by_label("Password").fill("guessed")
        reader.get_by_role("button", name="Sign in").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Too many")
    assert faults(reader) == []


def test_the_password_that_may_not_be(analyst: Page) -> None:
    analyst.goto("/accounts/password/")
    for field in analyst.locator("main input[type=password]").all():
        field.fill("short")
    analyst.locator("main button.primary").click()
    expect(analyst.get_by_role("alert")).to_be_visible()
    assert faults(analyst) == []


def test_what_is_not_there_or_not_asked_well(reader: Page) -> None:
    for address, status in ((f"{BOARD}parties/atlantis/", 404), (f"{BOARD}?as_of=yesterday", 400)):
        answer = reader.goto(address)
        assert answer is not None
        assert answer.status == status
        assert faults(reader) == []


def test_what_a_reader_may_not_do(visitor: Callable[..., Visitor]) -> None:
    page = visitor("rita").page
    answer = page.goto(f"{cell('germany', 3)}edit")
    assert answer is not None
    assert answer.status == 403
    assert faults(page) == []


def test_what_goes_wrong_on_the_server(
    visitor: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page says so; beside an open board a notice does, and what was shown stays."""
    someone = visitor()
    reader = someone.page
    reader.goto(BOARD)
    with monkeypatch.context() as broken:
        broken.setattr(boards, "get_board", None)
        reader.locator("label.chip.champions").click()
        expect(reader.get_by_role("alert")).to_contain_text("What you see is the last copy.")
        expect(reader.locator("#board")).to_have_class(re.compile("stale"))
        assert judge(reader, WIDE) == []

        answer = reader.goto(f"{BOARD}?code=rejects")  # another than the one that the browser has kept
        assert answer is not None
        assert answer.status == 500
        assert faults(reader) == []
    assert "TypeError" in caplog.text  # and the log tells why
    assert ["Error Code 500" in complaint for complaint in someone.complaints] == [True]
    someone.complaints.clear()


def test_a_server_that_cannot_be_reached(visitor: Callable[..., Visitor]) -> None:
    someone = visitor()
    reader = someone.page
    reader.goto(BOARD)
    reader.context.set_offline(True)
    reader.locator("#cell-germany-3").click()
    expect(reader.get_by_role("alert")).to_contain_text("It could not be reached.")
    expect(reader.locator("#board")).to_have_class(re.compile("stale"))

    reader.context.set_offline(False)
    reader.locator("#cell-germany-3").click()
    expect(reader.locator("#panel-t")).to_be_focused()
    expect(reader.get_by_role("alert")).to_have_count(0)
    told = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError")  # by Chromium and by htmx, and by nobody else
    assert [complaint for complaint in someone.complaints if not any(sign in complaint for sign in told)] == []
    someone.complaints.clear()
