"""Every page of the admin: a fixed number of questions to the database, nothing inline, no page that falls over."""

from __future__ import annotations

import re
from itertools import cycle

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from negotiations.models import Change
from negotiations.models.negotiations import Role
from tests import factories as make

from .pages import adding, fields_of, list_of, page_of, save, shown

LISTS = [
    "source", "outlet", "party", "person", "meeting", "instrument", "commitment", "priority", "change", "quote",
    "stance", "evidence", "snapshot", "negotiation"
]  # fmt: skip
MOST = 20  # queries on any page, cold, signed in; most on that of a source, with all that rests on it


def fill(world, number: int) -> None:
    """`number` rows of everything, and as many links on the pages that have links."""
    talks = world.negotiation
    pages = linked(world)
    for at in range(number):
        party = make.PartyFactory(negotiation=talks)
        person = make.PersonFactory(party=party)
        outlet = make.OutletFactory(negotiation=talks, reliability="C")
        source = make.SourceFactory(outlet=outlet, language=f"x{at}", status="accepted")
        snapshot = make.SnapshotFactory(source=source)
        quote = make.QuoteFactory(snapshot=snapshot, party=party, speaker=person)
        make.QuoteFactory(snapshot=world.snapshot, party=party, speaker=person)
        make.ClaimGradingFactory(quote=world.send)
        cell = make.PositionFactory(party=party, priority=world.force)
        make.StanceFactory(position=cell, evidence=[quote], depends_on=[world.france])
        make.AttendanceFactory(meeting=pages["meeting"], party=party, person=person)
        make.SignatureFactory(instrument=pages["instrument"], party=party, quote=quote, state="signed")
        make.BeneficiaryFactory(commitment=pages["commitment"], party=party)
        make.CommitmentEventFactory(commitment=pages["commitment"], quote=quote)
        make.CollectiveMemberFactory(collective=pages["party"], member=party)
        make.MembershipFactory(negotiation=talks)
        make.SourceGradingFactory(source=world.source)
        make.SnapshotFactory(source=world.source)
        make.OutletGradingFactory(outlet=world.outlet)
        make.PriorityFactory(negotiation=talks)
        make.MeetingFactory(negotiation=talks)
        make.InstrumentFactory(negotiation=talks)
        make.CommitmentFactory(negotiation=talks, party=party)


def linked(world):
    """The rows whose pages have links, made once."""
    talks = world.negotiation
    if not talks.meetings.exists():
        make.PartyFactory(negotiation=talks, slug="europeans", kind="collective")
        make.MeetingFactory(negotiation=talks, slug="summit")
        make.InstrumentFactory(negotiation=talks, slug="draft")
        make.CommitmentFactory(negotiation=talks, slug="force", party=world.france)
    return {
        "party": talks.parties.get(slug="europeans"),
        "meeting": talks.meetings.get(slug="summit"),
        "instrument": talks.instruments.get(slug="draft"),
        "commitment": talks.commitments.get(slug="force"),
    }


def addresses(world) -> list[str]:
    rows = [
        *linked(world).values(), world.president, world.source, world.outlet, world.send, world.snapshot,
        world.force, world.negotiation, world.negotiation.stances.first(), world.negotiation.evidence.first(),
        Change.objects.earliest("pk"),
    ]  # fmt: skip
    acts = [(world.source, "status"), (world.source, "text"), (world.outlet, "grade"), (world.send, "grade")]
    acts += [(row, word) for row in (world.source, world.outlet) for word in ("merge", "apart")]
    return [
        reverse("admin:index"),
        *(list_of(noun) for noun in LISTS),
        *(f"{adding(noun)}?negotiation=paris" for noun in LISTS[:8]),
        *(page_of(row) for row in rows),
        *(page_of(row, "history") for row in rows),
        *(page_of(row, word) for row, word in [*acts, (linked(world)["commitment"], "event")]),
    ]


def questions(browser, address: str) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(address)
        assert response.status_code == 200, address
    return len(asked)


def test_no_page_asks_more_when_there_is_more(world, curator, curator_client, administrator_client):
    """Also where the lists tell of which of several negotiations a row is."""
    make.MembershipFactory(user=curator, role=Role.CURATOR)
    fill(world, 3)
    few = {address: questions(curator_client, address) for address in addresses(world)}
    users = questions(administrator_client, list_of("user"))
    fill(world, 7)
    many = {address: questions(curator_client, address) for address in addresses(world)}
    assert many == few
    assert questions(administrator_client, list_of("user")) == users
    assert max(few.values()) <= MOST, few


