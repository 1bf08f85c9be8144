"""One PostgreSQL cluster in the data folder: made, started, looked after, stopped.

`start` and `stop` are called by one process at a time (see use.py).
"""

import contextlib
import os
import pwd
import signal
import subprocess
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from negotiations import data_folder
from negotiations.database.embedded import making, programs
from negotiations.trouble import Trouble

NAME, OWNER, APP = "parley", "owner", "app"
_SUPERUSER = "postgres"
_PORT = "5432"  # part of the socket's name; said, so that no PGPORT of the surroundings counts
_SOCKET_PATH_BYTES = 103  # what every system allows for the path of a socket
_PATIENCE = 120  # seconds; after a crash the server first reads its log
_LOG_BYTES = 5_000_000

_children: list[subprocess.Popen[bytes]] = []  # servers that this process started


def login(data: Path) -> dict[str, Any]:
    """Django's settings for the app's login."""
    return {
        "ENGINE": "negotiations.database.embedded",
        "NAME": NAME,
        "USER": APP,
        "PASSWORD": "",
        "HOST": str(socket_folder(data)),
        "PORT": _PORT,
    }


def socket_folder(data: Path) -> Path:
    """Where the server listens: in the data folder; where that path is too long, a folder in /tmp.

    A comma or a quote in its name would be read as the end of it, so such a path is not used either.
    """
    inside = data / "socket"
    if len(os.fsencode(inside / f".s.PGSQL.{_PORT}")) <= _SOCKET_PATH_BYTES and not set(str(inside)) & set(',"'):
        return inside
    return Path("/tmp") / f"parley-{os.geteuid()}-{sha256(os.fsencode(data)).hexdigest()[:16]}"


def start(data: Path) -> None:
    """See that the server runs, with its two roles and the database. Raises Trouble where it cannot."""
    account = data_folder.server_account(data)
    if not data_folder.can_enter(data, account):
        raise Trouble(
            f"PostgreSQL does not run as root, and the account {account.pw_name} that it runs as "
            f"cannot enter {data}: name a data folder that it can enter, like DATA=/var/lib/parley."
        )
    with data_folder.explained(data):
        if not _answers(data):
            _launch(data, account)
        _make_roles(data)


def stop(data: Path) -> None:
    """Stop the server, quickly and cleanly: open transactions are undone. Nothing where none runs."""
    number = _number(data)
    if number is None or not _is_ours(number, data):
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGINT)
    end = time.monotonic() + _PATIENCE
    while (data / "postgres/postmaster.pid").exists() and _is_ours(number, data) and time.monotonic() < end:
        time.sleep(0.02)


def _connect(data: Path) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=str(socket_folder(data)),
        port=_PORT,
        user=_SUPERUSER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=10,
    )


def _answers(data: Path) -> bool:
    """Whether a server of ours takes connections; waits for one that is just starting or stopping."""
    if _number(data) is None:
        return False
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            _connect(data).close()
            return True
        except psycopg.OperationalError:
            number = _number(data)
            if number is None or not _is_ours(number, data):
                return False
        time.sleep(0.05)
    raise Trouble(f"PostgreSQL runs but does not answer; its log is {data / 'postgres.log'}.")


def _launch(data: Path, account: pwd.struct_passwd) -> None:
    binaries = programs.for_account(data, account)
    if not (data / "postgres").exists():
        making.make_cluster(data, account, binaries)
    made_by = (data / "postgres/PG_VERSION").read_text().strip()
    if made_by != programs.major():
        raise Trouble(
            f"{data / 'postgres'} was made by PostgreSQL {made_by}; this Parley brings {programs.major()}: "
            "back up with the Parley that made it, and restore into an empty data folder."
        )
    making.make_private(socket_folder(data), account)
    log = data / "postgres.log"
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(data / "postgres.log.1")
    end = time.monotonic() + _PATIENCE
    while True:
        _disown_stale_number(data)
        said = _try(data, account, binaries, log, end)
        if said is None:
            return
        # Killed hard, a server's children take a moment to notice and go; until then it may not start.
        if "pre-existing shared memory" not in said or time.monotonic() > end:
            raise Trouble(f"PostgreSQL did not start ({said}); its log is {log}.")
        time.sleep(0.2)


def _try(data: Path, account: pwd.struct_passwd, binaries: Path, log: Path, end: float) -> str | None:
    """Start the server and wait until it answers. Returns its last words where it ended instead.

    It gets a session of its own, so that a Ctrl-C meant for Parley does not reach it first.
    """
    with log.open("ab") as output:
        os.chmod(log, 0o600)
        data_folder.give(output.fileno(), data)
        began = output.tell()
        command = [str(binaries / "postgres"), "-D", str(data / "postgres"), "-p", _PORT, "-c", "listen_addresses="]
        command += ["-c", f'unix_socket_directories="{socket_folder(data)}"']
        server: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **making.run_as(account)
        )
    _children.append(server)
    while server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            _connect(data).close()
            return None
        if time.monotonic() > end:
            return f"no answer within {_PATIENCE} s"
        time.sleep(0.02)
    return making.last_words(log.read_bytes()[began:])


def _make_roles(data: Path) -> None:
    """The tables' owner, and the app that may only use them, neither a member of the other; the database."""
    with _connect(data) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if APP not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(OWNER))
            )


def _number(data: Path) -> int | None:
    """The process number that the server wrote down; None where there is none or it cannot be read."""
    try:
        return int((data / "postgres/postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _is_ours(number: int, data: Path) -> bool:
    """Whether the process lives and is this cluster's server, not a zombie or a stranger with its number."""
    for child in _children:
        child.poll()  # takes an ended child off the system's list
    proc = Path("/proc") / str(number)
    if Path("/proc/self/cmdline").exists():
        try:
            words = (proc / "cmdline").read_bytes().split(b"\0")  # empty for a zombie
        except OSError:
            return False
        return os.fsencode(data / "postgres") in words
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(number)], capture_output=True, check=False)
    return os.fsencode(data / "postgres") in shown.stdout


def _disown_stale_number(data: Path) -> None:
    """Help PostgreSQL to see that a number left behind by a killed server is not a server's.

    Where a zombie or a stranger has that number now, PostgreSQL would refuse to start. Its own parent's
    number it knows not to be a server's, so that is written instead; it then still looks, as it must,
    whether a child of the killed server is at work.
    """
    file = data / "postgres/postmaster.pid"
    if not file.exists():
        return
    number = _number(data)
    if number is None:
        file.unlink()  # cut short by a crash; an empty one stops PostgreSQL
    elif not _is_ours(number, data):
        _, _, rest = file.read_text().partition("\n")
        file.write_text(f"{os.getpid()}\n{rest}")
        (socket_folder(data) / f".s.PGSQL.{_PORT}.lock").unlink(missing_ok=True)
