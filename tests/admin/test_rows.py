"""A curator's day: adding and changing parties, people, meetings, instruments, commitments."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.models import (
    Change,
    CollectiveMember,
    Commitment,
    Instrument,
    Meeting,
    Outlet,
    Party,
    Person,
    Position,
    Priority,
    Source,
)
from tests import factories as make

from .pages import adding, fields_of, list_of, page_of, save, shown


def last_change(negotiation) -> Change:
    return negotiation.changes.latest("revision")


def test_a_party_is_added_with_its_cells_and_its_place_in_the_log(world, curator, curator_client):
    before = last_change(world.negotiation).revision
    save(
        curator_client,
        adding("party"),
        name="Poland",
        slug="poland",
        aliases="Warsaw\r\n\r\n  Polska ",
        order="4",
        why="It joined the talks.",
    )
    poland = Party.objects.get(slug="poland")
    assert poland.negotiation == world.negotiation
    assert poland.aliases == ["Warsaw", "Polska"]
    assert Position.objects.filter(party=poland).count() == 2
    change = last_change(world.negotiation)
    assert (change.revision, change.by, change.verb, change.what) == (before + 1, curator, "added", "party Poland")
    assert change.why == "It joined the talks."


def test_a_name_for_addresses_is_made_from_the_name(world, curator_client):
    save(curator_client, adding("party"), name="Côte d’Ivoire", slug="")
    assert Party.objects.get(name="Côte d’Ivoire").slug == "cote-divoire"
    response = save(curator_client, adding("party"), name="Україна", slug="")
    assert "Write a name for addresses, of small letters, digits and hyphens." in shown(response)


def test_a_change_needs_a_reason_and_keeps_what_was_typed(world, curator_client):
    response = save(curator_client, page_of(world.france), name="French Republic")
    assert "Say why you change this." in shown(response)
    assert 'value="French Republic"' in response.content.decode()
    world.france.refresh_from_db()
    assert world.france.name == "France"


def test_saving_without_an_edit_writes_nothing(world, curator_client):
    """Line ends as browsers send them, and one at a text's end, are no edit."""
    Party.objects.filter(pk=world.france.pk).update(description="First line.\nSecond line.\n")
    before = last_change(world.negotiation).revision
    sent = {"description": "First line.\r\nSecond line.\r\n", "why": "I only looked."}
    response = curator_client.post(
        page_of(world.france), fields_of(curator_client.get(page_of(world.france))) | sent, follow=True
    )
    assert "Nothing was changed in “France”." in shown(response)
    assert last_change(world.negotiation).revision == before


def test_a_slug_and_a_number_stay_as_they_were_given(world, curator_client):
    for row, name, other in ((world.france, "slug", "gaul"), (world.force, "number", "9")):
        page = curator_client.get(page_of(row))
        assert f'name="{name}"' not in page.content.decode()
        save(curator_client, page_of(row), **{name: other}, name="Another name", why="Try.")
        changed = type(row).objects.get(pk=row.pk)
        assert changed.name == "Another name"
        assert getattr(changed, name) == getattr(row, name)


def test_a_name_for_addresses_is_given_once(world, curator_client):
    response = save(curator_client, adding("party"), name="France", slug="france")
    assert "There is a party “france” in this negotiation already." in shown(response)
    response = save(curator_client, adding("priority"), name="Again", number="1")
    assert "There is a priority 1 in this negotiation already." in shown(response)


def test_what_a_collective_cannot_be(world, curator_client):
    europe = make.PartyFactory(negotiation=world.negotiation, name="Europeans", slug="europeans", kind="collective")
    response = save(curator_client, page_of(europe), members__0__member=europe.pk, why="Try.")
    assert "A collective can't be a member of itself." in shown(response)
    twice = {"members__0__member": world.france.pk, "members__1__member": world.france.pk}
    assert "France stands here twice." in shown(save(curator_client, page_of(europe), **twice, why="Try."))
    save(curator_client, page_of(europe), members__0__member=world.france.pk, why="Joined.")
    response = save(curator_client, page_of(europe), kind="state", why="Try.")
    assert "Take its members out first." in shown(response)
    assert CollectiveMember.objects.count() == 1


def test_people_meetings_and_who_came(world, curator_client):
    save(curator_client, adding("person"), name="A Minister", party=world.germany.pk, titles="Minister\nMP")
    minister = Person.objects.get(slug="a-minister")
    assert minister.titles == ["Minister", "MP"]
    save(
        curator_client,
        adding("meeting"),
        name="Paris summit",
        kind="summit",
        place="Paris",
        starts_on="6 January 2026",
        attendance__0__party=world.germany.pk,
        attendance__0__person=minister.pk,
        attendance__0__level="minister",
    )
    summit = Meeting.objects.get(slug="paris-summit")
    assert summit.starts_on == date(2026, 1, 6)
    assert summit.attendance.get().person == minister
    twice = {"attendance__1__party": world.russia.pk, "attendance__2__party": world.russia.pk}
    response = save(curator_client, page_of(summit), **twice, why="Both came.")
    assert "Russia stands here twice." in shown(response)
    response = save(curator_client, page_of(summit), ends_on="2026-01-05", why="Try.")
    assert "A meeting can't end before it starts." in shown(response)


