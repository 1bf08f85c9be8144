"""What belongs to a negotiation never points into another one, for every pointer that there is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from negotiations.database.roles import as_owner
from negotiations.models import Position
from tests import factories
from tests.sql import ask, refused, run, undone


def is_owned(model):
    return any(field.name == "negotiation" for field in model._meta.fields)


POINTERS = [
    field
    for model in apps.get_app_config("negotiations").get_models()
    if is_owned(model)
    for field in model._meta.fields
    if isinstance(field, ForeignKey) and is_owned(field.related_model)
]
EACH_POINTER = pytest.mark.parametrize("field", POINTERS, ids=str)

# What a row needs beside a source, or as work on a question, so that no other rule refuses it first.
BESIDE_A_SOURCE = {"quote": None, "locator": "page 3"}
ON_A_QUESTION = {"task": "question", "position": None}


def make(model, **values):
    if model is Position:  # the database makes cells; this one it would not
        party, priority = factories.PartyFactory, factories.PriorityFactory
        talks = values["negotiation"]
        values = {"party": party(negotiation=talks), "priority": priority(negotiation=talks)} | values
        return Position.objects.create(**values)
    return getattr(factories, f"{model.__name__}Factory")(**values)


@pytest.mark.django_db
@EACH_POINTER
def test_no_row_points_into_another_negotiation(field):
    here, there = factories.NegotiationFactory(), factories.NegotiationFactory()
    target = getattr(factories, f"{field.related_model.__name__}Factory")
    beside = BESIDE_A_SOURCE if field.name == "source" and field.model.__name__ != "Snapshot" else {}
    beside = {k: v for k, v in beside.items() if k in {f.name for f in field.model._meta.fields}}
    if str(field) == "negotiations.Assignment.question":
        beside = ON_A_QUESTION
    with refused("_same_negotiation"):
        make(field.model, negotiation=here, **beside, **{field.name: target(negotiation=there)})
    # The control: within one negotiation the same is taken.
    if field.model is not Position:
        make(field.model, negotiation=here, **beside, **{field.name: target(negotiation=here)})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "pointer"),
    [("Person", "party"), ("Source", "outlet"), ("Attendance", "party"), ("Commitment", "priority")],
)
def test_no_row_is_turned_into_another_negotiation(model, pointer):
    row = getattr(factories, f"{model}Factory")()
    abroad = getattr(factories, f"{pointer.capitalize()}Factory")()
    with refused("_same_negotiation"):
        run(f"UPDATE {row._meta.db_table} SET {pointer}_id = %s WHERE id = %s", abroad.pk, row.pk)


CONSTRAINT = """
SELECT count(*) FROM pg_constraint
WHERE contype = 'f' AND convalidated AND NOT condeferrable
  AND conrelid = %(table)s::regclass AND confrelid = %(target)s::regclass
  AND conkey = ARRAY[(SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'negotiation_id'),
                     (SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = %(column)s)]
  AND confkey = ARRAY[(SELECT attnum FROM pg_attribute WHERE attrelid = confrelid AND attname = 'negotiation_id'),
                      (SELECT attnum FROM pg_attribute WHERE attrelid = confrelid AND attname = 'id')]
"""


def unguarded():
    """The pointers that have no constraint together with their negotiation."""

    def count(field):
        tables = {"table": field.model._meta.db_table, "target": field.related_model._meta.db_table}
        return ask_named(CONSTRAINT, tables | {"column": field.column})

    return [str(field) for field in POINTERS if count(field) == 0]


def ask_named(question, values):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_every_pointer_has_its_constraint():
    """A new pointer needs a line in sql/0002_same_negotiation.sql."""
    assert len(POINTERS) > 35
    assert unguarded() == []
    with as_owner(), undone():  # the control
        run("ALTER TABLE negotiations_person DROP CONSTRAINT person_party_id_same_negotiation")
        assert unguarded() == ["negotiations.Person.party"]


@pytest.mark.django_db
def test_each_row_is_of_a_negotiation():
    """Rows of a negotiation can't be without one, where a pair with a null would slip through."""
    columns = (
        "SELECT DISTINCT is_nullable FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE column_name = 'negotiation_id' AND table_type = 'BASE TABLE'"
    )
    assert ask(columns + " AND table_name <> 'negotiations_change'") == [("NO",)]
    assert ask(columns + " AND table_name = 'negotiations_change'") == [("YES",)]  # acts on accounts
