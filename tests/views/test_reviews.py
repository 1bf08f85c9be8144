"""The pages of review: an analyst proposes in the cell, somebody else decides, page by page."""

from __future__ import annotations

import pytest

from negotiations.models import Negotiation, Proposal, Stance
from tests.pages import filled_in, read
from tests.stories import record
from tests.views.looking import links, look, questions, words

pytestmark = pytest.mark.django_db
CELL = "/n/paris/positions/germany/2/"
QUEUE = "/n/paris/reviews/"


@pytest.fixture
def reviewed(judged):
    """Anton has judged Germany on the force; from now on a second person accepts."""
    Negotiation.objects.filter(pk=judged.negotiation.pk).update(review=True)
    return judged


def propose(client, **typed):
    """Open the edit form, change something, send it."""
    page = read(look(client, CELL + "edit"))
    form = page.find("form", method="post", action=CELL + "edit")
    data = filled_in(form, act="save", **{"why": "Berlin said more.", "cause": "moved", **typed})
    response = client.post(CELL + "edit", data)
    assert response.status_code == 302
    return Proposal.objects.latest("pk")


def address(proposal):
    return f"{QUEUE}{proposal.revision}/germany/2/"


def send(client, proposal, act, **typed):
    form = read(look(client, address(proposal))).find("form", method="post", action="")
    return client.post(address(proposal), filled_in(form, act=act, **typed))


def test_what_an_analyst_records_is_shown_as_proposed_and_never_as_the_stance(reviewed, analyst_client):
    assert "Propose as stance 2" in words(look(analyst_client, CELL + "edit"))
    proposal = propose(analyst_client, code="opposes", rationale="Berlin said no.")
    shown = words(look(analyst_client, CELL))
    assert "Waits for a second person | Opposes proposed, not counted" in shown
    assert "Anna Analyst (you)" in shown
    assert "Supports" in shown
    assert address(proposal) in links(look(analyst_client, CELL))
    board = read(look(analyst_client, "/n/paris/"))
    [flag] = board.all("span", "flag proposed")[:1]
    assert flag.text
    assert "another stance, not counted" in board.find("td", "is-proposed").text
    assert Stance.objects.count() == 1


def test_readers_see_what_stands_and_no_proposal(reviewed, analyst_client, reader_client):
    propose(analyst_client, code="opposes", why="Heard behind the door.")
    for page in (CELL, "/n/paris/", "/n/paris/changes/", "/n/paris/changes.atom", "/n/paris/search/?q=door"):
        assert "behind the door" not in reader_client.get(page).content.decode()
    assert "Proposed" not in words(look(reader_client, CELL))
    assert "is-proposed" not in look(reader_client, "/n/paris/").content.decode()
    assert "Anna Analyst proposed Germany × 2" in words(look(reader_client, "/n/paris/changes/"))  # the act is told


def test_a_reviewer_sees_both_sides_with_the_words_that_differ_and_accepts(
    reviewed, analyst_client, curator_client, reader_client
):
    proposal = propose(analyst_client, rationale="Berlin offers to pay from next door.", limits="No soldiers")
    queue = look(curator_client, QUEUE)
    assert "Germany × 2 Deploy a force" in words(queue)
    page = read(look(curator_client, address(proposal)))
    assert [each.text for each in page.find("table", "review").all("ins")] == [
        "proposed: pay;",
        "proposed: No soldiers;",
    ]
    assert [each.text for each in page.find("table", "review").all("del")] == ["only before: help;"]
    response = send(curator_client, proposal, "accept")
    assert (response.status_code, response["Location"]) == (302, QUEUE)
    assert "Accepted and recorded: Germany × 2." in look(curator_client, QUEUE).content.decode()
    shown = words(look(reader_client, CELL))
    assert "proposed by Anna Analyst, accepted by Clara Curator" in shown
    assert "No soldiers" in shown
    assert "Clara Curator accepted what Anna Analyst proposed" in words(look(reader_client, "/n/paris/changes/"))
    assert b"Proposed by Anna Analyst, accepted by Clara Curator." in reader_client.get("/n/paris/changes.atom").content


