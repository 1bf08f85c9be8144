"""Plain text and Markdown: read as they are, with their own lines and paragraphs."""

from __future__ import annotations

import re

from . import limits
from .answers import Found, Unreadable
from .decoding import decode
from .tidying import controls, one_line, tidy

HEADING = re.compile(r"^#{1,2}[ \t](.{1,400})$", re.MULTILINE)


def read_text(content: bytes) -> Found:
    """A .txt file. It says nothing of itself."""
    text, notices = decode(content)
    strange = controls(text)
    if strange > 5 + len(text) // 100 or "\0" in text:
        raise Unreadable("binary")
    found = Found(tidy(text), notices=notices)
    return found.noting("Characters that can't be shown were left out.") if strange else found


def read_markdown(content: bytes) -> Found:
    """A .md file: its marks are kept as they were written; its first heading is its title."""
    found = read_text(content)
    heading = HEADING.search(found.text)
    return Found(
        found.text, one_line(heading and heading[1].rstrip("# \t"), limits.TITLE_CHARACTERS), notices=found.notices
    )
