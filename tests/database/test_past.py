"""Rows that are edited in place read, in the record of a revision, as they did at that revision."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from negotiations.database.past import as_recorded, values_then
from negotiations.domain import changes
from negotiations.models import (
    Attendance,
    Beneficiary,
    CollectiveMember,
    Commitment,
    Contradiction,
    Instrument,
    Meeting,
    Negotiation,
    Outlet,
    Party,
    Person,
    Priority,
    Question,
    Signature,
    Source,
)
from tests import factories as make
from tests.sql import ask

NOUNS = [Priority, Party, Person, Meeting, Instrument, Commitment, Outlet, Source, Contradiction, Question]
LINKS = [CollectiveMember, Attendance, Signature, Beneficiary]
COMMITTING = pytest.mark.django_db(transaction=True)  # what is done in a negotiation's first transaction is not logged
COPIES = ("status", "reliability", "state")  # of gradings and events, which tell their own past


def everything():
    """All rows of all tables, by table and id, without columns that are copies."""
    found = {}
    for model in (*NOUNS, *LINKS):
        columns = [f.attname for f in model._meta.concrete_fields if model is Signature or f.name not in COPIES]
        found[model.__name__] = {row["id"]: row for row in model.objects.values(*columns)}
    return found


@pytest.fixture
def full(world):
    """One more of everything, in the negotiation's first act."""
    talks = world.negotiation
    united = make.PartyFactory(negotiation=talks, slug="united", kind="collective")
    make.CollectiveMemberFactory(collective=united, member=world.germany)
    minister = make.PersonFactory(party=world.germany, slug="minister", aliases=["The Minister"])
    summit = make.MeetingFactory(negotiation=talks, slug="summit", starts_on=date(2026, 1, 6))
    make.AttendanceFactory(meeting=summit, party=world.germany, person=minister)
    plan = make.InstrumentFactory(negotiation=talks, slug="plan", meeting=summit, dated=date(2026, 1, 6))
    make.SignatureFactory(instrument=plan, party=world.france, state="signed", quote=world.send)
    promise = make.CommitmentFactory(negotiation=talks, slug="promise", party=world.germany, instrument=plan)
    make.BeneficiaryFactory(commitment=promise, party=world.france)
    make.ContradictionFactory(negotiation=talks, slug="dispute")
    make.QuestionFactory(negotiation=talks, slug="asked", position=world.cell(world.germany, world.force))
    return world


def act(world, *edits):
    """Do these in one act of the log, or what factories add in acts of their own; the revision after it."""
    with transaction.atomic():
        changes.take(world.negotiation.pk, by=None, verb="changed", what="this")
        for edit in edits:
            edit()
    return Negotiation.objects.get(pk=world.negotiation.pk).revision


ACTS = [
    lambda w: [lambda: Party.objects.filter(pk=w.france.pk).update(name="République", aliases=["Paris"])],
    lambda w: [
        lambda: Party.objects.filter(pk=w.france.pk).update(name="France again", order=9),
        lambda: Party.objects.filter(pk=w.france.pk).update(description="Twice in one act."),
        lambda: Priority.objects.filter(pk=w.force.pk).update(name="Another force"),
    ],
    lambda w: [
        lambda: Person.objects.update(name="Somebody else", party=w.france),
        lambda: Meeting.objects.update(place="", starts_on=None, precision="year"),
        lambda: Attendance.objects.all().delete(),
        lambda: CollectiveMember.objects.update(since=date(2025, 1, 1)),
    ],
    lambda w: [
        lambda: make.AttendanceFactory(meeting=Meeting.objects.get(), party=w.russia),
        lambda: CollectiveMember.objects.all().delete(),
        lambda: Signature.objects.update(state="not_signed"),
        lambda: Instrument.objects.update(name="The other plan", meeting=None),
    ],
    lambda w: [
        lambda: Attendance.objects.all().delete(),
        lambda: Signature.objects.all().delete(),
        lambda: Beneficiary.objects.all().delete(),
        lambda: make.PartyFactory(negotiation=w.negotiation, slug="newcomer"),
        lambda: Commitment.objects.update(text="Something else.", priority=w.force, instrument=None),
    ],
    lambda w: [
        lambda: Party.objects.filter(slug="newcomer").update(name="No longer new"),
        lambda: make.BeneficiaryFactory(commitment=Commitment.objects.get(), party=w.russia),
        lambda: Outlet.objects.update(name="The Paper", url="https://paper.example"),
        lambda: Source.objects.update(title="Retitled", published_on=date(2026, 1, 2), language="uk"),
        lambda: Contradiction.objects.update(title="Who said what?"),
        lambda: Question.objects.update(text="Why?", due=date(2026, 2, 1)),
    ],
]


