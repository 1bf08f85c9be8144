"""The board of another day: what stood then, and which days can't be asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.pages import read
from tests.stories import record
from tests.views.board_pages import BOARD, board, cell


def test_a_board_of_the_past_shows_what_stood_then_and_says_so(moving, analyst_client):
    page = board(analyst_client, "?as_of=2025-12-24")
    assert cell(page, "germany", 2).find("span", "stance").text == "Rejects"
    assert cell(page, "france", 2).find("span", "stance").text == "Not enough evidence"
    assert page.find("section", "past").text.startswith("You look at the past. As of 24 December 2025. Show today")
    assert "as of 24 December 2025" in page.find("p", "dek").text
    assert page.find("time", datetime="2025-12-24")
    assert "data-edit" not in page.find("div", id="board"), "the past is not edited"
    assert cell(page, "germany", 2).find("a")["href"].endswith("/germany/2/?as_of=2025-12-24")


def test_a_late_discovery_does_not_push_out_what_came_after(moving, reader_client):
    assert cell(board(reader_client), "germany", 2).find("span", "stance").text == "Supports"


def test_today_is_no_past(moving, reader_client):
    today = moving.workspace(make.UserFactory(is_superuser=True)).today()
    assert not board(reader_client, f"?as_of={today}").has("section", "past")


def test_before_the_first_stance_all_is_unknown(moving, reader_client):
    page = board(reader_client, "?as_of=2024-01-01")
    assert {td.find("span", "stance").text for td in page.all("td", "pri") if td.has("a", "cell")} == {
        "Not enough evidence"
    }
    assert page.find("h1").text == "No position is recorded"
    assert [td.find("span", "vh").text for td in page.find("tr", "all").all("td", "pri")] == [
        "4 not enough evidence"
    ] * 2


def test_a_stance_whose_start_is_unknown_is_told_before_it_and_not_counted(moving, reader_client):
    page = board(reader_client, "?as_of=2026-01-02")
    russia = cell(page, "russia", 1)
    assert russia.find("span", "stance").text == "Not enough evidence"
    assert russia.find("span", "gist").text == "opposes by 3 Jan 2026, start unknown"
    assert page.find("tr", "all").find("td", "pri").find("span", "vh").text == "4 not enough evidence"
    assert cell(board(reader_client, "?as_of=2026-01-03"), "russia", 1).find("span", "stance").text == "Opposes"


def test_as_of_a_later_day_than_today_is_refused_in_a_sentence(talks, reader_client):
    tomorrow = date.today() + timedelta(days=2)
    for day in (tomorrow, "9999-12-31"):
        response = reader_client.get(BOARD, {"as_of": day})
        assert response.status_code == 400
        assert "has not come yet; nobody knows what will stand then." in read(response).text


DAYS = ["yesterday", "2026-02-29", "2026-13-01", "31.4.", "0000-00-00", "0001-01-01", "10000-01-01", "20260106",
        "2026-01-06T00:00", "2026-01-06 ", "٢٠٢٦-٠١-٠٦", "-1", "1e400", "2026-W02-2"]  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_VAL01_VAL02_VAL04_a_day_that_is_none_is_refused_in_a_sentence(day, talks, reader_client):
    response = reader_client.get(BOARD, {"as_of": day})
    assert response.status_code == 400
    assert "The day in the address should read like 2026-01-06." in read(response).text


def test_a_day_can_be_typed_too_and_goes_before_the_one_chosen_on_the_strip(moving, reader_client):
    page = board(reader_client, "?as_of=2026-01-06&day=2025-12-24")
    assert cell(page, "germany", 2).find("span", "stance").text == "Rejects"
    assert not board(reader_client, "?as_of=&day=").has("section", "past"), "left empty, it is today"


def test_members_count_from_the_day_they_joined(world, analyst, reader_client):
    late = make.PartyFactory(negotiation=world.negotiation, slug="league", kind="collective", order=9)
    make.CollectiveMemberFactory(collective=late, member=world.france, since=date(2026, 1, 10))
    record(world, late, world.force, by=analyst, evidence=[world.send])
    assert "is-through" in cell(board(reader_client), "france", 2).classes
    assert "is-through" not in cell(board(reader_client, "?as_of=2026-01-09"), "france", 2).classes


def test_the_strip_offers_each_meeting_so_far(talks, reader_client):
    make.MeetingFactory(negotiation=talks.negotiation, name="Paris summit", starts_on=date(2026, 1, 6))
    page = board(reader_client, "?as_of=2026-01-06")
    summit = page.find("form", "scrub").find("input", value="2026-01-06")
    assert "checked" in summit
    assert summit.parent is not None and summit.parent.text == "Paris summit"


def test_the_present_is_without_what_a_form_sent_empty(moving, reader_client):
    page = board(reader_client, "?as_of=2025-12-24&compare=&group=&code=rejects&code=")
    assert page.find("section", "past").find("a")["href"] == f"{BOARD}?code=rejects"
