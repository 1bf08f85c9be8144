"""The machine dies in the middle of the work: whatever was said to be recorded is recorded, once, without a gap.

At random moments all processes of PostgreSQL are killed, and in one drill the web server with them, as when the power
fails. (What the disk itself would lose, no test without a machine to unplug can show.) PARLEY_THOROUGH=1 lets more
editors record more, through more crashes.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from negotiations.management import demo_accounts

from .browsers import Browser, Cell, Editor
from .conftest import SLUG, Parley, wait_for

pytestmark = pytest.mark.drill

THOROUGH = os.environ.get("PARLEY_THOROUGH") == "1"
EDITORS = 8 if THOROUGH else 4
EDITS = 2_000 if THOROUGH else 240
SENT = 200 if THOROUGH else 48  # edits by browsers
CRASHES = 5 if THOROUGH else 3  # of the database; of both it and the web server, two fewer
ACCOUNTS = ["analyst", "analyst2"]
WHOLE = {"lost": 0, "twice": 0, "never told": 0, "half": 0, "gaps": 0}


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Says its seed where a drill fails."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed)


class Team:
    """Editors in processes of their own, each with cells of its own."""

    def __init__(self, parley: Parley, how_many: int) -> None:
        cells = [str(cell) for cell, *_ in parley.cells()]
        self.acknowledged: list[str] = []
        command = [sys.executable, "-m", "tests.drill.worker"]
        self.processes = [
            parley.room.start(
                *command, ACCOUNTS[number % 2], how_many // EDITORS, *cells[number::EDITORS],
                DJANGO_SETTINGS_MODULE="negotiations.settings",
            )
            for number in range(EDITORS)
        ]  # fmt: skip
        for process in self.processes:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "ready\n"
        self.listeners = [threading.Thread(target=self._listen, args=[process]) for process in self.processes]
        for listener, process in zip(self.listeners, self.processes, strict=True):
            listener.start()
            process.stdin.write("go\n")
            process.stdin.flush()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self.acknowledged.append(line.strip())

    def count(self) -> int:
        return len(self.acknowledged)

    def wait(self) -> list[int]:
        """Until they have ended; how each did."""
        for listener in self.listeners:
            listener.join(timeout=120)
        return [process.wait(timeout=60) for process in self.processes]


def test_every_acknowledged_edit_outlives_every_crash_of_the_database(parley: Parley, chance: random.Random) -> None:
    team = Team(parley, EDITS)
    for moment in sorted(chance.sample(range(EDITS // 20, EDITS - EDITS // 20), CRASHES)):
        wait_for(moment, team.count)
        parley.kill_database()  # whoever of the editors comes first starts it again
    assert team.wait() == [0] * EDITORS, team.acknowledged[-1:]
    assert team.count() == EDITS
    assert parley.faults(team.acknowledged) == WHOLE


@contextmanager
def at_browsers(parley: Parley, how_many: int) -> Iterator[list[Editor]]:
    """Editors at their browsers, at work."""
    passwords = demo_accounts.known(parley.room.data)
    cells = [Cell(f"/n/{SLUG}/positions/{party}/{n}/edit", quote, v) for _, party, n, v, quote in parley.cells()]
    editors = []
    for number in range(EDITORS):
        account = ACCOUNTS[number % 2]
        editors.append(Editor(Browser(parley.site), cells[number::EDITORS]))
        editors[-1].browser.sign_in(account, passwords[account])
    stop = threading.Event()
    threads = [threading.Thread(target=editor.work, args=[how_many // EDITORS, stop]) for editor in editors]
    for thread in threads:
        thread.start()
    try:
        yield editors
        for thread in threads:
            thread.join(timeout=120)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)


def test_the_same_over_http_when_the_web_server_dies_too(parley: Parley, chance: random.Random) -> None:
    before = parley.faults([])["never told"]
    serving = parley.serve()
    with at_browsers(parley, SENT) as editors:
        for moment in sorted(chance.sample(range(SENT // 10, SENT - SENT // 10), CRASHES - 2)):
            wait_for(moment, lambda: sum(len(editor.acknowledged) for editor in editors))
            parley.kill([serving])
            parley.kill_database()
            serving = parley.serve()
    acknowledged = [key for editor in editors for key in editor.acknowledged]
    assert [editor.surprises for editor in editors] == [[]] * EDITORS
    assert len(acknowledged) == SENT
    assert parley.faults(acknowledged) == WHOLE | {"never told": before}
    parley.kill([serving])


def test_a_database_that_answers_before_it_has_written_loses_edits(parley: Parley) -> None:
    """The control: with PostgreSQL told not to wait for its log, the same crash loses what was acknowledged."""
    superuser = {"user": "postgres", "name": "postgres"}
    with parley.asked(**superuser) as connection:
        connection.execute("ALTER ROLE app SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
        team = Team(parley, 8_000)
    try:
        wait_for(100, team.count)
        parley.kill(team.processes)  # first, or they would start it again
        parley.kill_database()
        team.wait()
        found = parley.faults(team.acknowledged)
    finally:
        with parley.asked(**superuser) as connection:
            connection.execute("ALTER ROLE app RESET synchronous_commit")
            connection.execute("ALTER SYSTEM RESET wal_writer_delay")
    assert found["lost"] > 0
    assert (found["twice"], found["half"], found["gaps"]) == (0, 0, 0)  # what is left is whole
