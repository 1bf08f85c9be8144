"""The child process: reads one document from its standard input, and writes one answer to its standard output."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import replace
from importlib import import_module

from . import limits
from .answers import Found, Unreadable, pack
from .confining import confine
from .guessing import guess_language
from .sniffing import check

UNKNOWN = "\ufffd"  # stands for a letter that a library could not read
# Which function reads each kind; its module, with heavy libraries, is imported only where it is needed.
READERS = {
    "txt": ("plain", "read_text"),
    "md": ("plain", "read_markdown"),
    "html": ("html", "read_html"),
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
    "eml": ("mail", "read_mail"),
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
        check(kind, content)
        module, function = READERS[kind]
        return _checked(getattr(import_module(f"{__package__}.{module}"), function)(content))
    except Unreadable as refusal:
        return refusal
    except MemoryError:
        return Unreadable("memory")
    except Exception as error:
        return Unreadable("damaged", trouble=_where(error))


def _where(error: Exception) -> str:
    """The kind of an error and the line where it arose; not its message, which may have words of the document."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {os.sep.join(last.filename.split(os.sep)[-2:])}, line {last.lineno}"


def _checked(found: Found) -> Found:
    """The same, with a language if it can be told, where there is a text of which enough could be read."""
    if len(found.text) > limits.TEXT_CHARACTERS:
        raise Unreadable("too_large", "This text is too long: Parley takes up to two million characters.")
    if not found.text and not found.notices:
        raise Unreadable("empty")
    unknown = found.text.count(UNKNOWN)
    if unknown > len(found.text) // 10:
        raise Unreadable("encoding", "This file does not say which letters it shows, so its text can't be read.")
    if unknown:
        found = found.noting(f"Letters that the file does not tell are shown as {UNKNOWN}.")
    return found if found.language else replace(found, language=guess_language(found.text))
