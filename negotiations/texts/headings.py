"""The heading that a text begins with."""

from __future__ import annotations

from .marking import paragraphs

LONGEST = 150  # characters; longer is a sentence


def heading(text: str) -> str:
    """The first paragraph, if it is one short line without a sign at its end, and more follows; "" otherwise."""
    places = paragraphs(text)
    if len(places) < 2:
        return ""
    start, end = places[0]
    line = text[start:end].strip()
    return line if len(line) <= LONGEST and "\n" not in line and line[-1] not in ".,;:" else ""