def test_an_instrument_and_who_signed_it(world, curator_client):
    save(
        curator_client,
        adding("instrument"),
        name="Draft declaration",
        kind="declaration",
        signatures__0__party=world.france.pk,
        signatures__0__state="signed",
        signatures__0__quote="france-send",
    )
    draft = Instrument.objects.get(slug="draft-declaration")
    assert draft.signatures.get().quote == world.send
    unproved = {"signatures__1__party": world.russia.pk, "signatures__1__state": "not_signed"}
    response = save(curator_client, page_of(draft), **unproved, why="They did not.")
    assert "Say which quote, or where in which source, tells of it." in shown(response)
    where = {"signatures__1__source": "summit-report", "signatures__1__locator": "last line"}
    save(curator_client, page_of(draft), **unproved, **where, why="They did not.")
    assert draft.signatures.get(party=world.russia).source == world.source
    response = save(curator_client, page_of(draft), replaces=draft.pk, why="Try.")
    assert "An instrument can't replace itself." in shown(response)


def test_a_commitment_and_how_far_it_has_come(world, curator, curator_client):
    save(
        curator_client,
        adding("commitment"),
        text="Sends a force.",
        slug="send-a-force",
        party=world.france.pk,
        priority=world.force.pk,
        towards__0__party=world.germany.pk,
        due="2026-12-01",
        precision="year",
    )
    force = Commitment.objects.get(slug="send-a-force")
    assert force.due == date(2026, 12, 31)
    assert force.towards.get().party == world.germany
    address = page_of(force, "event")
    assert address in curator_client.get(page_of(force)).content.decode()
    step = {"status": "announced", "on": "2026-01-06", "precision": "day"}
    for wrong, sentence in (
        ({}, "Say how we know"),
        ({"locator": "page 2"}, "Say in which source this place is."),
        ({"source": "summit-report"}, "Say where in the source it stands"),
        ({"source": "summit-report", "quote": "france-send"}, "Name a quote, or a source"),
        ({"quote": "nobody-said"}, "There is no quote “nobody-said” in this negotiation."),
        ({"quote": "france-send", "on": "31.4."}, "Write the date as 2026-01-06 or 6 January 2026."),
    ):
        response = curator_client.post(address, step | wrong)
        assert response.status_code == 422
        assert sentence in shown(response)
    response = curator_client.post(address, step | {"quote": "france-send"}, follow=True)
    assert "The step “announced” is added." in shown(response)
    event = force.events.get()
    assert (event.status, event.quote) == ("announced", world.send)
    assert last_change(world.negotiation).by == curator
    assert "“announced” to commitment Sends a force." in last_change(world.negotiation).what


def test_priorities_and_outlets(world, curator_client):
    save(curator_client, adding("priority"), number="3", name="Cooperate")
    assert Priority.objects.get(number=3).negotiation == world.negotiation
    save(curator_client, adding("outlet"), name="The Courier", url="courier.example")
    assert Outlet.objects.get(slug="the-courier").url == "https://courier.example"
    response = save(curator_client, adding("outlet"), name="The Pigeon", url="ftp://pigeon.example")
    assert "An address begins with https:// or http://." in shown(response)


def test_a_source_repeats_no_circle(world, curator_client):
    save(curator_client, adding("source"), title="Copied report", origin="summit-report", language="en")
    copy = Source.objects.get(slug="copied-report")
    assert copy.origin == world.source
    for origin in ("copied-report", "summit-report"):
        response = save(curator_client, page_of(world.source), origin=origin, why="Try.")
        assert "This source would repeat itself." in shown(response)


@pytest.mark.parametrize("noun", ["party", "source", "person", "meeting", "instrument", "commitment", "priority"])
def test_nothing_is_deleted(noun, world, curator_client, administrator_client):
    make.MeetingFactory(negotiation=world.negotiation)
    make.InstrumentFactory(negotiation=world.negotiation)
    make.CommitmentFactory(negotiation=world.negotiation)
    row = curator_client.get(list_of(noun)).context["cl"].result_list[0]
    for browser in (curator_client, administrator_client):
        assert "Delete" not in shown(browser.get(page_of(row)).render()).replace("Delete?", "")
        assert browser.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403
        sent = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        browser.post(list_of(noun), sent)
    assert type(row).objects.filter(pk=row.pk).exists()
