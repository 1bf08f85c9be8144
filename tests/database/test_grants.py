"""The app's role may add to history and read it, and nothing else; what it may do elsewhere is listed."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import Error, ProgrammingError, connection, transaction

from negotiations.database.roles import as_owner, grant_app_role, privileges
from negotiations.models import APPEND_ONLY, DELETABLE, IN_HAND

pytestmark = pytest.mark.django_db

two_roles = pytest.mark.skipif(not settings.DATABASE_OWNER, reason="needs two roles")
HISTORY = [model._meta.db_table for model in APPEND_ONLY]


def _refusal(statement: str) -> str:
    """The SQLSTATE with which the database refuses the statement; "" where it is carried out."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Error as error:
        return error.__cause__.sqlstate
    return ""


NOT_ALLOWED = "42501"


@two_roles
@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} DISABLE TRIGGER USER",
        "CREATE TRIGGER mine BEFORE INSERT ON {} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "DROP TABLE {} CASCADE",
        "ALTER TABLE {} OWNER TO CURRENT_USER",
        "CREATE RULE mine AS ON INSERT TO {} DO INSTEAD NOTHING",
    ],
)
def test_the_app_cannot_rewrite_history(table, statement):
    assert _refusal(statement.format(table)) == NOT_ALLOWED


@two_roles
@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE {owner}",
        "SET SESSION AUTHORIZATION {owner}",
        "SET session_replication_role = replica",
        "CREATE TABLE mine ()",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('negotiations', '9999_mine', now())",
        "GRANT ALL ON negotiations_stance TO {app}",
        "COPY negotiations_negotiation TO PROGRAM 'true'",
    ],
)
def test_the_app_cannot_become_more_than_it_is(statement):
    names = {"owner": settings.DATABASE_OWNER["USER"], "app": settings.DATABASE_APP["USER"]}
    refused = _refusal(statement.format(**names))
    if statement.startswith("GRANT"):  # PostgreSQL grants nothing and only warns: nothing has changed
        assert not _may("negotiations_stance", "DELETE")
    else:
        assert refused == NOT_ALLOWED


def _may(table: str, privilege: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [settings.DATABASE_APP["USER"], table, privilege])
        return cursor.fetchone()[0]


@two_roles
def test_each_table_has_what_its_model_needs_and_no_more():
    every = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    for model in apps.get_models(include_auto_created=True):
        allowed = [each for each in every if _may(model._meta.db_table, each)]
        assert ", ".join(allowed) == privileges(model), model._meta.db_table


@two_roles
def test_only_links_and_work_in_hand_may_be_taken_away():
    ours = apps.get_app_config("negotiations").get_models()
    assert {model for model in ours if _may(model._meta.db_table, "DELETE")} == {*DELETABLE, *IN_HAND}


@two_roles
def test_the_tests_themselves_run_as_the_app():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        assert set(cursor.fetchone()) == {settings.DATABASE_APP["USER"]}


@two_roles
@pytest.mark.django_db(transaction=True)
def test_granting_again_takes_back_what_somebody_added():
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute(f"GRANT DELETE ON negotiations_stance TO {settings.DATABASE_APP['USER']}")
    assert _may("negotiations_stance", "DELETE")  # the control
    with as_owner():
        grant_app_role()
    assert not _may("negotiations_stance", "DELETE")


@two_roles
def test_the_owner_is_let_in_only_for_a_while():
    before = connection.settings_dict["USER"]
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == settings.DATABASE_OWNER["USER"]
    assert connection.settings_dict["USER"] == before
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mine ()")
