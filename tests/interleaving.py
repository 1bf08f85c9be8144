"""Two who act at once, in every order of their steps, against the real database.

An act has four steps: it opens (reads what it will act on), checks (its first lock, and what it looks at behind it),
writes, and commits. Each of the two works in a thread with a connection of its own and stops before each step until the
order says that it is its turn. Where a lock of the other holds it, the order goes on as the lock allows: whoever waits
takes its step once it can.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import combinations
from threading import Condition
from typing import Any

from django.db import connection

STEPS = ("open", "check", "write", "commit")
TICK = 0.004  # seconds between two looks at whether a lock holds somebody
PATIENCE = 30  # seconds

LOCKS = re.compile(r"FOR (NO KEY )?UPDATE")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|WITH raised)")

Gate = Callable[[str], None]
Act = Callable[[], Any]
Order = tuple[str, ...]  # such as ("A", "B", "B", "A", …): whose step comes next


def orders(*, alike: bool = False) -> Iterator[Order]:
    """All seventy orders of two times four steps; where both do the same, the half in which A begins."""
    places = range(2 * len(STEPS))
    for mine in combinations(places, len(STEPS)):
        if not alike or 0 in mine:
            yield tuple("A" if place in mine else "B" for place in places)


class Editor:
    """One of the two: a thread with its own connection, which stops at gates."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._turn = Condition()
        self._at: str | None = None
        self._open = self._is_done = False
        self.pid: int = self._pool.submit(self._connect).result()
        self.answer: Future = Future()

    def _connect(self) -> int:
        connection.ensure_connection()
        return int(connection.connection.info.backend_pid)

    def begin(self, opening: Act, acting: Callable[[Any], Any]) -> None:
        """Start on an act: `opening` gives what is seen, `acting` does it. Stops before the first step."""
        self._is_done = False
        self.answer = self._pool.submit(self._work, opening, acting)

    def _work(self, opening: Act, acting: Callable[[Any], Any]) -> Any:
        try:
            self._stop("open")
            seen = opening()
            with self._stopping():
                return acting(seen)
        finally:
            with self._turn:
                self._is_done = True
                self._turn.notify_all()

    @contextmanager
    def _stopping(self) -> Iterator[None]:
        """Stop before the first lock, the first writing after it, and the commit."""
        waiting = ["check", "write"]

        def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
            words = str(sql)
            if waiting and (LOCKS if waiting[0] == "check" else WRITES).search(words):
                self._stop(waiting.pop(0))
            return execute(sql, params, many, context)

        commit = connection._commit

        def stop_and_commit() -> None:
            self._stop("commit")
            commit()

        connection._commit = stop_and_commit
        try:
            with connection.execute_wrapper(watch):
                yield
        finally:
            connection._commit = commit

    def _stop(self, step: str) -> None:
        with self._turn:
            self._at = step
            self._turn.notify_all()
            if not self._turn.wait_for(lambda: self._open, timeout=PATIENCE):
                raise TimeoutError(f"nobody let it {step}")
            self._open, self._at = False, None

    # --- from outside

    @property
    def is_done(self) -> bool:
        return self._is_done

    @property
    def stands(self) -> bool:
        """Whether it has come to a gate or to its end."""
        return self._at is not None or self._is_done

    def comes(self) -> bool:
        """Whether it stands, at once or in a moment."""
        with self._turn:
            return self._turn.wait_for(lambda: self.stands, timeout=TICK)

    def let(self) -> None:
        """Let it take the step at whose gate it stands."""
        with self._turn:
            if self._at is not None:
                self._open, self._at = True, None
                self._turn.notify_all()

    def outcome(self) -> Any:
        """What the act gave, or what it raised."""
        return self.answer.exception(timeout=PATIENCE) or self.answer.result()

    def leave(self) -> None:
        self._pool.submit(lambda: connection.close()).result()  # that thread's own
        self._pool.shutdown()


def play(order: Order, editors: dict[str, Editor]) -> None:
    """Let the two take their steps in this order, as far as their locks allow, until both are done."""
    for editor in editors.values():
        _settle(editor)
    owed = dict.fromkeys(editors, 0)
    for name in order:
        owed[name] += 1
        _pay(owed, editors)
    deadline = time.monotonic() + PATIENCE
    while not all(editor.is_done for editor in editors.values()):
        assert time.monotonic() < deadline, "the two wait for each other"
        for editor in editors.values():
            if editor.stands:
                editor.let()
            _settle(editor)


def _pay(owed: dict[str, int], editors: dict[str, Editor]) -> None:
    """Let everybody take the steps whose turn has come, also those for whom a lock has gone meanwhile."""
    moved = True
    while moved:
        moved = False
        for name, editor in editors.items():
            if owed[name] and editor.stands and not editor.is_done:
                owed[name] -= 1
                editor.let()
                moved = True
            _settle(editor)


def _settle(editor: Editor) -> None:
    """Wait until it stands at its next gate, is done, or is held by a lock."""
    deadline = time.monotonic() + PATIENCE
    while not editor.comes():
        assert time.monotonic() < deadline, "it neither arrives nor waits"
        if _is_held(editor.pid):
            return


def _is_held(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return bool(cursor.fetchone()[0])
