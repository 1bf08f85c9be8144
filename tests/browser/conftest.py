"""A running Parley with the Paris talks in it, and visitors who come to it with a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from negotiations.models import Draft
from tests.conftest import find_browser

from . import paris
from .visitors import PATIENCE, Visitor, come


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a server with the seed dossier loaded, for all tests of this folder.

    They share it, for loading and emptying take longer than most tests do: whoever edits takes a cell of their own.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop in this thread
        assert connection.settings_dict["NAME"].startswith("test_")
        paris.load()
        server = LiveServer("127.0.0.1")
        urlopen(f"{server.url}{paris.BOARD}").close()  # the first page waits for modules and templates to be read
        yield server.url
        server.stop()
        TransactionTestCase("__init__")._fixture_teardown()


@pytest.fixture
def _django_db_helper(site: str) -> None:
    """In the place of pytest-django's own, which would empty the tables after each test.

    Only what the test before has left half-written goes, for it would be offered in forms of the same cell.
    """
    Draft.objects.all().delete()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield browser
        browser.close()
        connections.close_all()  # what tests asked while playwright's loop ran had a connection of its own


@pytest.fixture
def visitor(site: str, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Let somebody come: `visitor("anna")`, `visitor(width=390)`, `visitor(javascript=False)`.

    When the test is over, no page may have complained: about a script, a policy, a missing file, a foreign address.
    """
    visitors: list[Visitor] = []

    def arrive(name: str = "", **how: object) -> Visitor:
        visitors.append(come(chromium, site, name, **how))  # type: ignore[arg-type]
        return visitors[-1]

    yield arrive
    complaints = [complaint for each in visitors for complaint in each.complaints]
    for each in visitors:
        each.page.context.close()
    assert complaints == []


@pytest.fixture
def reader(visitor: Callable[..., Visitor]) -> Page:
    """Somebody who has not signed in: the Paris talks are public."""
    return visitor().page


@pytest.fixture
def analyst(visitor: Callable[..., Visitor]) -> Page:
    """Anna, signed in."""
    return visitor("anna").page
