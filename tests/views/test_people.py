"""People: who they speak for, where they sat, what they said."""

from datetime import date

from tests import factories as make
from tests.views.looking import links, look, questions, words

PRESIDENT = "/n/paris/people/president/"


def test_a_reader_sees_what_the_president_said_and_where(world, reader_client):
    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    make.AttendanceFactory(meeting=summit, party=world.france, person=world.president)
    page = look(reader_client, PRESIDENT)
    said = words(page)
    assert "The President | For France" in said
    assert "Paris summit | 6 January 2026: attended, leader" in said
    assert "“we will send them” | The President for France their own words" in said
    assert {
        "/n/paris/parties/france/",
        "/n/paris/meetings/summit/",
        "/n/paris/sources/summit-report/#q-france-send",
    } <= links(page)


def test_titles_and_other_spellings_are_told(world, reader_client):
    make.PersonFactory(
        party=world.germany, slug="merz", name="Friedrich Merz", titles=["Chancellor"], aliases=["Mertz"]
    )
    said = words(look(reader_client, "/n/paris/people/merz/"))
    assert "Chancellor, for Germany" in said
    assert "Also written Mertz" in said
    assert "No words of theirs are cited yet." in said
    assert "Nothing is recorded of where they took part." in said


def test_the_list_goes_by_party_then_by_name(world, reader_client):
    make.PersonFactory(party=world.russia, name="Anna of Moscow")
    make.PersonFactory(party=world.france, name="Zoe of Paris")
    said = words(look(reader_client, "/n/paris/people/"))
    assert said.index("The President") < said.index("Zoe of Paris") < said.index("Anna of Moscow")
    assert "The President | France | unknown | 1" in said


def test_fifty_stand_on_a_page_and_a_bad_number_finds_one(world, reader_client):
    make.PersonFactory.create_batch(60, party=world.france)
    assert "Page 1 of 2, 61 in all" in words(look(reader_client, "/n/paris/people/"))
    for number, found in [("2", "2"), ("99", "2"), ("no", "1"), ("0", "2"), ("9" * 5000, "1")]:
        assert f"Page {found} of 2" in words(look(reader_client, "/n/paris/people/", page=number)), number


def test_nobody_yet(negotiation, reader_client):
    assert "Nobody is named yet" in words(look(reader_client, "/n/paris/people/"))


def test_what_does_not_exist_is_not_found(world, reader_client, outsider_client):
    assert reader_client.get("/n/paris/people/nobody/").status_code == 404
    assert outsider_client.get(PRESIDENT).status_code == 404
    assert reader_client.post(PRESIDENT).status_code == 405


def test_pages_ask_as_much_for_thirty_as_for_three(world, reader_client):
    few = questions(reader_client, PRESIDENT), questions(reader_client, "/n/paris/people/")
    for _ in range(27):
        make.PersonFactory(party=world.france)
        meeting = make.MeetingFactory(negotiation=world.negotiation)
        make.AttendanceFactory(meeting=meeting, party=world.france, person=world.president)
        make.QuoteFactory(
            snapshot=world.snapshot, speaker=world.president, party=world.germany, said_on=date(2026, 1, 1)
        )
    assert (questions(reader_client, PRESIDENT), questions(reader_client, "/n/paris/people/")) == few
    assert max(few) <= 6
