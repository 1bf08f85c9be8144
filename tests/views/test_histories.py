"""The history of a cell and of every other thing: who changed which words, when, why, and on what evidence."""

from datetime import date
from uuid import uuid4

import pytest

from negotiations import models
from negotiations.domain import contradiction_acts, gradings, log_parts, merging, question_acts, stays
from negotiations.domain.contradiction_drafts import Draft as Contradicting
from negotiations.domain.contradiction_drafts import Side
from negotiations.domain.histories import THINGS
from negotiations.domain.places import Place
from negotiations.domain.positions import Entry, record_stances
from negotiations.domain.stances import Draft, Item
from negotiations.models.outlets import Reliability
from negotiations.models.sources import SourceStatus
from tests import factories as make
from tests.stories import record
from tests.views.looking import links, look, questions, words
from tests.views.test_changes import edit

CELL = "/n/paris/positions/france/2/history/"

# Rows that are born in one transaction with their negotiation are not logged one by one.
committed = pytest.mark.django_db(transaction=True)


def test_a_cells_history_says_what_changed_in_words(world, reader_client, analyst):
    record(
        world, world.france, world.force, by=analyst, conditions="After a ceasefire", evidence=[world.send],
        rationale="Paris says that it will send soldiers.",
    )  # fmt: skip
    record(
        world, world.france, world.force, by=analyst, code="champions", conditions="After a peace agreement",
        confidence="moderate", evidence=[world.neighbours], contradicted_by=[world.unacceptable], cause="corrected",
        replaces=1, red_line=True, depends_on=(world.germany.pk,), held_from=date(2026, 1, 7),
        why="The minister spoke.", rationale="Paris says that it will not send soldiers.",
    )  # fmt: skip
    said = words(look(reader_client, CELL))
    assert "Anna Analyst recorded France × 2" in said and "The minister spoke." in said
    assert "Champions" in said and "instead of stance 1" in said
    assert "Stance | was Supports → , is now Champions" in said
    assert "Conditions | After a taken out: ceasefire; put in: peace agreement;" in said
    assert "Rationale | Paris says that it will put in: not ; send soldiers." in said
    assert "Confidence | was Low → , is now Moderate" in said
    assert "Held from | was 6 January 2026 → , is now 7 January 2026" in said
    assert "Depends on | Germany" in said and "Red line | was no → , is now yes" in said
    assert "Evidence added: “in neighbouring countries” (supports the judgement), After the summit" in said
    assert "Evidence added: “unacceptable 🚫 to us” (contradicts it), After the summit" in said
    assert "Evidence taken away: “we will send them”, After the summit" in said


def test_of_two_stances_that_both_stand_the_later_is_compared_with_the_one_before(world, reader_client, analyst):
    record(world, world.france, world.force, by=analyst, evidence=[world.send], limits="In the west")
    record(world, world.france, world.force, by=analyst, evidence=[world.send], limits="In the far west")
    page = look(reader_client, CELL)
    assert "compared with stance 1" in words(page)
    assert "Limits | In the put in: far ; west" in words(page)
    assert "<dd>\n" not in page.content.decode(), "lines count there, so this would show as an empty one"
    assert "<ins>" in page.content.decode() and "/n/paris/positions/france/2/#stance-2" in links(page)
    assert CELL in links(look(reader_client, "/n/paris/positions/france/2/"))


def test_a_withdrawal_and_what_is_done_about_a_cell_stand_there_too(world, reader_client, analyst):
    workspace = world.workspace(analyst)
    cell = world.cell(world.france, world.force)
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    question = question_acts.ask(workspace, question_acts.Wording("How many soldiers?"), by=analyst, position=cell.pk)
    question_acts.drop(workspace, question.slug, by=analyst, note="Nobody will say.")
    withdrawn = Draft(cause="withdrawn", replaces=1)
    record_stances(workspace, [Entry(cell.pk, 1, withdrawn)], by=analyst, why="Wrong cell.")
    said = words(look(reader_client, CELL))
    assert "Withdrawn" in said and "Stance | was Supports → , is now Withdrawn" in said and "Wrong cell." in said
    assert "turned question How many soldiers?" in said and "State | was Open → , is now Dropped" in said


def test_a_long_history_is_paged_and_costs_the_same_whatever_its_length(world, reader_client, analyst):
    for n in range(4):
        record(world, world.france, world.force, by=analyst, evidence=[world.send], limits=f"Limit {n}")
    few = questions(reader_client, CELL)
    for n in range(4, 30):
        record(world, world.france, world.force, by=analyst, evidence=[world.send], limits=f"Limit {n}")
    assert questions(reader_client, CELL) == few <= 14
    page = look(reader_client, CELL)
    assert page.content.decode().count('<li id="r') == 25
    [older] = [link for link in links(page) if link.startswith("?before=")]
    second = look(reader_client, CELL + older)
    assert second.content.decode().count('<li id="r') == 5
    assert "Limit 0" in words(second) and "?" in links(second)