@COMMITTING
def test_whatever_was_edited_added_or_taken_away_since_every_revision_reads_as_it_did(full):
    """The control of each: the same rows read today are others."""
    then = {act(full): everything()}
    for each in ACTS:
        revision = act(full, *each(full))
        then[revision] = everything()
    elsewhere = make.PartyFactory(name="Elsewhere")
    for revision, rows in then.items():
        with as_recorded(full.negotiation.pk, revision):
            assert everything() == rows, revision
        assert revision == max(then) or everything() != rows
    with as_recorded(full.negotiation.pk, 0):
        assert not Party.objects.filter(pk=elsewhere.pk).exists(), "of other negotiations there is nothing"
    assert Party.objects.filter(pk=elsewhere.pk).exists()


@COMMITTING
def test_a_link_that_came_back_under_its_old_number_reads_as_it_did_each_time(full):
    """As the undoing of a removal writes it."""
    rows = list(Attendance.objects.values())
    first = act(full, lambda: None)
    gone = act(full, lambda: Attendance.objects.all().delete())
    back = act(full, lambda: Attendance.objects.create(**rows[0] | {"note": "Came back"}))
    for revision, expected in [(first, rows), (gone, []), (back, [rows[0] | {"note": "Came back"}])]:
        with as_recorded(full.negotiation.pk, revision):
            assert list(Attendance.objects.values()) == expected


@COMMITTING
def test_the_name_of_the_negotiation_then_is_told_and_who_may_see_it_is_as_now(full):
    talks = full.negotiation
    before = act(full)
    act(full, lambda: Negotiation.objects.filter(pk=talks.pk).update(name="Renamed", visibility="members"))
    with as_recorded(talks.pk, before):
        assert values_then("negotiations_negotiation", talks.pk)["name"] == talks.name
        assert Negotiation.objects.get(pk=talks.pk).visibility == "members"


@COMMITTING
def test_an_error_leaves_the_past_too(full):
    revision = act(full)
    act(full, lambda: Party.objects.filter(pk=full.france.pk).update(name="Renamed"))
    with pytest.raises(Party.DoesNotExist), transaction.atomic(), as_recorded(full.negotiation.pk, revision):
        Party.objects.get(name="Renamed")
    assert Party.objects.get(pk=full.france.pk).name == "Renamed"


@COMMITTING
def test_the_past_ends_with_its_transaction_and_nothing_is_written_in_it(full):
    with as_recorded(full.negotiation.pk, 1):
        with pytest.raises(Exception, match=r"read-only|cannot update view"), transaction.atomic():
            Party.objects.filter(pk=full.france.pk).update(name="Forged")
        assert "past" in ask("SHOW search_path")[0][0]
    assert not connection.in_atomic_block and "past" not in ask("SHOW search_path")[0][0]


@pytest.mark.django_db
def test_the_views_of_the_past_have_the_columns_of_their_tables():
    """A migration that changes a table of these must make them again: `SELECT make_past()`."""
    columns = """SELECT table_name, column_name, data_type FROM information_schema.columns
                 WHERE table_schema = %s AND table_name = ANY(%s)"""
    tables = [model._meta.db_table for model in (*NOUNS, *LINKS)]
    assert set(ask(columns, "past", tables)) == set(ask(columns, "public", tables))
    views = {name for (name,) in ask("SELECT viewname FROM pg_views WHERE schemaname = 'past'")}
    logged = """SELECT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'logged'
                AND relname NOT IN ('negotiations_negotiation', 'negotiations_membership', 'negotiations_user')"""
    assert views == set(tables) == {name for (name,) in ask(logged)}
