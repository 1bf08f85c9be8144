"""Commitments: who undertook what, how binding it is, and how far it has come."""

from datetime import date

import pytest

from tests import factories as make
from tests.views.looking import links, look, questions, words

TENTS = "/n/paris/commitments/tents/"
LIST = "/n/paris/commitments/"


@pytest.fixture
def tents(world):
    commitment = make.CommitmentFactory(
        party=world.france,
        slug="tents",
        text="To send tents. As many as it can.",
        priority=world.force,
        force="binding",
        conditions="Once there is a ceasefire",
        due=date(2026, 1, 31),
        precision="by",
    )
    make.BeneficiaryFactory(commitment=commitment, party=world.germany)
    make.BeneficiaryFactory(commitment=commitment, party=world.russia)
    make.CommitmentEventFactory(commitment=commitment, status="drafted", quote=world.send, note="In a draft")
    return commitment


def test_a_reader_sees_force_and_stage_apart(tents, reader_client):
    page = look(reader_client, TENTS)
    said = words(page)
    assert "To send tents | As many as it can." in said
    assert "By | France | Towards | Germany, Russia | Priority | 2 Deploy a force" in said
    assert "Legal force | Legally binding | Stage | Drafted" in said
    assert "Conditions | Once there is a ceasefire | Due | by 31 January 2026" in said
    assert "/n/paris/positions/france/2/" in links(page)


def test_each_step_leads_to_the_words(world, tents, reader_client):
    make.CommitmentEventFactory(
        commitment=tents, status="signed", on=None, quote=None, source=world.source, locator="page 3"
    )
    page = look(reader_client, TENTS)
    said = words(page)
    assert "Stage | Signed" in said
    assert "Drafted 6 January 2026 | In a draft | “we will send them”" in said
    assert "Signed on an unknown day | page 3, in After the summit" in said
    assert "/n/paris/sources/summit-report/#q-france-send" in links(page)


def test_what_is_not_known_is_said(world, reader_client):
    make.CommitmentFactory(party=world.france, slug="bare", force="unstated")
    said = words(look(reader_client, "/n/paris/commitments/bare/"))
    assert "Towards | unknown | Priority | none | Legal force | Not stated | Stage | none recorded" in said
    assert "Conditions | none stated | Due | no day is told" in said


def test_the_list_can_be_narrowed_to_a_stage_and_a_force(world, tents, reader_client):
    make.CommitmentFactory(party=world.germany, text="To cook.", force="political")
    said = words(look(reader_client, LIST))
    assert said.index("To send tents") < said.index("To cook")
    assert "To send tents | France | Germany, Russia | 2 Deploy a force | Drafted | Legally binding" in said
    drafted = words(look(reader_client, LIST, stage="drafted"))
    assert "1 commitment matches." in drafted
    assert "To cook" not in drafted
    assert "To send tents" not in words(look(reader_client, LIST, force="political"))
    nothing = look(reader_client, LIST, stage="ratified", force="political")
    assert "No commitment matches" in words(nothing)
    assert LIST in links(nothing)
    assert "2 commitments:" in words(look(reader_client, LIST, stage="nonsense"))


def test_the_stage_is_what_was_recorded_last(world, tents, reader_client):
    make.CommitmentEventFactory(commitment=tents, status="agreed", on=date(2026, 1, 7), quote=world.send)
    make.CommitmentEventFactory(commitment=tents, status="withdrawn", on=date(2026, 1, 5), quote=world.send)
    assert "Withdrawn | Legally binding" in words(look(reader_client, LIST))


def test_pages_of_fifty_keep_the_filter(world, reader_client):
    make.CommitmentFactory.create_batch(55, party=world.france, force="political")
    page = look(reader_client, LIST, force="political")
    assert "Page 1 of 2, 55 in all" in words(page)
    assert "?force=political&page=2" in links(page)


def test_none_yet(negotiation, reader_client):
    assert "No commitments yet" in words(look(reader_client, LIST))


def test_what_does_not_exist_is_not_found(tents, reader_client, outsider_client):
    assert reader_client.get("/n/paris/commitments/none/").status_code == 404
    assert outsider_client.get(TENTS).status_code == 404
    assert reader_client.post(LIST).status_code == 405


def test_pages_ask_as_much_for_thirty_as_for_three(world, tents, reader_client):
    few = questions(reader_client, TENTS), questions(reader_client, LIST)
    for _ in range(27):
        make.CommitmentEventFactory(commitment=tents, quote=world.send)
        other = make.CommitmentFactory(party=world.france)
        make.BeneficiaryFactory(commitment=other, party=world.germany)
        make.CommitmentEventFactory(commitment=other, quote=world.send)
    assert (questions(reader_client, TENTS), questions(reader_client, LIST)) == few
    assert max(few) <= 6
