"""The text of a document, and what the document says of itself, for a person to confirm.

Each document is read in a child process with limits on time, memory, input and output, and without a network: formats
are intricate, their libraries have had faults, and nothing that a file contains may stop the server.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from .formats import limits, running
from .formats.answers import Unreadable

__all__ = ["Extracted", "Unreadable", "extract"]

# The kind of document for each suffix, and its media type.
KINDS = {
    "txt": ("txt", "text/plain"),
    "md": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "htm": ("html", "text/html"),
    "pdf": ("pdf", "application/pdf"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "eml": ("eml", "message/rfc822"),
}


@dataclass(frozen=True)
class Extracted:
    """What a document holds. What it does not say is "" or None.

    `text` has "\\n" for line ends, an empty line between paragraphs, and no control characters. `kind` is one of txt,
    md, html, pdf, docx, eml; `title`, `outlet`, `url`, `published_on` and `language` (a code such as "en") are
    proposals. `notices` are sentences to show: what was left out, or is not sure.
    """

    text: str
    kind: str
    media_type: str
    title: str
    outlet: str
    url: str
    published_on: date | None
    language: str
    notices: tuple[str, ...]


def extract(name: str, content: bytes) -> Extracted:
    """Read the document `content`, of the kind that the suffix of `name` tells; takes 10 seconds at most.

    Raises Unreadable, with a reason and a sentence of its own for each kind of bad file. A scanned PDF without a text
    is no bad file: its text is "", and a notice says so.
    """
    kind, media_type = _kind(name)
    if not content:
        raise Unreadable("empty", "This file is empty.")
    if len(content) > limits.FILE_BYTES:
        raise Unreadable("too_large")
    found = running.run(kind, content)
    return Extracted(kind=kind, media_type=media_type, **vars(found))


def _kind(name: str) -> tuple[str, str]:
    suffix = PurePath(name).suffix.lower()[1:]
    if suffix not in KINDS:
        raise Unreadable("suffix")
    return KINDS[suffix]
