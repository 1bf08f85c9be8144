"""Changes: who did what and why, the newest first."""

import re
from datetime import date

import pytest
from django.db import transaction

from negotiations.domain import changes
from negotiations.domain.accounts import give_role
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.positions import Entry, record_stances
from negotiations.domain.stances import Draft, Item
from negotiations.models import Attendance, Meeting, Membership, Party
from negotiations.models.negotiations import Role
from tests import factories as make
from tests.views.looking import links, look, questions, words

LOG = "/n/paris/changes/"

# Rows that are born in one transaction with their negotiation are not logged one by one.
committed = pytest.mark.django_db(transaction=True)


def record(world, by, *cells, why="Read it again."):
    """Record that each of these cells supports, as one act."""
    draft = Draft(
        "first",
        "supports",
        "So it is.",
        confidence="low",
        held_from=date(2026, 1, 6),
        evidence=(Item("supports", quote=world.send.pk),),
    )
    entries = [Entry(cell.pk, 0, draft) for cell in cells]
    return record_stances(get_workspace("paris", by=by), entries, by=by, why=why).revision


def edit(row, by, what="a row", **fields):
    """Change a row, as one act."""
    with transaction.atomic():
        changes.take(row.negotiation_id, by=by, verb="changed", what=what)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def test_a_reader_sees_who_recorded_what_and_why_and_goes_to_the_cells(world, reader_client, analyst):
    cells = world.cell(world.france, world.force), world.cell(world.germany, world.force)
    revision = record(world, analyst, *cells, why="The speech of 6 January.")
    page = look(reader_client, LOG)
    said = words(page)
    assert "Anna Analyst recorded | France × 2 Deploy a force Supports | Germany × 2 Deploy a force Supports" in said
    assert "The speech of 6 January." in said
    assert {"/n/paris/positions/france/2/", "/n/paris/positions/germany/2/"} <= links(page)
    assert f'<li id="r{revision}">' in page.content.decode()


def test_the_newest_is_first_under_its_day(world, reader_client, analyst):
    old = record(world, analyst, world.cell(world.france, world.force))
    new = record(world, analyst, world.cell(world.france, world.monitoring))
    page = look(reader_client, LOG).content.decode()
    assert page.index(f'id="r{new}"') < page.index(f'id="r{old}"') < page.index('id="r1"')
    assert page.count("<h2>") == 1


def test_days_are_those_of_the_negotiations_zone(client, administrator):
    said = {}
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # 25 hours apart: never the same day
        talks = make.NegotiationFactory(visibility="public", time_zone=zone)
        page = look(client, f"/n/{talks.slug}/changes/")
        assert f"Times are those of {zone}." in words(page)
        said[zone] = re.search(r'<h2><time datetime="([0-9-]+)"', page.content.decode()).group(1)
        today = get_workspace(talks.slug, by=administrator).today()
        assert said[zone] == today.isoformat()
    assert len(set(said.values())) == 2


@committed
def test_an_edit_says_what_was_and_what_is(world, reader_client, curator):
    edit(world.germany, curator, name="Federal Germany", aliases=["BRD"])
    said = words(look(reader_client, LOG))
    assert "Clara Curator changed" in said
    assert "party Federal Germany: " in said
    assert "name: Germany → Federal Germany" in said
    assert "aliases: nothing → BRD" in said


@committed
def test_edits_name_what_they_point_to(world, reader_client, curator):
    edit(world.president, curator, party=world.germany)
    assert "party: France → Germany" in words(look(reader_client, LOG))
    summit = make.MeetingFactory(negotiation=world.negotiation, name="Paris summit")
    seat = make.AttendanceFactory(meeting=summit, party=world.france)
    edit(seat, curator, note="host")
    assert "attendance France at Paris summit: note: nothing → host" in words(look(reader_client, LOG))
    with transaction.atomic():
        changes.take(world.negotiation.pk, by=curator, verb="changed", what="the summit")
        Attendance.objects.filter(pk=seat.pk).delete()
    said = words(look(reader_client, LOG))
    assert "added meeting Paris summit" in said
    assert "added attendance France at Paris summit" in said
    assert "attendance: note: nothing → host" in said  # of a link that is gone only the act tells
    assert "removed attendance France at Paris summit" in said


