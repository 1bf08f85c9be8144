"""Parties: a reader opens Germany and sees where it stands, and whose words say so."""

from datetime import date

import pytest

from negotiations.models.stances import Code
from tests import factories as make
from tests.views.looking import links, look, questions, words

GERMANY = "/n/paris/parties/germany/"


@pytest.fixture
def told(world):
    """Germany is for the force within limits, and against monitoring once; the rest is unknown."""
    make.StanceFactory(
        position=world.cell(world.germany, world.force),
        evidence=[world.neighbours],
        rationale="Would take part. More is not told.",
        conditions="After a peace agreement",
        limits="No soldiers in Ukraine",
        precision="by",
    )
    make.StanceFactory(
        position=world.cell(world.germany, world.monitoring),
        code=Code.OPPOSES,
        red_line=True,
        confidence="high",
        evidence=[world.neighbours],
    )
    return world


def test_a_reader_opens_germany_and_sees_the_finding_in_one_sentence(told, reader_client):
    make.PriorityFactory(negotiation=told.negotiation, name="Cooperation")
    said = words(look(reader_client, GERMANY))
    assert "Germany | Known on 2 of 3 priorities: supports 1, opposes 1. |" in said


def test_each_stance_says_how_firm_and_since_when_and_leads_to_its_cell(told, reader_client):
    page = look(reader_client, GERMANY)
    said = words(page)
    assert "Supports if but | Would take part. | If: After a peace agreement | But not: No soldiers" in said
    assert "Low confidence | 1 piece of evidence; support from 1 origin | by 6 January 2026" in said
    assert "Opposes, red line red line" in said
    assert {"/n/paris/positions/germany/1/", "/n/paris/positions/germany/2/"} <= links(page)


def test_what_is_unknown_is_said_to_be_unknown_and_a_linked_matter_is_not_counted(told, reader_client):
    territory = make.PriorityFactory(negotiation=told.negotiation, kind="linked", name="Territory")
    said = words(look(reader_client, GERMANY))
    assert "Known on 2 of 2 priorities" in said
    assert f"{territory.number} Territory linked matter | Not enough evidence | Nobody has looked" in said
    assert "Nothing is known yet on any of the 2 priorities." in words(look(reader_client, "/n/paris/parties/france/"))


def test_members_and_collectives_say_since_when(world, reader_client):
    europe = make.PartyFactory(negotiation=world.negotiation, slug="europe", name="Europe", kind="collective")
    make.CollectiveMemberFactory(collective=europe, member=world.france, since=date(2025, 3, 31), precision="month")
    make.CollectiveMemberFactory(collective=europe, member=world.germany)
    assert "Member of | Europe since when is unknown" in words(look(reader_client, GERMANY))
    page = look(reader_client, "/n/paris/parties/europe/")
    assert "France since March 2025" in words(page)
    assert "What the collective holds is not what each member holds." in words(page)
    assert GERMANY in links(page)


def test_who_depends_on_it_today_is_told_and_who_did_is_not(world, reader_client):
    cell = world.cell(world.france, world.force)
    make.StanceFactory(position=cell, depends_on=[world.germany], conditions="Berlin comes along")
    assert "France × 2: supports. If: Berlin comes along" in words(look(reader_client, GERMANY))
    make.StanceFactory(position=cell, held_from=date(2026, 1, 7))
    assert "No stance of today names it" in words(look(reader_client, GERMANY))


