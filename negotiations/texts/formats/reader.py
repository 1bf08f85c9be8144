"""The child process: reads one document from its standard input, and writes one answer to its standard output."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from . import limits
from .answers import Found, Unreadable, pack
from .confining import confine

# Which function reads each kind; its module, with heavy libraries, is imported only where it is needed.
READERS = {
    "txt": ("plain", "read_text"),
    "md": ("plain", "read_markdown"),
}


def main() -> None:
    """Called with the kind of document as the last argument. Ends in an answer, or by a signal."""
    confine()
    out = os.dup(1)
    os.dup2(2, 1)  # nothing that a library prints gets into the answer
    content = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    sent = pack(answer(sys.argv[-1], content))
    while sent:
        sent = sent[os.write(out, sent) :]


def answer(kind: str, content: bytes) -> Found | Unreadable:
    """What is found in `content`, or why it can't be read; whatever a library stumbles over is damage."""
    try:
        module, function = READERS[kind]
        return _checked(getattr(import_module(f"{__package__}.{module}"), function)(content))
    except Unreadable as refusal:
        return refusal
    except MemoryError:
        return Unreadable("memory")
    except Exception:
        return Unreadable("damaged")


def _checked(found: Found) -> Found:
    if len(found.text) > limits.TEXT_CHARACTERS:
        raise Unreadable("too_large", "This text is too long: Parley takes up to two million characters.")
    if not found.text and not found.notices:
        raise Unreadable("empty")
    return found
