"""Meetings, people, instruments and commitments: added and changed as one act each, by analysts, and never unseen."""

from __future__ import annotations

from uuid import uuid4

import pytest

from negotiations.domain import entries, records
from negotiations.domain.changes import KeyReused
from negotiations.domain.earlier import standing_at, standing_now
from negotiations.domain.entries import Entered, Outdated
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.models import Attendance, Change, Meeting, Party, Person
from tests import factories as make
from tests.admin.test_conflicts import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LINKS = [(Attendance, "meeting")]


@pytest.fixture
def summit(world):
    meeting = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Summit")
    make.AttendanceFactory(meeting=meeting, party=world.france)
    return meeting


def entered(row, *, links=lambda: None, why="Because.", asked="once"):
    return Entered(row, links, {"asked": asked}, why)


def changed(meeting, **fields):
    """The meeting as somebody has read it, and typed over it."""
    row = Meeting.objects.get(pk=meeting.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def version(meeting):
    return records.version_of(Meeting.objects.get(pk=meeting.pk), LINKS)


def new(world, name="Talks"):
    return Meeting(negotiation=world.negotiation, name=name, kind="call")


def test_a_row_and_its_links_are_one_act(world, analyst):
    row = new(world)

    def links():
        Attendance.objects.create(negotiation=world.negotiation, meeting=row, party=world.russia)

    done = entries.add(world.workspace(analyst), entered(row, links=links), by=analyst)
    assert (done.slug, done.repeated) == ("talks", False)
    act = Change.objects.latest("pk")
    assert (act.by, act.verb, act.what, act.why) == (analyst, "added", "meeting Talks", "Because.")
    assert [edit.table for edit in act.row_edits.order_by("pk")] == ["negotiations_meeting", "negotiations_attendance"]


def test_where_the_links_fail_nothing_is_left(world, summit, analyst):
    before = Change.objects.count()

    def links():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        entries.add(world.workspace(analyst), entered(new(world), links=links), by=analyst)
    moved = changed(summit, place="Lyon")
    with pytest.raises(ZeroDivisionError):
        entries.edit(
            world.workspace(analyst), entered(moved, links=links), by=analyst, version=version(summit), links=LINKS
        )
    assert (Meeting.objects.get().place, Change.objects.count()) == ("Paris", before)


def test_who_did_not_see_what_stands_writes_nothing(world, summit, analyst, second_analyst):
    seen = version(summit)
    make.AttendanceFactory(meeting=summit, party=world.russia)
    row = changed(summit, place="Lyon")
    with pytest.raises(Outdated):
        entries.edit(world.workspace(analyst), entered(row), by=analyst, version=seen, links=LINKS)
    assert Meeting.objects.get().place == "Paris"
    entries.edit(world.workspace(analyst), entered(row), by=analyst, version=version(summit), links=LINKS)
    assert Meeting.objects.get().place == "Lyon"


def test_of_two_who_save_at_once_one_is_told(world, summit, analyst, second_analyst):
    seen = version(summit)
    before = Change.objects.count()

    def edit(who, place):
        def act():
            try:
                row = changed(summit, place=place)
                entries.edit(world.workspace(who), entered(row), by=who, version=seen, links=LINKS)
            except Outdated:
                return "told"
            return place

        return act

    answers = at_once(edit(analyst, "Lyon"), edit(second_analyst, "Nice"))
    assert "told" in answers
    assert Meeting.objects.get().place in answers
    assert Change.objects.count() == before + 1


def test_two_who_add_the_same_name_at_once_get_two_addresses(world, analyst, second_analyst):
    answers = at_once(
        *(
            lambda who=who: entries.add(world.workspace(who), entered(new(world)), by=who).slug
            for who in (analyst, second_analyst)
        )
    )
    assert sorted(answers) == ["talks", "talks-2"]


def test_what_is_sent_twice_is_done_once(world, summit, analyst):
    key, workspace = uuid4(), world.workspace(analyst)
    assert entries.sent_before(workspace, entered(new(world)), by=analyst, key=key) is None
    first = entries.add(workspace, entered(new(world)), by=analyst, key=key)
    second = entries.add(workspace, entered(new(world)), by=analyst, key=key)
    assert (first.slug, second.slug, second.repeated) == ("talks", "talks", True)
    assert entries.sent_before(workspace, entered(new(world)), by=analyst, key=key) == second
    with pytest.raises(KeyReused):
        entries.add(workspace, entered(new(world), asked="otherwise"), by=analyst, key=key)
    key, seen, row = uuid4(), version(summit), changed(summit, place="Lyon")
    for repeated in (False, True):  # the second is no conflict with the first
        done = entries.edit(workspace, entered(row), by=analyst, version=seen, links=LINKS, key=key)
        assert (done.slug, done.repeated) == ("summit", repeated)
    assert Meeting.objects.count() == 2


def test_readers_write_nothing_and_nobody_writes_elsewhere(world, summit, reader, analyst):
    row = changed(summit, place="Lyon")
    with pytest.raises(Forbidden):
        entries.add(world.workspace(reader), entered(new(world)), by=reader)
    with pytest.raises(Forbidden):
        entries.edit(world.workspace(reader), entered(row), by=reader, version=version(summit), links=LINKS)
    abroad = make.MeetingFactory()
    with pytest.raises(Hidden):
        entries.edit(world.workspace(analyst), entered(abroad), by=analyst, version=version(abroad), links=LINKS)
    with pytest.raises(Hidden):
        entries.get_entry(world.workspace(analyst), Meeting, abroad.slug)
    with pytest.raises(Hidden):  # parties are for curators
        entries.add(world.workspace(analyst), entered(Party(negotiation=world.negotiation, name="Norway")), by=analyst)
    assert Meeting.objects.get(pk=summit.pk).place == "Paris"


def test_a_long_name_makes_an_address_of_its_first_words(world, analyst):
    row = Person(negotiation=world.negotiation, party=world.france, name=" ".join(["Very"] * 24))
    done = entries.add(world.workspace(analyst), entered(row), by=analyst)
    assert done.slug == "-".join(["very"] * 14)


def test_the_log_tells_how_a_row_and_its_links_stood(world, summit, curator):
    now = standing_now(summit, LINKS)
    revision = world.workspace(curator).revision
    came = summit.attendance.get()
    row = changed(summit, place="Lyon")

    def links():
        Attendance.objects.filter(pk=came.pk).update(note="host")
        Attendance.objects.create(negotiation=world.negotiation, meeting=row, party=world.russia)

    records.save(row, by=curator, links=links)

    def fewer_links():
        Attendance.objects.filter(pk=came.pk).delete()

    records.save(changed(summit, place="Nice"), by=curator, links=fewer_links)
    later = standing_now(summit, LINKS)
    assert later.row["place"] == "Nice" and len(later.links[0]) == 1
    before = standing_at(summit, LINKS, later, revision)
    assert before.row["place"] == now.row["place"] == "Paris"
    assert set(before.links[0]) == {came.pk}
    between = standing_at(summit, LINKS, later, revision + 1)
    assert between.row["place"] == "Lyon"
    assert {row["note"] for row in between.links[0].values()} == {"host", ""}


def test_what_stood_is_asked_in_a_fixed_number_of_questions(world, summit, curator, django_assert_num_queries):
    for number in range(5):
        records.save(changed(summit, place=f"Place {number}"), by=curator)
    with django_assert_num_queries(3):
        standing_at(summit, LINKS, standing_now(summit, LINKS), 0)
