"""What every test stands on: a real PostgreSQL, used as the app's role, and a word on what did not run."""

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from negotiations.database.roles import as_owner
from negotiations.trouble import sentence
from tests import template

pytest_plugins = ["tests.people", "tests.worlds"]

# A busy machine is no fault of a test's.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")

# The first is Chromium without the windows around its pages, which take more time than the pages do.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """The path of a Chromium on this machine."""
    return next((path for path in map(shutil.which, _BROWSERS) if path), None)


# --- the database: made by the owner, used by the app ----------------------------------------------


def _log_in_as(login: dict[str, str]) -> None:
    """Use this login from now on. All threads share the settings, a live server's too."""
    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(login)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> None:
    _log_in_as(settings.DATABASE_OWNER)
    with django_db_blocker.unblock():
        _drop_left_overs()
        template.offer()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        template.keep()
    _log_in_as(settings.DATABASE_APP)
    yield
    _log_in_as(settings.DATABASE_OWNER)


def _drop_left_overs() -> None:
    """Drop the test databases of runs that were killed: their names end in the number of their process."""
    with connections["default"]._nodb_cursor() as cursor:
        if not settings.DATABASE_EMBEDDED:
            return
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_parley\\_%'")
        for (name,) in cursor.fetchall():
            number = name.split("_")[2]
            try:
                os.kill(int(number), 0)
            except ProcessLookupError:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            except (PermissionError, ValueError):
                continue


_KEPT = {"django_migrations", "django_content_type", "auth_permission"}  # what migrating made


def _empty_tables_as_owner(case: TransactionTestCase | None = None) -> None:
    """Between tests that commit, the owner empties the tables; the app may not, and triggers refuse it.

    Only those that hold something, and row by row: a test leaves few rows, and truncating every table, as Django
    does, costs some twenty times as much. One statement deletes from all, so that no foreign key is in its way.
    """
    with as_owner() as connection, connection.cursor() as cursor:
        tables = [
            connection.ops.quote_name(name)
            for name in connection.introspection.table_names(cursor)
            if name not in _KEPT
        ]
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables))
        filled = [table for (table,) in cursor.fetchall()]
        if not filled:
            return

        def turn(how: str) -> str:
            return "".join(f"ALTER TABLE {table} {how} TRIGGER USER;" for table in filled)

        deleting = ", ".join(f"from_{number} AS (DELETE FROM {table})" for number, table in enumerate(filled))
        with transaction.atomic():
            cursor.execute(f"{turn('DISABLE')} WITH {deleting} SELECT; SET CONSTRAINTS ALL IMMEDIATE; {turn('ENABLE')}")


TransactionTestCase._fixture_teardown = _empty_tables_as_owner


def pytest_sessionstart(session: pytest.Session) -> None:
    """A database that cannot be had is told in one sentence, before anything else.

    With several processes the first one holds the embedded server, so that it runs until all are done.
    """
    if hasattr(session.config, "workerinput"):
        return
    connection = connections["default"]
    try:
        with connection.wrap_database_errors:
            connection.get_new_connection(connection.get_connection_params()).close()
    except Exception as error:
        told = sentence(error)
        if told is None:
            raise
        pytest.exit(told, returncode=3)


# --- browser tests: run, or said to be missing -----------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find_browser():
        return
    missing = [item for item in items if item.get_closest_marker("browser")]
    if missing and os.environ.get("PARLEY_REQUIRE_BROWSER") == "1":
        raise pytest.UsageError("PARLEY_REQUIRE_BROWSER=1, and no Chromium was found on this machine.")
    for item in missing:
        item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum("no Chromium on this machine" in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True)
        terminalreporter.line(f"{count} tests need Chromium, and none was found.")
        terminalreporter.line("On Debian, apt install chromium-headless-shell; Chromium itself does, too.")
