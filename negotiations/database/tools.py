"""PostgreSQL's own tools, run on Parley's database as the role that owns it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from negotiations.database.embedded import programs, use
from negotiations.trouble import Trouble


def run(program: str, *words: str) -> None:
    """Run pg_dump or pg_restore with these words. Raises Trouble with its last line where it fails."""
    done = subprocess.run([_find(program), *words], env=_surroundings(), capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["it said nothing"]
        raise Trouble(f"{program} failed: {said[0]}")


def _find(program: str) -> str:
    """The embedded server's own tool; for another server the one on the path, which must not be older."""
    if settings.DATABASE_EMBEDDED:
        use.hold(settings.PARLEY_DATA)
        return str(programs.original() / program)
    found = shutil.which(program)
    if not found:
        raise Trouble(f"{program} is not on this machine: install PostgreSQL's client programs.")
    return found


def _surroundings() -> dict[str, str]:
    """Tell the tool by its variables, so that no password is seen in the list of processes."""
    login = {**connection.settings_dict, **settings.DATABASE_OWNER}
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    told = {variable: str(login[part]) for part, variable in names.items() if login.get(part)}
    options = login.get("OPTIONS", {})
    told |= {f"PG{name.upper()}": str(options[name]) for name in ("sslmode", "sslrootcert") if name in options}
    return {**os.environ, **told}


@contextmanager
def new_private_file(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when it is whole. Raises Trouble where `path` exists."""
    if path.exists():
        raise Trouble(f"{path} exists already: name another file.")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        if isinstance(error, Trouble):
            raise
        raise Trouble(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
