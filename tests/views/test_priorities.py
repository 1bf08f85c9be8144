"""Priorities: a reader opens one and sees who stands where on it."""

from negotiations.models.stances import Code
from tests import factories as make
from tests.views.looking import links, look, questions, words

FORCE = "/n/paris/priorities/2/"


def test_a_reader_sees_the_whole_column_and_the_unknown_as_unknown(world, reader_client):
    make.StanceFactory(position=world.cell(world.france, world.force), code=Code.CHAMPIONS)
    make.StanceFactory(position=world.cell(world.russia, world.force), code=Code.REJECTS, red_line=True)
    page = look(reader_client, FORCE)
    said = words(page)
    assert "Known for 2 of 3 parties: champions 1, rejects 1." in said
    assert "Champions 1 | Rejects 1 | Not enough evidence 1" in said
    assert "Neutral" not in said
    assert "Russia | Rejects, red line" in said
    assert "/n/paris/positions/russia/2/" in links(page)
    assert "/n/paris/parties/germany/" in links(page)
    assert "/n/paris/priorities/1/" in links(page)


def test_commitments_on_it_are_listed(world, reader_client):
    commitment = make.CommitmentFactory(party=world.france, priority=world.force, text="To send ships.")
    page = look(reader_client, FORCE)
    assert "Commitments 1" in words(page)
    assert f"/n/paris/commitments/{commitment.slug}/" in links(page)
    assert "Nobody is recorded as having undertaken" in words(look(reader_client, "/n/paris/priorities/1/"))


def test_linked_matters_stand_apart(world, reader_client):
    make.PriorityFactory(negotiation=world.negotiation, kind="linked", name="Territory")
    said = words(look(reader_client, "/n/paris/priorities/"))
    agenda, linked = said.split("Linked matters")
    assert "Deploy a force" in agenda
    assert "Territory" in linked
    assert "Territory" not in agenda
    assert "Not enough evidence 3" in agenda
    assert "Linked matter 3 · History | Territory" in words(look(reader_client, "/n/paris/priorities/3/"))


def test_an_empty_negotiation_says_what_to_do(negotiation, reader_client, curator_client):
    assert "A curator of this negotiation adds them." in words(look(reader_client, "/n/paris/priorities/"))
    assert "Add priorities" in words(look(curator_client, "/n/paris/priorities/"))
    make.PriorityFactory(negotiation=negotiation)
    assert "There are no parties yet" in words(look(reader_client, "/n/paris/priorities/1/"))


def test_what_does_not_exist_is_not_found(world, reader_client, outsider_client):
    assert reader_client.get("/n/paris/priorities/9/").status_code == 404
    assert reader_client.get(f"/n/paris/priorities/{10**30}/").status_code == 404
    assert outsider_client.get(FORCE).status_code == 404
    assert reader_client.post(FORCE).status_code == 405


def test_pages_ask_as_much_for_thirty_as_for_three(world, reader_client):
    few = questions(reader_client, FORCE), questions(reader_client, "/n/paris/priorities/")
    for _ in range(27):
        party = make.PartyFactory(negotiation=world.negotiation)
        make.StanceFactory(position=world.cell(party, world.force))
        make.CommitmentFactory(party=party, priority=world.force)
    assert (questions(reader_client, FORCE), questions(reader_client, "/n/paris/priorities/")) == few
    assert max(few) <= 6