@committed
def test_every_other_thing_has_a_history_too(world, reader_client, analyst, curator):
    workspace = world.workspace(curator)
    twin = make.SourceFactory(negotiation=world.negotiation, slug="twin", title="The twin")
    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    seat = make.AttendanceFactory(meeting=summit, party=world.france)
    edit(seat, curator, note="host")
    seat.delete()
    edit(world.germany, curator, description="In the middle of Europe.")
    edit(world.germany, curator, description="In the very middle of Europe.")
    edit(world.president, curator, titles=["President"])
    edit(world.monitoring, curator, name="Monitor it")
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="The paper took it back.")
    gradings.grade_outlet(world.outlet, Reliability.D, by=curator, why="Twice wrong.")
    gradings.grade_claim(world.send, 4, by=curator, why="Nobody else heard it.")
    merging.merge([twin], world.source, by=curator, why="The same report.")
    sides = (Side("They will", (Place(world.send.pk),)), Side("They won't", (Place(world.unacceptable.pk),)))
    contradiction_acts.add(workspace, Contradicting("fact", "Will they?", sides), by=analyst)
    contradiction_acts.rule(workspace, "will-they", "resolved", by=analyst, reason="They said so.")
    question_acts.ask(workspace, question_acts.Wording("When?"), by=analyst, key=uuid4())
    question_acts.answer(workspace, "when", Place(world.send.pk), by=analyst)
    expected = {
        "party/germany": ["Description | In the put in: very ; middle of Europe.", "In the middle of Europe."],
        "party/france": ["removed attendance", "Note"],
        "person/president": ["Titles | was nothing → , is now President"],
        "priority/1": ["Name | Monitor taken out: the ceasefire; put in: it;"],
        "meeting/summit": ["attendance", "changed", "removed", "Note | was nothing → , is now host"],
        "source/summit-report": ["Status | was Accepted → , is now Retracted", "The paper took it back."],
        "source/twin": ["Merged into | was nothing → , is now After the summit"],
        "outlet/gazette": [
            "Reliability | was B · usually reliable → , is now D · not usually reliable",
            "Twice wrong.",
        ],
        "quote/france-send": ["cited quote", "is now 4 · doubtful", "Nobody else heard it."],
        "contradiction/will-they": ["Side 1 | They will", "For “They will” | “we will send them”", "is now Resolved"],
        "question/when": ["added question", "By the words | “we will send them”", "is now Answered"],
    }
    for address, sentences in expected.items():
        said = words(look(reader_client, f"/n/paris/history/{address}/"))
        for sentence in sentences:
            assert sentence in said, (address, said)
    for address in ("party/nowhere", "priority/x", "priority/77", "negotiation/paris", "membership/1"):
        assert reader_client.get(f"/n/paris/history/{address}/").status_code == 404, address


def test_a_thing_to_which_nothing_was_done_says_so(world, reader_client):
    assert "Nothing was done to it yet" in words(look(reader_client, "/n/paris/history/priority/1/"))


def test_all_that_one_act_did_stands_on_a_page_of_its_own(world, reader_client, analyst):
    parties = make.PartyFactory.create_batch(60, negotiation=world.negotiation)
    draft = Draft(
        "first", "supports", "So it is.", confidence="low", held_from=date(2026, 1, 6),
        evidence=(Item("supports", quote=world.send.pk),),
    )  # fmt: skip
    entries = [Entry(world.cell(party, world.force).pk, 0, draft) for party in parties]
    revision = record_stances(world.workspace(analyst), entries, by=analyst, why="All at once.").revision
    log = look(reader_client, "/n/paris/changes/")
    assert f"/n/paris/changes/{revision}/" in links(log) and "More than 10 cells" in words(log)
    page = look(reader_client, f"/n/paris/changes/{revision}/")
    assert "60 things" in words(page) and "All at once." in words(page)
    assert words(page).count("× 2 Deploy a force") == 50
    rest = look(reader_client, f"/n/paris/changes/{revision}/", page=2)
    assert words(rest).count("× 2 Deploy a force") == 10
    assert reader_client.get("/n/paris/changes/999/").status_code == 404
    assert reader_client.get(f"/n/paris/changes/{10**30}/").status_code == 404


@committed
def test_who_has_access_is_told_only_to_those_who_keep_it(world, reader_client, curator_client):
    make.MembershipFactory(
        negotiation=world.negotiation, user=make.UserFactory(username="nina", name="Nina New"), role="reader"
    )
    world.negotiation.refresh_from_db()
    address = f"/n/paris/changes/{world.negotiation.revision}/"
    assert "who has access" in words(look(reader_client, address))
    assert "Nina" not in words(look(reader_client, address))
    assert "Nina New" in words(look(curator_client, address))


def test_whatever_only_grows_is_told_by_somebody():
    told = {*log_parts.MODELS, *log_parts.TOLD_WITH_ANOTHER, models.Change, models.RowEdit}
    assert set(models.APPEND_ONLY) <= told
    edited = {model._meta.model_name for model in THINGS_EDITED}
    assert edited <= {*THINGS, "membership", "negotiation", *log_parts.LINKS}


THINGS_EDITED = [
    models.Party, models.Priority, models.Person, models.Meeting, models.Instrument, models.Commitment, models.Outlet,
    models.Source, models.Contradiction, models.Question, *models.DELETABLE,
]  # fmt: skip


def test_that_a_stance_stays_is_told(world, reader_client, analyst, curator):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Taken back.")
    workspace = world.workspace(analyst)
    cell = world.cell(world.france, world.force).pk
    stays.stay(workspace, cell, reason="Others say so too.", seen=workspace.revision, by=analyst)
    assert "It stays. Others say so too." in words(look(reader_client, CELL))
