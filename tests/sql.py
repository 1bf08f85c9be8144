"""Writing to the database behind Parley's back, as tests of what it refuses do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from negotiations.database.roles import as_owner


def run(statement: str, *values: Any) -> int:
    """Run one statement with this thread's login; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount


def ask(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        return cursor.fetchall()


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The database refuses what is done in here, at the latest at commit, and says `words`. Nothing is kept."""
    with pytest.raises(DatabaseError, match=re.escape(words)), transaction.atomic():  # noqa: PT012
        yield
        run("SET CONSTRAINTS ALL IMMEDIATE")  # as commit does, also where a test's own transaction is around


@contextmanager
def undone() -> Iterator[None]:
    """What is done in here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_guards(*tables: str) -> Iterator[None]:
    """The control of a guard: as the owner, with the triggers of `tables` off. All of it is taken back.

    The owner has a connection of its own, so whatever is looked at must be committed.
    """
    with as_owner(), undone():
        for table in tables:
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at one moment, each in a thread with a connection of its own; what each gave or raised."""
    answers: list[Any] = [None] * len(acts)
    start = Barrier(len(acts))

    def work(number: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            answers[number] = acts[number]()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [Thread(target=work, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
