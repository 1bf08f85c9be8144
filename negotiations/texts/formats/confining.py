"""What a child process that reads a document may do: read what it was given, think for a while, and answer.

Limits of the system hold time, memory and files; a filter of system calls holds sockets, programs and writing, and so
does a network namespace with nothing in it, each where the system has it. A hook refuses the same to Python code, with
a message, and everywhere. The hook alone would be no wall against code of an attacker's own; nothing of a document is
ever run here, but libraries have had faults.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from typing import Any

from . import limits
from .filtering import refuse_calls

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # from linux/sched.h
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate",
    "os.utime", "os.kill", "shutil.", "tempfile.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib.",
)  # fmt: skip


def confine() -> None:
    """From here on this process can harm nobody. What a system lacks is left out; the parent's clock always holds."""
    _leave_network()
    for name, most in {
        "RLIMIT_CPU": limits.CPU_SECONDS,
        "RLIMIT_AS": limits.MEMORY_BYTES,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": limits.OPEN_FILES,
        "RLIMIT_NPROC": 0,
    }.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            # The soft limit of time comes first, as a signal that tells it from a lack of memory.
            resource.setrlimit(getattr(resource, name), (most, most + (name == "RLIMIT_CPU")))
    with contextlib.suppress(AttributeError, OSError):
        refuse_calls()
    signal.alarm(int(limits.WALL_SECONDS) + 2)  # also where the parent has died
    sys.addaudithook(_refuse)


def _leave_network() -> None:
    """Into a network namespace with nothing in it. Root may; others, where the system grants user namespaces."""
    with contextlib.suppress(AttributeError, OSError):
        unshare = ctypes.CDLL(None).unshare
        if unshare(CLONE_NEWNET):
            unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop what no reader of a document has to do: open sockets or files to write, start programs, change folders."""
    if event.startswith(FORBIDDEN) or (event == "open" and _beyond(*arguments)):
        raise PermissionError(f"{event} is not for a reader of documents")


def _beyond(path: Any, mode: Any, flags: int) -> bool:
    """Whether a file is opened to be written, or is none of Python's and its libraries' own."""
    if isinstance(path, int):
        return False
    return bool(flags & WRITING) or not os.path.abspath(os.fsdecode(path)).startswith(ALLOWED)


def _allowed() -> tuple[str, ...]:
    """Where Python and its libraries are, and the readers; not the folder that Parley's own files and data are in."""
    here = os.path.dirname(os.path.abspath(__file__))
    folders = {os.path.abspath(folder) for folder in (*sys.path, sys.prefix, sys.base_prefix) if folder}
    return tuple(
        os.path.join(folder, "") for folder in {*folders, here} if folder == here or not here.startswith(folder)
    )


ALLOWED = _allowed()
