"""Starts the child process that reads a document, and sees to it that it ends."""

from __future__ import annotations

import errno
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from . import limits
from .answers import Found, Unreadable, unpack

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[3]
START = "import sys; sys.path.append(sys.argv[1]); from negotiations.texts.formats.reader import main; main()"
# Nothing of the server's surroundings, passwords least of all; and no threads for numbers.
SURROUNDINGS = {"OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
SLOW = "Reading this file took longer than ten seconds, so it was given up. If the server is busy, try again later."
# No child can be started just now: too many processes or open files, or too little memory.
SHORTAGES = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)

_places = threading.BoundedSemaphore(limits.READERS)


def run(kind: str, content: bytes) -> Found:
    """Read `content` in a child process. Raises Unreadable: what the child says, or how it ended."""
    if not _places.acquire(timeout=limits.PATIENCE_SECONDS):
        raise Unreadable("busy")
    try:
        with tempfile.TemporaryFile() as given:  # a file without a name: a child that does not read can't block us
            given.write(content)
            given.seek(0)
            return _run(kind, given)
    except Unreadable as refusal:
        if refusal.trouble:
            log.warning("A document (%s) could not be read: %s", kind, refusal.trouble)
        raise
    except OSError as error:
        if error.errno in SHORTAGES:
            raise Unreadable("busy") from error
        raise
    finally:
        _places.release()


def _run(kind: str, given: IO[bytes]) -> Found:
    deadline = time.monotonic() + limits.WALL_SECONDS
    words = [sys.executable, "-I", "-B", "-c", START, str(ROOT), kind]
    with subprocess.Popen(
        words,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=SURROUNDINGS | {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
        cwd="/",
        start_new_session=True,  # a Ctrl-C at the server's terminal is not for the child
    ) as child:
        try:
            assert child.stdout is not None
            sent = _drain(child.stdout.fileno(), deadline)
            child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            raise Unreadable("time", SLOW) from None
        finally:
            child.kill()
    if child.returncode in (-signal.SIGXCPU, -signal.SIGALRM):
        raise Unreadable("time")
    if child.returncode == -signal.SIGKILL:
        raise Unreadable("memory")
    return unpack(sent)


def _drain(pipe: int, deadline: float) -> bytes:
    """All that the child sends, but no more than an answer can be, and for no longer than it may take."""
    got = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            piece = os.read(pipe, 65_536)
            if not piece:
                return bytes(got)
            got += piece
            if len(got) > limits.ANSWER_BYTES:
                raise Unreadable("too_large")
    raise Unreadable("time", SLOW)
