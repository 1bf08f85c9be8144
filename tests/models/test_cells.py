"""Every cell exists: a party on each priority, also when both are added at the same moment."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from negotiations.database.roles import as_owner
from negotiations.models import Party, Position, Priority
from tests import factories
from tests.sql import ask, at_once, run, without_guards

PARTY = (
    'INSERT INTO negotiations_party (negotiation_id, slug, name, kind, aliases, description, "order")'
    " VALUES (%s, %s, 'P', 'state', '{}', '', 0)"
)
PRIORITY = (
    "INSERT INTO negotiations_priority (negotiation_id, number, kind, name, description, terms)"
    " VALUES (%s, %s, 'priority', 'N', '', '{}')"
)


def missing():
    return Party.objects.count() * Priority.objects.count() - Position.objects.count()


@pytest.mark.django_db
def test_a_cell_is_made_with_its_party_and_its_priority(negotiation):
    for kind in [factories.PartyFactory, factories.PriorityFactory] * 3:
        kind(negotiation=negotiation)
        assert missing() == 0
    assert Position.objects.count() == 9
    assert set(Position.objects.values_list("code", "version", "standing")) == {("unknown", 0, None)}


@pytest.mark.django_db
def test_cells_stay_within_their_negotiation(world):
    before = Position.objects.filter(negotiation=world.negotiation).count()
    other = factories.PositionFactory()
    assert Position.objects.filter(negotiation=world.negotiation).count() == before
    assert Position.objects.filter(negotiation=other.negotiation).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_trigger_there_are_no_cells(negotiation):
    factories.PriorityFactory(negotiation=negotiation)
    with without_guards("negotiations_party"):
        factories.PartyFactory(negotiation=negotiation)
        assert missing() == 1


@pytest.mark.django_db(transaction=True)
def test_no_cell_is_missed_when_many_are_added_at_once(negotiation):
    def add(statement, key):
        return lambda: run(statement, negotiation.pk, key)

    parties = [add(PARTY, f"p-{number}") for number in range(6)]
    priorities = [add(PRIORITY, number) for number in range(1, 7)]
    assert at_once(*parties, *priorities) == [1] * 12
    assert (Position.objects.count(), missing()) == (36, 0)


def add_both_at_one_moment(negotiation):
    """A priority is added while a party is there but not committed yet."""
    waiting = Event()

    def add_priority():
        connection.ensure_connection()
        waiting.set()
        run(PRIORITY, negotiation.pk, 1)
        connection.close()

    other = Thread(target=add_priority)
    with transaction.atomic():
        run(PARTY, negotiation.pk, "late")
        other.start()
        waiting.wait(10)
        while not ask("SELECT FROM pg_locks WHERE NOT granted"):
            pass  # until the other one waits for this transaction to end
    other.join(30)


@pytest.mark.django_db(transaction=True)
def test_the_lock_keeps_a_party_and_a_priority_from_missing_each_other(negotiation):
    add_both_at_one_moment(negotiation)
    assert missing() == 0


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_miss_each_other(negotiation):
    """The control of the test before."""
    ((written,),) = ask("SELECT pg_get_functiondef('cells_are_made'::regproc)")
    lock = "PERFORM FROM negotiations_negotiation WHERE id = NEW.negotiation_id FOR NO KEY UPDATE;"
    assert lock in written
    try:
        with as_owner():
            run(written.replace(lock, "").replace("%", "%%"))
        add_both_at_one_moment(negotiation)
        assert missing() == 1
    finally:
        with as_owner():
            run(written.replace("%", "%%"))
