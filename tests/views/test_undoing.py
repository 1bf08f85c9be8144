"""Undoing on its page: what it puts back, what stands in its way, and the reason."""

import re

import pytest

from negotiations.domain import records, snapshots
from negotiations.domain.undoing import get_undo, undo
from negotiations.models import Change, Negotiation, Party
from negotiations.models.sources import SnapshotKind
from tests.stories import record
from tests.views.looking import links, look, questions, words

committed = pytest.mark.django_db(transaction=True)


def hidden(page):
    """What the form sends beside the reason."""
    found = re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', page.content.decode())
    return dict(found)


def test_an_analyst_undoes_a_stance_and_the_log_says_so(world, analyst, analyst_client, reader_client):
    record(world, world.france, world.force, by=analyst, evidence=[world.send], limits="In the west")
    revision = record(
        world, world.france, world.force, by=analyst, evidence=[world.neighbours], cause="corrected", replaces=1,
        code="opposes", limits="In the far west",
    )  # fmt: skip
    page = look(analyst_client, f"/n/paris/changes/{revision}/")
    address = f"/n/paris/changes/{revision}/undo"
    assert address in links(page) and address not in links(look(reader_client, f"/n/paris/changes/{revision}/"))
    page = look(analyst_client, address)
    said = words(page)
    assert "Stance | was Opposes → , is now Supports" in said
    assert "Limits | In the taken out: far ; west" in said
    assert "Evidence added: “we will send them”" in said and "Evidence taken away: “in neighbouring" in said
    assert "It reads again as stance 1 said." in said
    told = hidden(page)
    missing = analyst_client.post(address, told)
    assert missing.status_code == 422 and "Say why you undo it" in words(missing)
    sent = analyst_client.post(address, told | {"reason": "It was somebody else."})
    assert sent.status_code == 302 and sent["Location"] == f"/n/paris/changes/{revision + 1}/"
    assert analyst_client.post(address, told | {"reason": "It was somebody else."})["Location"] == sent["Location"]
    assert world.cell(world.france, world.force).code == "supports"
    log = words(look(reader_client, "/n/paris/changes/"))
    assert f"Anna Analyst undid revision {revision}: recorded France × 2" in log
    assert f"Undone by revision {revision + 1}." in log and f"It undid revision {revision}." in log
    assert "It was somebody else." in log
    again = look(analyst_client, address)
    assert "It is undone already" in words(again) and "<form" not in again.content.decode().split("<main")[1]
    assert f"Undone by revision {revision + 1}." in words(look(reader_client, "/n/paris/positions/france/2/history/"))


def test_what_was_built_on_it_is_listed_with_links_and_nothing_is_sent(world, analyst, analyst_client):
    first = record(world, world.france, world.force, by=analyst, evidence=[world.send])
    seen = hidden(look(analyst_client, f"/n/paris/changes/{first}/undo"))
    second = record(world, world.france, world.force, by=analyst, evidence=[world.send], code="opposes")
    stale = analyst_client.post(f"/n/paris/changes/{first}/undo", seen | {"reason": "A slip."})
    assert stale.status_code == 409 and "Something was done meanwhile" in words(stale)
    page = look(analyst_client, f"/n/paris/changes/{first}/undo")
    assert "A stance of France × 2 was recorded since." in words(page)
    assert {f"/n/paris/changes/{second}/", f"/n/paris/changes/{second}/undo"} <= links(page)
    assert not hidden(page)
    head = Negotiation.objects.get(slug="paris").revision
    assert analyst_client.post(f"/n/paris/changes/{first}/undo", {}).status_code == 422
    assert head == second == Negotiation.objects.get(slug="paris").revision


@committed
def test_what_curators_did_is_for_curators_to_undo(world, curator, curator_client, analyst_client, reader_client):
    party = Party.objects.get(pk=world.germany.pk)
    party.description = "In the middle."
    records.save(party, by=curator, why="It was empty.")
    revision = Negotiation.objects.get(slug="paris").revision
    address = f"/n/paris/changes/{revision}/undo"
    assert reader_client.get(address).status_code == 403
    page = look(analyst_client, address)
    assert "Only curators of this negotiation may undo this." in words(page) and not hidden(page)
    told = hidden(look(curator_client, address)) | {"reason": "It was right."}
    assert analyst_client.post(address, told).status_code == 403
    assert curator_client.post(address, told).status_code == 302
    assert Party.objects.get(pk=party.pk).description == ""
    assert Change.objects.get(negotiation=world.negotiation, undoes=revision).by == curator
    assert "Description | was In the middle. → , is now nothing" in words(
        look(reader_client, f"/n/paris/changes/{revision + 1}/")
    )


def test_the_page_asks_as_much_for_many_cells_as_for_few(world, analyst, analyst_client):
    from tests.views.test_changes import record as record_many

    few = record_many(world, analyst, world.cell(world.france, world.force))
    asked = questions(analyst_client, f"/n/paris/changes/{few}/undo")
    cells = [world.cell(party, world.monitoring) for party in (world.france, world.germany, world.russia)]
    many = record_many(world, analyst, *cells)
    assert questions(analyst_client, f"/n/paris/changes/{many}/undo") == asked <= 40


@committed
def test_what_was_taken_out_says_so_at_its_address_and_stands_in_no_list(world, analyst_client, reader_client, curator):
    party = Party(negotiation=world.negotiation, slug="latvia", name="Latvia")
    records.save(party, by=curator)
    adding = Negotiation.objects.get(slug="paris").revision
    page = get_undo("paris", adding, by=curator)
    out = undo(page.workspace, adding, why="Riga is not here.", seen=page.seen, by=curator).revision
    for address in ("parties/latvia/", "positions/latvia/2/", "positions/latvia/2/history/", "history/party/latvia/"):
        said = look(analyst_client, f"/n/paris/{address}")
        told = said.content.decode()
        assert "This was taken out." in told and "Clara Curator undid that it was added" in told, address
        assert "Riga is not here." in told and f"/n/paris/changes/{out}/" in told, address
        assert "/n/paris/positions/latvia/2/edit" not in links(said)
    before = look(reader_client, f"/n/paris/parties/latvia/?known_at={out - 1}").content.decode()
    assert "This was taken out." not in before
    for address in ("", "parties/", "priorities/2/", "search/?q=latvia"):
        assert "Latvia" not in words(look(reader_client, f"/n/paris/{address}")), address
    assert analyst_client.get("/n/paris/positions/latvia/2/edit").status_code == 403
    assert analyst_client.get("/n/paris/parties/latvia/work").status_code == 404
    snapshots.add_text(world.source, "Other words.", kind=SnapshotKind.FULL, by=curator)
    adding = Negotiation.objects.get(slug="paris").revision
    page = get_undo("paris", adding, by=curator)
    undo(page.workspace, adding, why="Not its text.", seen=page.seen, by=curator)
    address = f"/n/paris/sources/{world.source.slug}/"
    assert "This text was taken out." in look(reader_client, address, text="2").content.decode()
    assert "taken out" not in look(reader_client, address).content.decode(), "the source itself is there"
