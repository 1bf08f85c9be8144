"""History only grows: whoever asks, and however, what was recorded stays and nothing is added to a past act."""

from __future__ import annotations

import pytest
from django.db import transaction

from negotiations.database.roles import as_owner
from negotiations.models import APPEND_ONLY, Change, Party
from tests import factories
from tests.sql import ask, refused, run, undone, without_guards

HISTORY = pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
WITH_REVISION = [m for m in APPEND_ONLY if m.__name__ not in ("Change", "RowEdit", "Evidence", "Dependence")]


def make(model, **values):
    return getattr(factories, f"{model.__name__}Factory")(**values)


def make_committed(model):
    with transaction.atomic():  # evidence and dependences come in one transaction with their stance
        return make(model)


@pytest.mark.django_db(transaction=True)
@HISTORY
def test_the_app_can_only_read_and_add(model):
    table = model._meta.db_table
    make_committed(model)
    assert ask("SELECT current_user, session_user") == [("app", "app")]
    for statement in [
        f"UPDATE {table} SET id = id",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = excluded.id",
        f"SELECT * FROM {table} FOR UPDATE",
    ]:
        with refused("permission denied"):
            run(statement)
    for statement in [
        f"ALTER TABLE {table} DISABLE TRIGGER only_grows",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"ALTER TABLE {table} ADD COLUMN more text",
        f"DROP TABLE {table} CASCADE",
        f"DROP TRIGGER only_grows ON {table}",
        f"CREATE RULE r AS ON INSERT TO {table} DO INSTEAD NOTHING",
    ]:
        with refused("must be owner of"):
            run(statement)


@pytest.mark.django_db(transaction=True)
@HISTORY
def test_triggers_stop_the_owner_too(model):
    table = model._meta.db_table
    make_committed(model)
    with as_owner():
        for statement in [
            f"UPDATE {table} SET id = id",
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
            f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = excluded.id",
        ]:
            with refused("only grows"):
                run(statement)
    # The control: with the triggers off, the same goes through.
    with without_guards(table):
        assert run(f"UPDATE {table} SET id = id") >= 1
    with without_guards(*(m._meta.db_table for m in APPEND_ONLY)):
        run(f"TRUNCATE {table} CASCADE")
        assert not model.objects.exists()
    assert model.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        'SET ROLE "owner"',
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION this_transaction() RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
        "ALTER ROLE app SUPERUSER",
        "COPY negotiations_party FROM PROGRAM 'true'",
    ],
)
def test_the_app_finds_no_way_around_its_rights(statement):
    with pytest.raises(Exception, match=r"permission denied|must be (owner|superuser)"), transaction.atomic():
        run(statement)


@pytest.mark.django_db
def test_the_app_owns_nothing():
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = 'app'::regrole") == [(0,)]
    assert ask("SELECT count(*) FROM pg_proc WHERE proowner = 'app'::regrole") == [(0,)]
    assert ask("SELECT pg_has_role('app', 'owner', 'MEMBER')") == [(False,)]
    # The control: these questions do find an owner's things.
    assert ask("SELECT count(*) > 30 FROM pg_class WHERE relowner = 'owner'::regrole") == [(True,)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", WITH_REVISION, ids=lambda model: model.__name__)
def test_nothing_is_added_to_a_past_change(model):
    negotiation = factories.NegotiationFactory()
    past = factories.ChangeFactory(negotiation=negotiation)
    with refused("carries a change of another transaction"):
        make(model, negotiation=negotiation, revision=past.revision)
    assert not model.objects.exists()
    # The control: under a Change of its own transaction the same row is taken.
    assert make(model, negotiation=negotiation).revision > past.revision


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["Evidence", "Dependence"])
def test_a_past_stance_gets_no_more_evidence_and_no_more_conditions(name, world):
    more = getattr(factories, f"{name}Factory")
    stance = factories.StanceFactory(position=world.cell(world.france, world.force), evidence=[world.send])
    named = {"quote": world.neighbours} if name == "Evidence" else {"party": world.germany}
    with refused("carries a change of another transaction"):
        more(stance=stance, **named)
    with refused("_is_frozen"):  # nor under a new Change, which is not the stance's
        run("SET CONSTRAINTS ALL IMMEDIATE")
        more(stance=stance, revision=factories.change(world.negotiation).revision, **named)
    with transaction.atomic():  # the control
        stance = factories.StanceFactory(position=world.cell(world.germany, world.force))
        more(stance=stance, **named)


@pytest.mark.django_db(transaction=True)
def test_no_row_edit_is_added_to_a_past_change():
    past = factories.ChangeFactory()
    with refused("carries a change of another transaction"):
        factories.RowEditFactory(change=past)
    with transaction.atomic():
        factories.RowEditFactory(change=factories.ChangeFactory())


INSERT_CHANGE = """
WITH raised AS (UPDATE negotiations_negotiation SET revision = revision + 1 WHERE id = %s RETURNING id, revision)
INSERT INTO negotiations_change (negotiation_id, revision, at, verb, what, why, request_hash, transaction)
SELECT id, revision, clock_timestamp(), 'added', '', '', '', %s FROM raised RETURNING transaction
"""


@pytest.mark.django_db(transaction=True)
def test_a_change_cant_claim_to_be_of_another_transaction():
    past = factories.ChangeFactory()
    written = ask(INSERT_CHANGE, past.negotiation_id, past.transaction)
    assert written != [(past.transaction,)]
    with without_guards("negotiations_change"):  # the control: it is the trigger that stamps it
        assert ask(INSERT_CHANGE, past.negotiation_id, past.transaction) == [(past.transaction,)]


@pytest.mark.django_db(transaction=True)
def test_a_temporary_table_doesnt_stand_in_for_the_log(world):
    """Temporary tables come first when PostgreSQL looks a name up; the guards must not be taken in."""
    past = Change.objects.filter(negotiation=world.negotiation).earliest("revision")
    with undone():
        run("CREATE TEMPORARY TABLE negotiations_change AS SELECT * FROM public.negotiations_change")
        run("UPDATE negotiations_change SET transaction = this_transaction()")
        with refused("carries a change of another transaction"):
            run(
                "INSERT INTO negotiations_outletgrading (negotiation_id, revision, outlet_id, reliability, reason)"
                " VALUES (%s, %s, %s, 'A', 'forged')",
                world.negotiation.pk,
                past.revision,
                world.outlet.pk,
            )


@pytest.mark.django_db(transaction=True)
def test_nothing_cascades_into_history():
    """Taking a party away, even as the owner with its own guard off, doesn't take its stances along."""
    party = factories.StanceFactory().position.party
    with as_owner(), refused("violates foreign key constraint"):
        run("ALTER TABLE negotiations_party DISABLE TRIGGER USER")
        run("DELETE FROM negotiations_party WHERE id = %s", party.pk)
    assert ask(
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confdeltype <> 'a'"
        " AND conrelid::regclass::text LIKE 'negotiations_%%'",
    ) == [(0,)]
    assert Party.objects.filter(pk=party.pk).exists()