@committed
def test_what_the_act_names_already_is_not_said_twice(world, reader_client, curator):
    edit(world.germany, curator, what="party Germany", description="In the middle.")
    said = words(look(reader_client, LOG))
    assert "changed party Germany | description: nothing → In the middle." in said


@committed
def test_who_has_access_is_for_those_who_keep_it(world, reader_client, curator_client, administrator):
    give_role(world.negotiation, make.UserFactory(username="nina", name="Nina New"), Role.ANALYST, by=administrator)
    readers = words(look(reader_client, LOG))
    assert "Ada Administrator changed who has access" in readers
    assert "nina" not in readers.lower()
    assert "added access Nina New" in words(look(curator_client, LOG))


@committed
def test_nor_does_the_reason_for_giving_access_tell_readers_whom(world, reader_client, curator_client, administrator):
    nina = make.UserFactory(username="nina", name="Nina New")
    with transaction.atomic():
        changes.take(world.negotiation.pk, by=administrator, verb="changed", what="Paris", why="Nina joins us.")
        Membership.objects.create(negotiation=world.negotiation, user=nina, role=Role.READER)
    assert "Nina" not in words(look(reader_client, LOG))
    assert "Nina joins us." in words(look(curator_client, LOG))


@committed
def test_what_was_written_past_parley_is_told_too(world, reader_client):
    Meeting.objects.create(negotiation=world.negotiation, slug="sly", name="Sly", kind="call")
    assert "A command at the server changed outside Parley" in words(look(reader_client, LOG))


@committed
def test_what_people_wrote_is_shown_and_never_run(world, reader_client, curator):
    edit(world.germany, curator, name="<script>alert(1)</script>")
    page = look(reader_client, LOG).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_fifty_stand_on_a_page_and_one_goes_back_and_forth(negotiation, reader_client):
    user = make.UserFactory()
    with transaction.atomic():
        for n in range(119):
            make.change(negotiation, by=user, what=f"thing {n + 2}")
    head = get_workspace("paris", by=make.UserFactory(is_superuser=True)).revision
    page = look(reader_client, LOG)
    older = f"?before={head - 49}"
    assert older in links(page)
    assert "Newer" not in words(page)
    second = look(reader_client, LOG + older)
    assert f'id="r{head - 50}"' in second.content.decode()
    assert f'id="r{head - 49}"' not in second.content.decode()
    assert f"?before={head + 1}" in links(second)
    last = look(reader_client, f"{LOG}?before={head - 99}")
    assert 'id="r1"' in last.content.decode()
    assert "Older" not in words(last)


def test_a_damaged_address_shows_the_newest(world, reader_client):
    newest = words(look(reader_client, LOG))
    for before in ("x", "-1", "0", "1", "9" * 30, "²"):
        assert words(look(reader_client, LOG, before=before)) == newest, before


def test_a_huge_act_is_told_in_part(world, reader_client, analyst):
    parties = make.PartyFactory.create_batch(25, negotiation=world.negotiation)
    record(world, analyst, *(world.cell(party, world.force) for party in parties))
    said = words(look(reader_client, LOG))
    assert said.count("× 2 Deploy a force Supports") == 10
    assert "More than 10 cells" in said and "All that it did" in said


def test_it_is_closed_to_others(world, outsider_client, reader_client):
    assert outsider_client.get(LOG).status_code == 404
    assert reader_client.post(LOG).status_code == 405


@committed
def test_it_asks_as_much_for_thirty_as_for_three(world, reader_client, analyst, curator):
    record(world, analyst, world.cell(world.france, world.force))
    edit(world.germany, curator, name="D")
    few = questions(reader_client, LOG)
    parties = make.PartyFactory.create_batch(27, negotiation=world.negotiation)
    for party in parties:
        record(world, analyst, world.cell(party, world.force))
        edit(Party.objects.get(pk=party.pk), curator, name=f"{party.name} two")
    assert questions(reader_client, LOG) == few <= 13