def test_the_count_sees_a_page_that_asks_for_each_row(world, curator_client, monkeypatch):
    """The control: without the join, the list of people asks for each party by itself."""
    from negotiations.admin.people import PersonAdmin

    monkeypatch.setattr(PersonAdmin, "list_select_related", ["negotiation"])
    fill(world, 1)
    few = questions(curator_client, list_of("person"))
    fill(world, 2)
    assert questions(curator_client, list_of("person")) > few


def test_nothing_is_inline_and_the_policy_is_strict(world, curator_client):
    fill(world, 1)
    for address in addresses(world):
        response = curator_client.get(address)
        page = response.content.decode()
        assert "unsafe" not in response["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), address
        for script in re.findall(r"<script[^>]*>", page):
            assert "src=" in script, address


@pytest.mark.parametrize("noun", ["change", "quote", "stance", "evidence", "snapshot"])
def test_what_only_grows_is_to_read(noun, world, curator_client, administrator_client):
    fill(world, 1)
    for browser in (curator_client, administrator_client):
        row = browser.get(list_of(noun)).context["cl"].result_list[0]
        page = browser.get(page_of(row))
        assert 'name="_save"' not in page.content.decode()
        assert browser.post(page_of(row), {"why": "x"}).status_code == 403
        assert browser.get(adding(noun)).status_code == 403
        assert browser.post(adding(noun), {}).status_code == 403
        assert browser.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403


BAD = ["a\x00b", "x" * 500, "0x1", str(2**63), "31.4.", "0001-01-01", "☃"]


MORE = ["published_on", "starts_on", "dated", "due", "outlet", "origin", "priority", "replaces", "precision"]


@pytest.mark.parametrize("noun", ["party", "source", "meeting", "priority", "person", "commitment", "instrument"])
def test_bad_input_gets_a_sentence_or_is_plain_text(noun, world, curator_client):
    """A page that says what is wrong, or a row that holds just this text.

    Each field of each form in turn gets one of the texts, and each text stands once in all fields.
    """
    opened = fields_of(curator_client.get(adding(noun)))
    good = {"name": "New", "title": "New", "text": "New", "number": "9", "party": world.france.pk}
    good["kind"] = {"meeting": "summit", "instrument": "plan"}.get(noun, opened.get("kind", ""))
    base = opened | good
    names = [*(name for name in opened if "-" not in name or "-0-" in name), *MORE]
    in_turn = [{name: bad} for name, bad in zip(names, cycle(BAD), strict=False)]
    for wrong in [*in_turn, *(dict.fromkeys(names, bad) for bad in BAD)]:
        response = curator_client.post(adding(noun), base | wrong)
        assert response.status_code in (200, 302), wrong
        if response.status_code == 200:
            assert response.context["errors"], wrong


def test_a_row_takes_only_dates_that_cannot_be_mistaken(world, curator_client):
    for bad in ("31.4.", "06/01/2026", "0001-01-01", "2026-02-30", "tomorrow"):
        response = save(curator_client, adding("meeting"), name="Summit", kind="summit", starts_on=bad)
        told = shown(response)
        assert "Write the date as 2026-01-06 or 6 January 2026." in told or "Give a year from 1000 on." in told
    assert not world.negotiation.meetings.exists()


@pytest.mark.parametrize("pk", ["0", "abc", str(2**63), str(2**70), "_00", "1.5", "-1", "%00", "../party"])
def test_a_wrong_number_in_an_address_is_no_disaster(pk, world, curator_client):
    for word in ("change/", "history/", "delete/", "status/", "text/", ""):
        response = curator_client.get(f"/admin/negotiations/source/{pk}/{word}", follow=True)
        assert response.status_code in (200, 400, 403, 404), (pk, word)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a\x00b"}, {"q": "%"}, {"status__exact": "'"}, {"outlet__id__exact": "x"},
        {"outlet__id__exact": str(2**70)}, {"published_on__gte": "31.4."}, {"p": "-1"}, {"p": str(2**70)},
        {"o": "99.x"}, {"nonsense": "1"}, {"negotiation__slug": "x"}, {"_to_field": "url"}, {"_facets": "True"},
    ],
)  # fmt: skip
def test_a_wrong_question_in_an_address_is_no_disaster(asked, world, curator_client):
    response = curator_client.get(list_of("source"), asked, follow=True)
    assert response.status_code in (200, 400)
