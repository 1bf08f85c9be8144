"""From bytes to characters: by the mark at the beginning, as UTF-8, as the document says, at last by a sure guess."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from .answers import Unreadable

# UTF-32 first: its mark for small ends begins like the one of UTF-16.
MARKS = {
    BOM_UTF8: "utf-8",
    BOM_UTF32_LE: "utf-32-le",
    BOM_UTF32_BE: "utf-32-be",
    BOM_UTF16_LE: "utf-16-le",
    BOM_UTF16_BE: "utf-16-be",
}


def decode(content: bytes, declared: str = "") -> str:
    """The characters of `content`. Raises Unreadable (`encoding`, `binary`)."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    return _strictly(content, "utf-8")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except ValueError:
        raise Unreadable("encoding") from None