def test_what_is_sent_back_is_edited_and_proposed_again(reviewed, analyst_client, curator_client):
    proposal = propose(analyst_client, rationale="Berlin said no.", code="opposes", limits="Mine")
    response = send(curator_client, proposal, "send_back")
    assert response.status_code == 422
    assert "Say what its author should look at again." in words(response)
    assert send(curator_client, proposal, "send_back", comment="Which day was that?").status_code == 302
    assert "Which day was that?" in words(look(analyst_client, CELL))
    assert address(proposal) in links(look(analyst_client, "/n/paris/work/")), "her work has it"
    assert address(proposal) not in links(look(curator_client, "/n/paris/work/"))
    mine = look(analyst_client, QUEUE + "?show=mine")
    again = f"{CELL}edit?proposal={proposal.revision}"
    assert again in links(mine)
    form = read(look(analyst_client, again)).find("form", method="post", action=CELL + "edit")
    data = filled_in(form, act="save")
    assert (data["rationale"], data["code"], data["limits"], data["why"]) == (
        ["Berlin said no."],
        ["opposes"],
        ["Mine"],
        ["Berlin said more."],
    )
    assert analyst_client.post(CELL + "edit", data | {"held_from": "2026-01-07"}).status_code == 302
    second = Proposal.objects.latest("pk")
    assert second.content["held_from"] == "2026-01-07"
    assert "Superseded." in words(look(analyst_client, address(proposal)))
    assert "Which day was that?" in words(look(curator_client, address(second))), "who decides sees what was asked"
    send(curator_client, second, "reject", comment="That is hearsay.")
    mine = look(analyst_client, "/n/paris/work/")
    assert address(second) in links(mine) and "That is hearsay." in words(mine), "she learns of it"
    assert "That is hearsay." not in words(look(curator_client, "/n/paris/work/"))


def test_the_author_has_no_button_to_decide_and_may_take_it_back(reviewed, analyst_client):
    proposal = propose(analyst_client, code="opposes")
    page = read(look(analyst_client, address(proposal)))
    assert [button["value"] for button in page.all("button", name="act")] == ["withdraw"]
    for act in ("accept", "reject", "send_back"):
        assert send(analyst_client, proposal, act, comment="Mine.").status_code == 403
    assert send(analyst_client, proposal, "withdraw").status_code == 302
    assert Stance.objects.count() == 1


def test_a_cell_that_moved_on_is_told_and_nothing_is_written(reviewed, analyst_client, curator_client, curator):
    proposal = propose(analyst_client, code="opposes")
    form = read(look(curator_client, address(proposal))).find("form", method="post", action="")
    Negotiation.objects.update(review=False)
    record(reviewed, reviewed.germany, reviewed.force, by=curator, code="neutral", evidence=[reviewed.neighbours])
    response = curator_client.post(address(proposal), filled_in(form, act="accept"))
    assert response.status_code == 409
    shown = read(response)
    assert "The cell has moved on since this was proposed." in shown.text
    assert [button["value"] for button in shown.all("button", name="act")] == ["send_back", "reject"]
    assert "Neutral" in shown.find("table", "review").text
    assert Stance.objects.count() == 2
    opened = read(look(curator_client, address(proposal)))
    assert opened.find("textarea", name="comment").text.startswith("Stance 2 was recorded since.")


def test_somebody_who_comes_second_is_told_what_was_decided(reviewed, analyst_client, curator_client, signed_in_as):
    proposal = propose(analyst_client, code="opposes")
    form = read(look(curator_client, address(proposal))).find("form", method="post", action="")
    send(signed_in_as("administrator"), proposal, "reject", comment="Hearsay.")
    response = curator_client.post(address(proposal), filled_in(form, act="accept"))
    assert response.status_code == 409
    assert "This proposal is rejected already." in words(response)
    assert "Hearsay." in words(response)


def test_an_act_that_is_none_is_refused(reviewed, analyst_client, curator_client):
    proposal = propose(analyst_client, code="opposes")
    assert send(curator_client, proposal, "promote").status_code == 422


def test_hostile_words_are_shown_as_they_came(reviewed, analyst_client, curator_client):
    evil = "<script>alert(1)</script> {{ 7*7 }} & “so”"
    proposal = propose(analyst_client, rationale=evil, why=evil, conditions=evil)
    send(curator_client, proposal, "send_back", comment=evil)
    for page in (QUEUE + "?show=decided", address(proposal), CELL):
        body = look(analyst_client, page).content.decode()
        assert "<script>alert" not in body
        assert "{{ 7*7 }}" in body
    assert curator_client.get(f"{QUEUE}?show=<b>&page=x").status_code == 200


def test_without_review_nothing_is_different(judged, analyst_client):
    page = look(analyst_client, CELL)
    assert "Proposals" not in page.content.decode()
    assert "Record as stance 2" in words(look(analyst_client, CELL + "edit"))
    assert "asks for no second person" in words(look(analyst_client, QUEUE))


def test_the_pages_ask_no_more_for_more_proposals(reviewed, analyst_client, analyst, signed_in_as):
    first = record(reviewed, reviewed.germany, reviewed.force, by=analyst, evidence=[reviewed.send])
    pages = (QUEUE, f"{QUEUE}{first}/germany/2/")
    few = [questions(signed_in_as("curator"), page) for page in pages]
    for party in (reviewed.france, reviewed.russia):
        record(reviewed, party, reviewed.force, by=analyst, evidence=[reviewed.send])
    many = [questions(signed_in_as("curator"), page) for page in pages]
    assert many[0] == few[0] <= 9
    assert many[1] == few[1] <= 30
