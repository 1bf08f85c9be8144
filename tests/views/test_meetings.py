"""Meetings: who came, what was made there, which positions are dated to it."""

from datetime import date

import pytest

from tests import factories as make
from tests.views.looking import links, look, questions, words

SUMMIT = "/n/paris/meetings/summit/"


@pytest.fixture
def summit(world):
    return make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")


def test_a_reader_sees_who_came_and_who_is_only_said_to_have_been_expected(world, summit, reader_client):
    make.AttendanceFactory(meeting=summit, party=world.france, person=world.president, note="host")
    make.AttendanceFactory(meeting=summit, party=world.germany, status="expected", level="unknown")
    make.AttendanceFactory(meeting=summit, party=world.russia, status="absent", level="unknown")
    page = look(reader_client, SUMMIT)
    said = words(page)
    assert "6 January 2026, Paris. 1 party is told of as there." in said
    assert "France, The President | Attended, leader. Host" in said
    assert "Germany | Expected; no word whether they came" in said
    assert "Russia | Absent" in said
    assert {"/n/paris/parties/france/", "/n/paris/people/president/"} <= links(page)


def test_what_changed_on_its_day_is_told_and_what_was_so_before_is_not(world, summit, reader_client):
    for party, day, precision in [
        (world.france, date(2026, 1, 6), "day"),
        (world.germany, date(2026, 1, 6), "by"),
        (world.russia, date(2026, 1, 5), "day"),
    ]:
        make.StanceFactory(position=world.cell(party, world.force), held_from=day, precision=precision)
    page = look(reader_client, SUMMIT)
    said = words(page)
    assert "What changed 2" in said
    assert "does not say that the meeting brought it about." in said
    assert "by 6 January 2026" in said
    assert "/n/paris/positions/germany/2/" in links(page)
    assert "/n/paris/positions/russia/2/" not in links(page)


def test_what_changed_at_a_meeting_of_some_month_is_what_changed_in_that_month(world, reader_client):
    make.MeetingFactory(negotiation=world.negotiation, slug="spring", starts_on=date(2025, 3, 31), precision="month")
    cells = world.cell(world.france, world.force), world.cell(world.germany, world.force)
    make.StanceFactory(position=cells[0], held_from=date(2025, 2, 28), precision="day")
    make.StanceFactory(position=cells[1], held_from=date(2025, 3, 31), precision="month")
    page = look(reader_client, "/n/paris/meetings/spring/")
    assert "The board of 28 February 2025 against that of 31 March 2025" in words(page)
    assert "What changed 1" in words(page)
    assert "/n/paris/positions/germany/2/" in links(page)


def test_instruments_commitments_and_words_of_its_days(world, summit, reader_client):
    make.InstrumentFactory(negotiation=world.negotiation, slug="declaration", meeting=summit)
    make.CommitmentFactory(party=world.france, meeting=summit, text="To send ships.")
    make.QuoteFactory(
        snapshot=world.snapshot, exact="spoke of a contribution", party=world.germany, said_on=date(2026, 1, 6)
    )
    page = look(reader_client, SUMMIT)
    said = words(page)
    assert "Commitments made there 1" in said
    assert "Said in its days 1 | “spoke of a contribution”" in said
    assert "/n/paris/instruments/declaration/" in links(page)


def test_one_goes_from_meeting_to_meeting_in_order_of_time(world, summit, reader_client):
    make.MeetingFactory(negotiation=world.negotiation, slug="before", starts_on=date(2025, 12, 31))
    make.MeetingFactory(negotiation=world.negotiation, slug="after", starts_on=date(2026, 1, 7))
    make.MeetingFactory(negotiation=world.negotiation, slug="some-day", starts_on=None, place="")
    assert {"/n/paris/meetings/before/", "/n/paris/meetings/after/"} <= links(look(reader_client, SUMMIT))
    listed = words(look(reader_client, "/n/paris/meetings/"))
    assert listed.index("Before") < listed.index("Paris summit") < listed.index("After")
    assert "Some day | unknown | Summit | unknown | 0" in listed
    said = words(look(reader_client, "/n/paris/meetings/some-day/"))
    assert "On an unknown day, at an unknown place. Nobody is told of as there." in said


def test_no_meeting_yet(negotiation, reader_client):
    assert "No meetings yet" in words(look(reader_client, "/n/paris/meetings/"))


def test_what_does_not_exist_is_not_found(summit, reader_client, outsider_client):
    assert reader_client.get("/n/paris/meetings/none/").status_code == 404
    assert outsider_client.get(SUMMIT).status_code == 404
    assert reader_client.post(SUMMIT).status_code == 405


def test_pages_ask_as_much_for_thirty_as_for_three(world, summit, reader_client):
    make.StanceFactory(position=world.cell(world.france, world.force))
    few = questions(reader_client, SUMMIT), questions(reader_client, "/n/paris/meetings/")
    for _ in range(27):
        party = make.PartyFactory(negotiation=world.negotiation)
        make.StanceFactory(position=world.cell(party, world.force))
        make.AttendanceFactory(meeting=summit, party=party)
        make.CommitmentFactory(party=party, meeting=summit)
        make.InstrumentFactory(negotiation=world.negotiation, meeting=summit)
        make.MeetingFactory(negotiation=world.negotiation)
    assert (questions(reader_client, SUMMIT), questions(reader_client, "/n/paris/meetings/")) == few
    assert few[0] <= 15
    assert few[1] <= 4
