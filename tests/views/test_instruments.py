"""Instruments: what replaced what, and who signed."""

from datetime import date

import pytest

from negotiations.domain import changes
from tests import factories as make
from tests.views.looking import links, look, questions, words

DRAFT = "/n/paris/instruments/draft/"


@pytest.fixture
def draft(world):
    plan = make.InstrumentFactory(negotiation=world.negotiation, slug="plan", kind="plan")
    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    return make.InstrumentFactory(
        negotiation=world.negotiation, slug="draft", replaces=plan, seen="reported", meeting=summit
    )


def test_a_reader_sees_the_chain_and_whether_anybody_has_seen_the_text(world, draft, reader_client):
    make.InstrumentFactory(
        negotiation=world.negotiation, slug="final", replaces=draft, dated=date(2026, 1, 6), seen="published"
    )
    page = look(reader_client, DRAFT)
    said = words(page)
    assert "Text | Told of by others; text not seen" in said
    assert "Dated | unknown" in said
    assert "Replaces | Plan | Replaced by | Final" in said
    assert {"/n/paris/instruments/plan/", "/n/paris/instruments/final/", "/n/paris/meetings/summit/"} <= links(page)
    assert "Replaced by | Draft, Final" in words(look(reader_client, "/n/paris/instruments/plan/"))
    assert "Replaces | Plan, then Draft" in words(look(reader_client, "/n/paris/instruments/final/"))


def test_signatures_lead_to_the_words_and_silence_is_no_refusal(world, draft, reader_client):
    make.SignatureFactory(instrument=draft, party=world.russia, state="not_signed", quote=world.unacceptable)
    make.SignatureFactory(
        instrument=draft, party=world.france, state="signed", source=world.source, locator="list, line 4"
    )
    page = look(reader_client, DRAFT)
    said = words(page)
    assert "Russia | Did not sign | “unacceptable 🚫 to us”" in said
    assert "France | Signed | list, line 4, in After the summit" in said
    assert "Unknown, for nothing is recorded of them: Germany." in said
    assert "/n/paris/sources/summit-report/#q-russia-no" in links(page)
    assert "Draft | Declaration | unknown | Told of by others; text not seen | Plan | 1 signed, 1 did not" in words(
        look(reader_client, "/n/paris/instruments/")
    )


def test_commitments_in_it_are_listed(world, draft, reader_client):
    make.CommitmentFactory(party=world.france, instrument=draft, text="To send ships.")
    assert "Commitments in it 1" in words(look(reader_client, DRAFT))


def test_a_chain_that_bites_its_tail_is_still_shown(world, draft, reader_client, curator):
    plan = draft.replaces
    changes.take(world.negotiation.pk, by=curator, verb="changed", what="plan")
    plan.replaces = draft
    plan.save()
    said = words(look(reader_client, DRAFT))
    assert "Replaces | Plan | Replaced by | Plan" in said


def test_no_instrument_yet(negotiation, reader_client):
    assert "No instruments yet" in words(look(reader_client, "/n/paris/instruments/"))


def test_what_does_not_exist_is_not_found(draft, reader_client, outsider_client):
    assert reader_client.get("/n/paris/instruments/none/").status_code == 404
    assert outsider_client.get(DRAFT).status_code == 404
    assert reader_client.post(DRAFT).status_code == 405


def test_pages_ask_as_much_for_thirty_as_for_three(world, draft, reader_client):
    few = questions(reader_client, DRAFT), questions(reader_client, "/n/paris/instruments/")
    for _ in range(27):
        party = make.PartyFactory(negotiation=world.negotiation)
        make.SignatureFactory(instrument=draft, party=party, state="signed", quote=world.send)
        make.CommitmentFactory(party=party, instrument=draft)
        make.InstrumentFactory(negotiation=world.negotiation, replaces=draft)
    many = questions(reader_client, DRAFT), questions(reader_client, "/n/paris/instruments/")
    assert many[0] <= few[0] + 1 <= 8  # the quotes of signatures, asked for where there are any
    assert many[1] == few[1] <= 4
