"""What every test stands on: a real PostgreSQL, used as the app's role, and a word on what did not run."""

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from negotiations.database.roles import as_owner
from negotiations.trouble import sentence

pytest_plugins = ["tests.people", "tests.worlds"]

# A busy machine is no fault of a test's.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
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


_TRUNCATE_TRIGGERS = """
SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
WHERE NOT tgisinternal AND tgtype & 32 <> 0  -- those that refuse to empty a table of history
"""
_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_as_owner(case: TransactionTestCase) -> None:
    """Between tests that commit, the owner empties the tables; the app may not, and triggers refuse it."""
    with as_owner() as connection, connection.cursor() as cursor:
        cursor.execute(_TRUNCATE_TRIGGERS)
        triggers = cursor.fetchall()

        def turn(how: str) -> None:
            for table, name in triggers:
                cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {name}")

        turn("DISABLE")
        try:
            _empty_tables(case)
        finally:
            turn("ENABLE")


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
        terminalreporter.line(f"{count} tests need Chromium, and none was found: on Debian, apt install chromium.")
