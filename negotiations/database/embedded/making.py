"""Making a new cluster, and what it needs around it: an account, private folders, a locale."""

import locale
import os
import pwd
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

from negotiations.trouble import Trouble

_WEIGHT = r"\b(?:FATAL|PANIC|error):"


def make_cluster(data: Path, account: pwd.struct_passwd, binaries: Path) -> None:
    """Make an empty cluster. It gets its name when it is whole: a killed run leaves no half one."""
    unfinished = data / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    make_private(unfinished, account)
    # The builtin provider sorts alike on every system. Words are told apart by the C library's idea of
    # letters, so that one has to know Unicode.
    command = [str(binaries / "initdb"), "-D", str(unfinished), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    command += [f"--lc-ctype={_unicode_letters()}", "--no-instructions"]
    made: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, **run_as(account)
    )
    if made.returncode != 0:
        raise Trouble(f"PostgreSQL could not make {data / 'postgres'} ({last_words(made.stderr)}).")
    unfinished.rename(data / "postgres")


def make_private(folder: Path, account: pwd.struct_passwd) -> None:
    """Make a folder that only the server's account enters; one that is there must be such a folder."""
    try:
        folder.mkdir(mode=0o700)
        if os.geteuid() != account.pw_uid:
            os.chown(folder, account.pw_uid, account.pw_gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid or found.st_mode & 0o077:
            raise Trouble(
                f"{folder} exists, but is not a folder that only {account.pw_name} can enter: "
                "remove it, or name another data folder with DATA=."
            ) from None


def run_as(account: pwd.struct_passwd) -> dict[str, Any]:
    """What subprocess needs to start one of PostgreSQL's programs: its account, place and surroundings."""
    ours = ("PG", "LC_", "LANG")
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    how: dict[str, Any] = {"cwd": "/", "env": surroundings, "start_new_session": True}
    if os.geteuid() != account.pw_uid:
        how |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return how


def last_words(log: bytes) -> str:
    """The last thing of weight that a program of PostgreSQL said, on one line."""
    lines = [line.strip() for line in log.decode(errors="replace").splitlines() if line.strip()]
    weighty = [line for line in lines if re.search(_WEIGHT, line)] or lines or ["it said nothing"]
    return re.sub(rf"^.*?{_WEIGHT}\s*", "", weighty[-1]).rstrip(".")


def _unicode_letters() -> str:
    """The name by which this system knows a locale whose letters are Unicode's."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
            return name
        except locale.Error:
            continue
        finally:
            locale.setlocale(locale.LC_CTYPE, before)
    return "C"