def test_meetings_people_instruments_and_commitments_stand_there_too(world, reader_client):
    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    chancellor = make.PersonFactory(party=world.germany, name="The Chancellor", titles=["Chancellor"])
    make.AttendanceFactory(
        meeting=summit, party=world.germany, person=chancellor, status="expected", note="from Berlin"
    )
    declaration = make.InstrumentFactory(negotiation=world.negotiation, name="Declaration")
    make.SignatureFactory(instrument=declaration, party=world.germany, state="signed", quote=world.neighbours)
    made = make.CommitmentFactory(
        negotiation=world.negotiation, party=world.germany, text="To send tents. Many of them."
    )
    make.BeneficiaryFactory(commitment=made, party=world.france)
    page = look(reader_client, GERMANY)
    said = words(page)
    assert "The Chancellor Chancellor" in said
    assert "6 January 2026: expected; no word whether they came, leader. from Berlin" in said
    assert "Declaration: signed | “in neighbouring countries”" in said
    assert "Commitments made 1" in said
    assert "To send tents | France | none" in said
    assert "Promised to it" not in said
    assert "Promised to it 1" in words(look(reader_client, "/n/paris/parties/france/"))
    assert f"/n/paris/commitments/{made.slug}/" in links(page)


def test_its_quotes_lead_to_where_they_were_said_and_the_rest_comes_on_request(world, reader_client):
    text = " ".join(f"Word {n} of Berlin." for n in range(12))
    snapshot = make.SnapshotFactory(source=world.source, text=text)
    for n in range(12):
        make.QuoteFactory(snapshot=snapshot, party=world.germany, exact=f"Word {n} of", said_on=date(2026, 1, n + 1))
    page = look(reader_client, GERMANY)
    assert "the newest 10" in words(page)
    assert words(page).index("Word 11 of") < words(page).index("Word 10 of")
    assert "Word 1 of" not in words(page)
    everything = look(reader_client, GERMANY, quotes="all")
    assert "Word 1 of" in words(everything)
    assert "/n/paris/sources/summit-report/#q-germany-neighbours" in links(everything)


def test_the_list_follows_the_board_and_counts_what_is_known(told, reader_client):
    said = words(look(reader_client, "/n/paris/parties/"))
    assert said.index("France") < said.index("Germany") < said.index("Russia")
    assert "Germany | State | 2 of 2" in said
    assert "Russia | State | 0 of 2" in said


def test_without_parties_the_list_says_what_to_do(negotiation, reader_client, curator_client):
    assert "A curator of this negotiation adds them." in words(look(reader_client, "/n/paris/parties/"))
    assert "Add parties" in words(look(curator_client, "/n/paris/parties/"))


def test_what_does_not_exist_and_what_is_not_open_answer_alike(world, reader_client, outsider_client):
    assert reader_client.get("/n/paris/parties/nobody/").status_code == 404
    assert outsider_client.get(GERMANY).status_code == 404
    assert reader_client.post(GERMANY).status_code == 405


def test_what_people_wrote_is_shown_and_never_run(world, reader_client):
    make.PartyFactory(
        negotiation=world.negotiation, slug="bad", name="<b>Bad</b>", aliases=["<i>x</i>"], description="<script>"
    )
    page = look(reader_client, "/n/paris/parties/bad/").content.decode()
    assert "&lt;b&gt;Bad&lt;/b&gt;" in page
    assert "<i>x" not in page
    assert "<script>" not in page


def test_pages_ask_as_much_for_thirty_as_for_three(told, reader_client):
    few = questions(reader_client, GERMANY), questions(reader_client, "/n/paris/parties/")
    for n in range(27):
        party = make.PartyFactory(negotiation=told.negotiation)
        make.StanceFactory(position=told.cell(party, told.force), depends_on=[told.germany])
        make.CollectiveMemberFactory(collective=party, member=told.germany)
        make.PersonFactory(party=told.germany)
        commitment = make.CommitmentFactory(party=told.germany)
        make.BeneficiaryFactory(commitment=commitment, party=party)
        make.AttendanceFactory(party=told.germany, meeting=make.MeetingFactory(negotiation=told.negotiation))
        instrument = make.InstrumentFactory(negotiation=told.negotiation)
        state = {"state": "signed", "quote": told.neighbours} if n % 2 else {}
        make.SignatureFactory(instrument=instrument, party=told.germany, **state)
    many = questions(reader_client, GERMANY), questions(reader_client, "/n/paris/parties/")
    assert few[1] == many[1] <= 6
    assert many[0] <= few[0] + 1  # the quotes of signatures, asked for where there are any
    assert many[0] <= 13
