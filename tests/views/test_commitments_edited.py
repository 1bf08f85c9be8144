"""Analysts add commitments, edit them, and add how far they have come."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.models import Change, Commitment, CommitmentEvent
from tests import factories as make
from tests.pages import filled_in, read
from tests.views.cell_pages import HTMX, errors
from tests.views.entry_pages import NO_DAYS, NO_IDS, done, last_act, opened, send, sent_again, typed
from tests.views.looking import links, look, questions, words

pytestmark = pytest.mark.django_db

LIST = "/n/paris/commitments/"
ADD = LIST + "add"
FORCE = LIST + "force/"
EDIT = FORCE + "edit"
STEP = FORCE + "step"


@pytest.fixture
def force(world):
    row = make.CommitmentFactory(party=world.france, slug="force", text="Sends a force. To the west only.")
    make.BeneficiaryFactory(commitment=row, party=world.germany)
    return row


@pytest.mark.django_db(transaction=True)
def test_an_analyst_adds_a_commitment(world, analyst, analyst_client):
    assert ADD in links(look(analyst_client, LIST))
    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit")
    response = send(
        analyst_client,
        ADD,
        text="Keeps bases next door.\r\nFor as long as it takes.",
        party=world.germany.pk,
        priority=world.force.pk,
        meeting=summit.pk,
        force="political",
        conditions="After a <ceasefire>",
        due="2026-12-01",
        precision="year",
        towards__0__party=world.france.pk,
        towards__2__party=world.russia.pk,
        why="Said in Paris.",
    )
    slug = "keeps-bases-next-door-for-as-long-as-it-takes"
    assert done(response) == f"{LIST}{slug}/"
    made = Commitment.objects.get(slug=slug)
    assert (made.party, made.priority, made.meeting, made.force) == (world.germany, world.force, summit, "political")
    assert (made.due, made.precision) == (date(2026, 12, 31), "year")
    assert {each.party for each in made.towards.all()} == {world.france, world.russia}
    act, edits = last_act()
    assert (act.by, act.verb, act.why) == (analyst, "added", "Said in Paris.")
    assert act.what.startswith("commitment Keeps bases next door.")
    assert [edit.table for edit in edits] == ["negotiations_commitment", *["negotiations_beneficiary"] * 2]


@pytest.mark.django_db(transaction=True)
def test_an_analyst_edits_a_commitment_and_who_saves_second_sees_both(
    world, force, analyst_client, second_analyst_client
):
    assert {EDIT, STEP} <= links(look(analyst_client, FORCE))
    mine = opened(analyst_client, EDIT)
    theirs = {"conditions": "After a ceasefire", "towards__1__party": world.russia.pk, "force": "binding"}
    assert done(send(second_analyst_client, EDIT, **theirs, why="Theirs.")) == FORCE
    response = analyst_client.post(
        EDIT, typed(mine, conditions="Once it is quiet", towards__1__party=world.russia.pk, why="Mine.")
    )
    assert response.status_code == 409
    lines = read(response).find("table", "meanwhile").all("tr")[1:]
    rows = {line.find("th").text: [cell.text for cell in line.all("td")] for line in lines}
    assert rows["Conditions"] == ["nothing", "After a ceasefire", "Once it is quiet Take what stands now"]
    assert rows["Legal force"] == ["Political", "Legally binding", "as it stands now"]
    assert rows["Towards whom"] == ["Germany", "Germany Russia", "as it stands now"]
    assert done(sent_again(analyst_client, EDIT, response)) == FORCE
    force.refresh_from_db()
    assert (force.conditions, force.force, force.slug) == ("Once it is quiet", "binding", "force")
    assert {each.party for each in force.towards.all()} == {world.germany, world.russia}


def test_what_can_not_be_is_told_at_its_place_and_kept(world, analyst_client):
    abroad = make.CommitmentFactory(priority=make.PriorityFactory())
    before, form = Change.objects.count(), opened(analyst_client, ADD)
    right = {"text": "Sends <a> force.", "party": str(world.france.pk), "conditions": "If & when"}
    wrongs = [
        *(({"text": text}, "text") for text in ["", " \u200b ", "x" * 20_001, "a\x00b", "a\x1bb"]),
        *(({"party": wrong}, "party") for wrong in ["", *NO_IDS, str(abroad.party_id)]),
        ({"priority": str(abroad.priority_id)}, "priority"),
        ({"instrument": "1"}, "instrument"),
        *(({"due": day}, "due") for day in NO_DAYS),
        ({"force": "strong"}, "force"),
        ({"towards__0__party": str(abroad.party_id)}, "towards-0-party"),
        ({"towards__0__party": str(world.russia.pk), "towards__1__party": str(world.russia.pk)}, "Russia stands here"),
    ]
    for wrong, place in wrongs:
        response = analyst_client.post(ADD, typed(form, **(right | wrong)))
        assert response.status_code == 422, wrong
        page = read(response)
        if " " in place:
            assert place in errors(page)
        else:
            assert page.has("a", href=f"#id_{place}"), (wrong, errors(page))
        sent = filled_in(page.find("form", "entry"))
        assert all(sent[name] == [value] for name, value in right.items() if name not in wrong)
    assert (Commitment.objects.count(), Change.objects.count()) == (1, before)


# --- steps -----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_analyst_adds_a_step_by_words_that_were_found(world, force, analyst, analyst_client):
    data = typed(opened(analyst_client, STEP), status="announced", on="2026-01-06", precision="month", note="In <b>.")
    found = analyst_client.post(STEP, data | {"act": "find", "words": "unacceptable"}, headers=HTMX)
    page = read(found)
    assert not page.has("main")
    again = filled_in(page.find("form", "entry"), quote=str(world.unacceptable.pk), act="save", why="Read it.")
    assert again["note"] == ["In <b>."]
    first, second = analyst_client.post(STEP, again), analyst_client.post(STEP, again)
    assert first["Location"] == second["Location"] == FORCE
    event = CommitmentEvent.objects.get()
    assert (event.status, event.on, event.quote) == ("announced", date(2026, 1, 31), world.unacceptable)
    act = Change.objects.get(revision=event.revision, negotiation=world.negotiation)
    assert (act.by, act.verb, act.why) == (analyst, "added", "Read it.")
    assert act.what == "“announced” to commitment Sends a force. To the west only."
    assert "Announced January 2026 | In <b>. | “unacceptable 🚫 to us”" in words(look(analyst_client, FORCE))
    assert analyst_client.post(STEP, again | {"note": "Otherwise"}).status_code == 409


def test_a_step_says_how_we_know(world, force, analyst_client):
    abroad = make.QuoteFactory()
    before, form = Change.objects.count(), opened(analyst_client, STEP)
    for wrong, told in [
        ({}, "Say how we know: a quote, a place in a source, or at least a note."),
        ({"quote": [str(world.send.pk), str(world.neighbours.pk)]}, "Choose one quote"),
        ({"quote": str(abroad.pk)}, "One of these quotes is not of this negotiation."),
        ({"locator-0": "page 2"}, "needs both: the source, and where in it"),
        ({"source-0": str(abroad.pk + 999), "locator-0": "page 2"}, "not of this negotiation"),
        ({"note": "So.", "status": "done"}, "Select a valid choice"),
        ({"note": "So.", "precision": "never"}, "Select a valid choice"),
        ({"note": "a\x1bb"}, "control character"),
        ({"note": "So.", "on": "0001-01-01"}, "Give a year from 1000 on."),
        *(({"note": "So.", "on": day}, "Write the date as") for day in NO_DAYS if day != "0001-01-01"),
    ]:
        response = analyst_client.post(STEP, typed(form, **({"status": "agreed"} | wrong)))
        assert response.status_code == 422, wrong
        assert told in errors(read(response)), wrong
    assert (CommitmentEvent.objects.count(), Change.objects.count()) == (0, before)
    row = {"source-0": str(world.source.pk), "locator-0": "page 2", "status": "agreed"}
    assert analyst_client.post(STEP, typed(form) | row).status_code == 302
    assert CommitmentEvent.objects.get().locator == "page 2"


# --- who may -------------------------------------------------------------------------------------------


def test_readers_may_do_nothing_and_strangers_are_not_there(
    world, force, reader_client, outsider_client, analyst_client
):
    for address in (LIST, FORCE):
        assert not {ADD, EDIT, STEP} & links(look(reader_client, address))
    for address in (ADD, EDIT, STEP):
        assert reader_client.post(address, {"text": "Mine"}).status_code == 403
        assert outsider_client.get(address).status_code == 404
    abroad = make.CommitmentFactory()
    for word in ("edit", "step"):
        assert analyst_client.post(f"{LIST}{abroad.slug}/{word}", {"text": "Mine"}).status_code == 404


def test_where_there_is_none_yet_analysts_are_led_on(negotiation, analyst_client, reader_client):
    assert ADD in links(look(analyst_client, LIST))
    assert "Analysts of this negotiation record them." in words(look(reader_client, LIST))


def test_the_forms_ask_as_much_for_thirty_as_for_three(world, force, analyst_client):
    make.CommitmentEventFactory(commitment=force, quote=world.send)
    addresses = [ADD, EDIT, STEP]
    few = [questions(analyst_client, address) for address in addresses]
    for _ in range(27):
        make.BeneficiaryFactory(commitment=force, party=make.PartyFactory(negotiation=world.negotiation))
        make.CommitmentEventFactory(commitment=force, quote=world.send)
        make.InstrumentFactory(negotiation=world.negotiation)
    assert [questions(analyst_client, address) for address in addresses] == few
    assert few[0] <= 8 and few[1] <= 11 and few[2] <= 14, few
