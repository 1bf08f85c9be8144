"""A Parley with a database of its own, that may be killed; and how its editors' work is looked at afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from negotiations.database.embedded import cluster
from tests.setup.conftest import Room, _made

SLUG = "paris-2026"


class Parley:
    """One installation. Its database is started by whoever needs it, and killed here."""

    def __init__(self, room: Room) -> None:
        self.room = room
        code, said = room.manage("setup")
        assert code == 0, said
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.site = f"http://127.0.0.1:{self.port}"

    def serve(self) -> subprocess.Popen[str]:
        """Start the web server, and wait until it answers."""
        process = self.room.start(sys.executable, "manage.py", "run", PARLEY_PORT=str(self.port))
        end = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.site}/readyz", timeout=5).close()
                return process
            time.sleep(0.05)
        raise AssertionError("the web server does not answer")

    def kill_database(self) -> None:
        """First its head, so that it can't look after the others, then all of them."""
        head = self.room.server()
        assert head is not None
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(head)], capture_output=True, text=True, check=True)
        for number in [head, *map(int, listed.stdout.split())]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def kill(self, processes: list[subprocess.Popen[str]]) -> None:
        """Kill processes that the room started, with all that they started."""
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    @contextmanager
    def asked(self, user: str = cluster.APP, name: str = cluster.NAME) -> Iterator[psycopg.Connection[Any]]:
        """A connection that goes past Parley; it starts the database where it is down."""
        holder = self.room.hold()
        with psycopg.connect(
            host=str(cluster.socket_folder(self.room.data)), user=user, dbname=name, autocommit=True
        ) as connection:
            yield connection
        holder.communicate(timeout=60)

    def cells(self) -> list[tuple[Any, ...]]:
        """Of the seeded negotiation: id, party, number, version, a quote."""
        with self.asked() as connection:
            return connection.execute(
                "SELECT c.id, party.slug, number, version,"
                " (SELECT min(id) FROM negotiations_quote q WHERE q.negotiation_id = n.id)"
                " FROM negotiations_position c JOIN negotiations_negotiation n ON n.id = c.negotiation_id"
                " JOIN negotiations_party party ON party.id = party_id"
                " JOIN negotiations_priority priority ON priority.id = priority_id WHERE n.slug = %s ORDER BY c.id",
                [SLUG],
            ).fetchall()

    def faults(self, acknowledged: list[str]) -> dict[str, int]:
        """How many edits were lost, done twice, or done though never acknowledged; and how many gaps there are."""
        with self.asked() as connection:
            rows = connection.execute("SELECT key::text FROM negotiations_change WHERE why = 'A drill.'").fetchall()
            changes = [key for (key,) in rows]
            rows = connection.execute(
                "SELECT s.rationale FROM negotiations_stance s"
                " JOIN negotiations_change c USING (negotiation_id, revision)"
                " WHERE c.why = 'A drill.' AND c.key::text = s.rationale"
            ).fetchall()
            stances = [key for (key,) in rows]
            gaps = connection.execute(GAPS).fetchone()
        return {
            "lost": len(set(acknowledged) - set(stances)),
            "twice": len(stances) - len(set(stances)) + len(acknowledged) - len(set(acknowledged)),
            "never told": len(set(stances) - set(acknowledged)),
            "half": len(set(changes) ^ set(stances)),
            "gaps": sum(gaps or [1]),
        }


# Negotiations whose changes are not 1 to revision, cells whose stances are not 1 to version, cells whose copy is not
# of their last stance (in a drill, all are held from one day).
GAPS = """
SELECT (SELECT count(*) FROM negotiations_negotiation n
        WHERE (revision, revision) <> (SELECT count(*), max(revision) FROM negotiations_change c
                                       WHERE c.negotiation_id = n.id)),
       (SELECT count(*) FROM negotiations_position p
        WHERE (version, version) <> (SELECT count(*), coalesce(max(seq), 0) FROM negotiations_stance s
                                     WHERE s.position_id = p.id)),
       (SELECT count(*) FROM negotiations_position p
        WHERE rationale <> (SELECT s.rationale FROM negotiations_stance s JOIN negotiations_change c
                              USING (negotiation_id, revision)
                            WHERE s.position_id = p.id AND c.why = 'A drill.' ORDER BY seq DESC LIMIT 1))
"""


@pytest.fixture(scope="module")
def parley() -> Iterator[Parley]:
    with _made() as room:
        parley = Parley(room)
        try:
            yield parley
        finally:
            parley.kill(room.processes)
            room.end()


def wait_for(number: int, acknowledged: Callable[[], int], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while acknowledged() < number:
        assert time.monotonic() < end, f"only {acknowledged()} of {number} edits in {seconds:.0f} s"
        time.sleep(0.01)
