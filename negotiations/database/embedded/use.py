"""Who uses the embedded server: the first to come starts it, the last to leave stops it.

Each process that uses it keeps a shared lock on a file. The system drops the lock when the process
ends, however it ends: nobody has to be believed, and nothing is left to tidy up.
"""

import atexit
import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from negotiations import data_folder
from negotiations.database.embedded import cluster

_thread_lock = threading.Lock()


@dataclass
class _Held:
    process: int
    data: Path
    handle: int


_held: list[_Held] = []


def hold(data: Path) -> None:
    """See that the server runs and stays while this process lives. Once a process; then at no cost."""
    if _holds(data):
        return
    with _thread_lock, _alone(data):
        if _holds(data):
            return
        cluster.start(data)
        handle = _open(data / "postgres.users")
        fcntl.flock(handle, fcntl.LOCK_SH)
        _held.append(_Held(os.getpid(), data, handle))
        atexit.register(release, data)


def mend(data: Path) -> None:
    """Start the server again where it has died."""
    with _thread_lock, _alone(data):
        cluster.start(data)


def release(data: Path) -> None:
    """Let go of the server, and stop it where nobody else holds it."""
    if not _holds(data) or not data.is_dir():
        return
    with _thread_lock, _alone(data):
        for held in [each for each in _held if each.process == os.getpid() and each.data == data]:
            _held.remove(held)
            os.close(held.handle)
        handle = _open(data / "postgres.users")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            cluster.stop(data)
        except BlockingIOError:
            pass  # in use: the last one stops it
        finally:
            os.close(handle)


def _holds(data: Path) -> bool:
    """A child of a fork is a process of its own and holds for itself."""
    return any(held.process == os.getpid() and held.data == data for held in _held)


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One process at a time starts or stops."""
    handle = _open(data / "postgres.lock")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    with data_folder.explained(path.parent):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        data_folder.give(handle, path.parent)
        return handle
