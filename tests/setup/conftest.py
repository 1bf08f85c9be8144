"""A room of its own for each test of the set-up: a data folder, and processes that are ended after it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_HOLD = """
import sys
from pathlib import Path
from negotiations import data_folder
from negotiations.database.embedded import use
from negotiations.trouble import Trouble
try:
    use.hold(data_folder.prepare(Path(sys.argv[1])))
except Trouble as trouble:
    sys.exit(f"TROUBLE {trouble}")
print("up", flush=True)
sys.stdin.read()
"""


class Room:
    """A folder, and what runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.processes: list[subprocess.Popen[str]] = []

    def surroundings(self, **more: str) -> dict[str, str]:
        ours = ("PARLEY_", "DATABASE_", "DJANGO_", "MAKE")
        usual = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {**usual, "PARLEY_DATA": str(self.data), "PYTHONPATH": str(ROOT), **more}

    def start(self, *command: object, **more: str) -> subprocess.Popen[str]:
        """Start a command in a session of its own, as a terminal would."""
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env=self.surroundings(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def run(self, *command: object, **more: str) -> tuple[int, str]:
        """Run a command to its end: its code, and all that it said."""
        process = self.start(*command, **more)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def manage(self, *words: str, **more: str) -> tuple[int, str]:
        return self.run(sys.executable, "manage.py", *words, **more)

    def holder(self, data: Path | None = None) -> subprocess.Popen[str]:
        """Start a process that holds the embedded server until `leave`."""
        return self.start(sys.executable, "-c", _HOLD, data or self.data)

    def hold(self, data: Path | None = None) -> subprocess.Popen[str]:
        process = self.holder(data)
        said = process.stdout.readline()
        assert said == "up\n", said + process.stdout.read()
        return process

    def server(self, data: Path | None = None) -> int | None:
        """The number of the server's process, while it lives."""
        file = (data or self.data) / "postgres/postmaster.pid"
        return int(file.read_text().split()[0]) if file.exists() else None

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()
        self.processes.clear()
        for file in list(self.folder.rglob("postmaster.pid")):  # whoever comes last stops the server
            leave(self.hold(file.parent.parent))


def leave(process: subprocess.Popen[str]) -> None:
    """Let a holder end by itself."""
    process.communicate(timeout=60)
    assert process.returncode == 0


@contextmanager
def _made() -> Iterator[Room]:
    folder = Path(tempfile.mkdtemp(prefix="parley test "))  # a space, on purpose
    folder.chmod(0o755)  # as root, the server's account must get in
    try:
        yield Room(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def room() -> Iterator[Room]:
    """An empty room."""
    with _made() as room:
        yield room
        room.end()


@pytest.fixture(scope="session")
def _house() -> Iterator[Room]:
    with _made() as room:
        leave(room.hold())
        yield room


@pytest.fixture
def home(_house: Room) -> Iterator[Room]:
    """A room in which a server has run before and is stopped; the tests that use it leave it so."""
    yield _house
    _house.end()
