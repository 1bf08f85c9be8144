"""Reading rows that people edit in place as they were at a revision (sql/0025_past.sql)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from .one_moment import one_moment

TURN_TO = """
SELECT set_config('search_path', 'past, ' || current_setting('search_path'), true),
       set_config('parley.past_of', %s, true), set_config('parley.past_at', %s, true)
"""
TURN_BACK = "SELECT set_config('search_path', %s, true)"


@contextmanager
def as_recorded(negotiation: int, revision: int) -> Iterator[None]:
    """In here, names, places and whatever else is edited in place read as at that revision of this negotiation.

    Links that were taken away since are there, and what was added since is not. Of other negotiations there is nothing.
    Access is not of the past: negotiations, memberships and users are those of today. Nothing can be written in here.
    Two queries.
    """
    # An error leaves the settings behind with the savepoint.
    with one_moment(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TURN_TO, [str(negotiation), str(revision)])
        path = cursor.fetchone()[0]
        yield
        cursor.execute(TURN_BACK, [path.removeprefix("past, ")])


def values_then(table: str, row: int) -> dict[str, Any]:
    """What columns of a row that were edited since held then. Only asked within `as_recorded`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT past.values_of(%s, %s)::text", [table, row])
        (held,) = cursor.fetchone()
    return json.loads(held or "{}")
