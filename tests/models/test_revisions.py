"""Revisions: without gaps, in the order of commit, their time never going back, and safe to take as a token."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from negotiations.models import Change, Negotiation, Stance
from tests import factories
from tests.sql import ask, at_once, refused, run, without_guards

RAISE = "UPDATE negotiations_negotiation SET revision = revision + %s WHERE id = %s"
INSERT = (
    "INSERT INTO negotiations_change (negotiation_id, revision, at, verb, what, why, request_hash, transaction)"
    " VALUES (%s, %s, %s, 'added', '', '', '', '')"
)


@pytest.mark.django_db
def test_a_revision_leaves_no_gap(negotiation):
    now = negotiation.revision
    with refused("leave a gap"):  # the negotiation's revision was raised by two
        run(RAISE, 2, negotiation.pk)
        run(INSERT, negotiation.pk, now + 2, None)
    for revision in [now + 1, now + 2]:  # it was not raised at all
        with refused("leave a gap"):
            run(INSERT, negotiation.pk, revision, None)
    for revision, words in [(now, "change_revision_is_unique"), (0, "change_has_a_revision")]:
        with refused(words):
            run(INSERT, negotiation.pk, revision, None)
    run(RAISE, 1, negotiation.pk)
    run(INSERT, negotiation.pk, now + 1, None)


@pytest.mark.django_db
def test_a_revision_never_goes_back(negotiation):
    with refused("a revision never goes back"):
        run(RAISE, -1, negotiation.pk)


@pytest.mark.django_db
def test_a_revision_without_its_change_is_refused_at_commit(negotiation):
    with refused("negotiation_head_is_a_change"):
        run(RAISE, 1, negotiation.pk)


@pytest.mark.django_db
def test_a_change_has_a_revision_exactly_in_a_negotiation(negotiation):
    for of_negotiation, revision in [(negotiation.pk, None), (None, 1), (negotiation.pk, 0)]:
        with refused("change_has_a_revision_in_a_negotiation"):
            run(INSERT, of_negotiation, revision, None)
    run(INSERT, None, None, None)


@pytest.mark.django_db
def test_time_goes_neither_ahead_nor_back(negotiation):
    (before,) = Change.objects.filter(negotiation=negotiation).values_list("at", flat=True)
    for at, words in [
        (timezone.now() + timedelta(minutes=1), "can't come from the future"),
        (before - timedelta(seconds=1), "never goes back"),
    ]:
        with refused(words):
            run(RAISE, 1, negotiation.pk)
            run(INSERT, negotiation.pk, negotiation.revision + 1, at)
    run(RAISE, 1, negotiation.pk)
    run(INSERT, negotiation.pk, negotiation.revision + 1, before)  # the same moment is not before it


@pytest.mark.django_db(transaction=True)
def test_without_the_triggers_all_that_would_pass(negotiation):
    with without_guards("negotiations_change", "negotiations_negotiation"):
        run(INSERT, negotiation.pk, negotiation.revision + 7, timezone.now() + timedelta(days=1))
        run(RAISE, -1, negotiation.pk)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_no_gap_and_a_reader_never_sees_one(negotiation):
    """Whoever reads in between finds revisions 1 to n, never n without one before it: that is the order of commit."""
    finished, wrong = Event(), []
    question = (
        "SELECT count(*), max(c.revision), max(n.revision) FROM negotiations_negotiation n"
        " JOIN negotiations_change c ON c.negotiation_id = n.id WHERE n.id = %s"
    )

    def watch():
        while not finished.is_set():
            seen = ask(question, negotiation.pk)[0]
            if len(set(seen)) > 1:
                wrong.append(seen)
        connection.close()

    def write():
        mine = Negotiation.objects.get(pk=negotiation.pk)
        for _ in range(25):
            factories.PartyFactory(negotiation=mine)

    watcher = Thread(target=watch)
    watcher.start()
    answers = at_once(*[write] * 8)
    finished.set()
    watcher.join(30)
    assert answers == [None] * 8
    assert wrong == []
    changes = list(Change.objects.filter(negotiation=negotiation).order_by("revision"))
    assert [change.revision for change in changes] == list(range(1, 202))
    assert [change.at for change in changes] == sorted(change.at for change in changes)


def write_while(act, negotiation):
    """Let another connection record a stance in the middle of `act`."""
    cell = factories.PositionFactory(negotiation=negotiation)

    def write():
        factories.StanceFactory(position=cell)
        connection.close()

    def between():
        writer = Thread(target=write)
        writer.start()
        writer.join(30)

    return act(between)


@pytest.mark.django_db(transaction=True)
def test_a_token_taken_before_the_data_is_never_newer_than_they_are(negotiation):
    def revision():
        return Negotiation.objects.values_list("revision", flat=True).get(pk=negotiation.pk)

    def stances_up_to(token, seqs):
        return set(Stance.objects.filter(revision__lte=token).values_list("pk", flat=True)) <= set(seqs)

    def token_first(between):
        token = revision()
        between()
        return stances_up_to(token, list(Stance.objects.values_list("pk", flat=True)))

    def data_first(between):  # the control: the page would be kept under a revision that it doesn't show
        data = list(Stance.objects.values_list("pk", flat=True))
        between()
        return stances_up_to(revision(), data)

    assert write_while(token_first, negotiation)
    assert not write_while(data_first, negotiation)


@pytest.mark.django_db(transaction=True)
def test_a_revision_is_a_token_and_the_highest_number_of_a_row_is_none(negotiation):
    """The control of taking revisions at all: two acts that overlap leave the highest row's number as it was."""
    other = factories.NegotiationFactory()

    def tokens():
        highest = ask("SELECT max(id) FROM negotiations_change")
        return highest, ask("SELECT id, revision FROM negotiations_negotiation ORDER BY id")

    def later():
        factories.ChangeFactory(negotiation=other)
        connection.close()

    with transaction.atomic():
        factories.change(negotiation)  # an act that has begun, and is not seen yet
        thread = Thread(target=later)
        thread.start()
        thread.join(30)
        before = at_once(tokens)[0]  # another reader
    after = tokens()
    assert before[0] == after[0]  # as if nothing had happened
    assert before[1] != after[1]
