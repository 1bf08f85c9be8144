"""Text in the one form that is stored: one kind of line end, no control characters, nothing before or after it."""

from __future__ import annotations

import re
import unicodedata

LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
SURROGATE = re.compile("[\ud800-\udfff]")
BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def tidy(text: str) -> str:
    """`text` as it is stored. Control characters are left out; paragraphs and lines stay as they are."""
    text = LINE_END.sub("\n", text).replace("\u2029", "\n\n")
    return SURROGATE.sub("\ufffd", CONTROL.sub("", text)).strip("\n \t\ufeff")


def controls(text: str) -> int:
    """How many control characters `tidy` would leave out."""
    return len(CONTROL.findall(LINE_END.sub("\n", text)))


def paragraphs(parts: list[str]) -> str:
    """The paragraphs that say something, an empty line between them."""
    tidied = (BLANK_LINES.sub("\n\n", tidy(part)) for part in parts)
    return "\n\n".join(part for part in tidied if part)


def one_line(text: str | None, longest: int) -> str:
    """What a document says of itself, as one line; "" where it says nothing, or more than can be meant."""
    line = " ".join(tidy(str(text or "")).split())
    seen = any(unicodedata.category(c)[0] in "LNPS" for c in line)
    return line if seen and len(line) <= longest else ""
