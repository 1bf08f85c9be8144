"""What is wrong outside the program ends in one clear sentence, never in a traceback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

MIGRATE = ("migrate", "--skip-checks")


def _told(room, *words: str, **surroundings: str) -> str:
    """What a command of ours says where it fails; one line, and no traceback."""
    code, said = room.manage(*words, **surroundings)
    assert code not in (0, None)
    assert "Traceback" not in said
    assert said.strip().count("\n") == 0, said
    return said.strip()


def test_a_data_folder_that_cannot_be_made(room):
    (room.folder / "file").write_text("no folder")
    said = _told(room, *MIGRATE, PARLEY_DATA=str(room.folder / "file/data"))
    assert "cannot be written" in said
    assert "DATA=" in said


@pytest.mark.parametrize(
    ("url", "means"),
    [
        ("postgresql://parley:secret@127.0.0.1:1/parley", "refused"),
        ("postgresql://parley:secret@no-such-host.invalid/parley", "no-such-host.invalid"),
        ("postgresql://parley@/parley?host=/nowhere", "/nowhere"),
    ],
)
def test_a_database_that_is_not_there(room, url, means):
    said = _told(room, *MIGRATE, DATABASE_URL=url)
    assert said.startswith("The database cannot be used: ")
    assert means in said
    assert "secret" not in said


def test_a_database_that_refuses_the_login(home):
    home.hold()
    url = f"postgresql://stranger@/parley?host={home.data}/socket".replace(" ", "%20")
    assert 'role "stranger" does not exist' in _told(home, *MIGRATE, DATABASE_URL=url)
    missing = f"postgresql://app@/elsewhere?host={home.data}/socket".replace(" ", "%20")
    assert 'database "elsewhere" does not exist' in _told(home, *MIGRATE, DATABASE_URL=missing)


@pytest.mark.parametrize(
    ("surroundings", "means"),
    [
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL must look like postgresql://"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL must look like postgresql://"),
        ({"DATABASE_OWNER_URL": "postgresql://owner@db/parley"}, "given without DATABASE_URL"),
        (
            {
                "DATABASE_URL": "postgresql://app@db/parley",
                "DATABASE_OWNER_URL": "postgresql://owner@db/other",
            },
            "they differ in name",
        ),
        ({"PARLEY_URL": "parley.example.org"}, "PARLEY_URL is 'parley.example.org'"),
        ({"PARLEY_PORT": "eight"}, "PORT is 'eight'"),
    ],
)
def test_a_setting_that_cannot_be_meant(room, surroundings, means):
    assert means in _told(room, *MIGRATE, **surroundings)


def test_a_port_that_is_in_use(room):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = _told(room, "run", "--skip-checks", PARLEY_PORT=str(port))
    assert said.startswith(f"Port {port} is in use: ")
    assert not (room.data / "postgres").exists(), "it was found out before anything was begun"


# --- before there is a virtual environment ----------------------------------------------------------


@pytest.fixture
def newcomers(room) -> Path:
    """A clone in which nothing has been prepared."""
    clone = room.folder / "clone"
    clone.mkdir()
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, clone)
    shutil.copytree(ROOT / "tools", clone / "tools")
    return clone


def _make(clone: Path, *words: str, **surroundings: str) -> str:
    usual = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    made = subprocess.run(
        ["make", "run", *words], cwd=clone, env={**usual, **surroundings}, capture_output=True, text=True
    )
    assert made.returncode == 2
    assert "Traceback" not in made.stderr
    lines = [line for line in made.stderr.splitlines() if not line.startswith("make: ***")]
    assert len(lines) == 1, made.stderr
    return lines[0]


def test_without_a_python_that_is_new_enough(newcomers):
    said = _make(newcomers, "PYTHON=")
    assert said == "Parley needs Python 3.11 or newer, and found none."


def test_an_old_python_is_passed_over(newcomers):
    """One that calls itself python3 and is too old stands first in the path."""
    old = newcomers / "old"
    old.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (old / name).write_text("#!/bin/sh\nexit 1\n")
        (old / name).chmod(0o755)
    assert "needs Python 3.11" in _make(newcomers, PATH=f"{old}:{os.environ['PATH']}")


def test_without_the_venv_module(newcomers):
    lacking = newcomers / "lacking"
    lacking.mkdir()
    (lacking / "ensurepip.py").write_text("raise ImportError\n")
    said = _make(newcomers, f"PYTHON={sys.executable}", PYTHONPATH=str(lacking))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert said.startswith(f"Python {version} lacks its venv module: ")
    assert f"apt install python{version}-venv" in said
