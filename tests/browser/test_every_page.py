"""Every page can be used by everybody, in light and dark, on a screen and on a phone, and complains of nothing.

Every link is followed; but of what each cell and each quote has of its own, like a history, a few. Of the pages, those
are judged that are built of something new: the first of each kind in light on a screen and in dark on a phone, the
others in one of the four looks by turns. PARLEY_THOROUGH=1 follows every link and judges every page in every look,
which takes long.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from itertools import cycle

import pytest
from django.test import Client
from playwright.sync_api import Page

from negotiations.models import User

from .judging import LOOKS, TWO_LOOKS, Look, faults
from .paris import BOARD, cell
from .visitors import Visitor
from .walking import Found, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

THOROUGH = os.environ.get("PARLEY_THOROUGH") == "1"

# Pages that no plain link leads to: forms do.
STARTS = [
    "/",
    f"{BOARD}?as_of=2026-01-06",
    f"{BOARD}?code=champions&mark=if&linked=1",
    f"{BOARD}?kind=organisation&code=rejects",
    f"{BOARD}?collective=coalition&unknown=hide",
    f"{cell('france', 3)}?as_of=2025-12-31",
    f"{BOARD}search/",
]


def client_of(name: str) -> Client:
    client = Client()
    if name:
        user = User.objects.get(username=name)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@cache
def pages_of(name: str) -> tuple[Found, ...]:
    """All that this person comes to by following links."""
    all_of = () if name else ("cell", "contradiction")
    return tuple(walk(client_of(name), STARTS, at_most=None if THOROUGH else 5, all_of=all_of))


def what_is_wrong(window: Page, pages: Iterable[Found], first: tuple[Look, ...] = TWO_LOOKS) -> str:
    """Visit the pages that are built of something new, the first of each kind in the looks `first`."""
    found: list[str] = []
    kinds, shapes = set[str](), set[str]()
    turns = cycle(LOOKS)
    for page in pages:
        if not page.shapes:  # a file, or a feed
            continue
        if THOROUGH or page.kind not in kinds or page.shapes - shapes:
            looks = LOOKS if THOROUGH else [next(turns)] if page.kind in kinds else first
            window.goto(page.address)
            found += faults(window, looks)
        kinds.add(page.kind)
        shapes |= page.shapes
    return "\n".join(found)


@pytest.mark.parametrize("name", ["", "anna"])
def test_every_link_leads_somewhere(site: str, name: str) -> None:
    dead = [(page.address, page.status, page.linked_from) for page in pages_of(name) if page.status not in (200, 302)]
    assert dead == []


def test_a_reader_can_use_every_page(visitor: Callable[..., Visitor]) -> None:
    pages = [page for page in pages_of("") if page.status == 200]
    assert len(pages) > 140  # the seed makes that many
    found = what_is_wrong(visitor().page, pages)
    assert not found, found


def test_an_analyst_can_use_every_page(visitor: Callable[..., Visitor]) -> None:
    """Those that a reader has not got, and of the others one of each kind."""
    seen = {page.address for page in pages_of("")}
    pages = [page for page in pages_of("anna") if page.status == 200]
    more = [page for page in pages if page.address not in seen]
    assert {"cell_edit", "password_change"} <= {page.kind for page in more}
    one_of_each_kind = {page.kind: page for page in pages if page.address in seen}
    window = visitor("anna").page
    found = what_is_wrong(window, more)
    found += what_is_wrong(window, one_of_each_kind.values(), first=LOOKS[1:2])
    assert not found, found
