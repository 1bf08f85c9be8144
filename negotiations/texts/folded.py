"""Folded text: the one form in which texts are compared, and the way back to what was printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

WRAP = "\x1f"  # a hyphen at a line's end (or what was one), as long as nobody has told whether the word has it
DASH = "–"  # every dash, and a hyphen between spaces; without the spaces around it
PARAGRAPH = "\x1e"  # white space with an empty line in it, or after a heading
LINE = "\x1c"  # the end of a line before a capital, which may be a paragraph's
ITEM = "\x1d"  # the dash before an item of a list, and the white space around it

WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|[^\W\d]\w*(?:['-]\w+)*")


@dataclass(frozen=True)
class Folded:
    """Folded text, and the spots where it is not simply the original, character by character.

    Of each spot, in their order: where it begins and ends in the original, and how many characters it became.
    """

    text: str
    begins: list[int]
    ends: list[int]
    sizes: list[int]

    @cached_property
    def stops(self) -> list[int]:
        """Where the spots end in the folded text."""
        spots = zip(self.begins, self.ends, self.sizes, strict=True)
        grown = accumulate(size - (end - begin) for begin, end, size in spots)
        return [end + more for end, more in zip(self.ends, grown, strict=True)]

    @cached_property
    def starts(self) -> list[int]:
        """Where the spots begin in the folded text."""
        return [stop - size for stop, size in zip(self.stops, self.sizes, strict=True)]

    @cached_property
    def plain(self) -> str:
        """The form to compare: paragraphs are spaces and dashes hyphens. As long as `text`."""
        return plain(self.text)

    @cached_property
    def words(self) -> list[str]:
        """All words, in small letters."""
        return words(self.plain)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each of the words stands."""
        return [word.span() for word in WORD.finditer(self.plain)]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that became `text[start:end]`; `end` after `start`."""
        return _across(start, end, (self.starts, self.stops), (self.begins, self.ends))

    def folded(self, start: int, end: int) -> tuple[int, int]:
        """The other way: the span of `text` that `original[start:end]` became."""
        return _across(start, end, (self.begins, self.ends), (self.starts, self.stops))


Sides = tuple[Sequence[int], Sequence[int]]  # where the spots begin and end, in one of the two texts


def _across(start: int, end: int, here: Sides, there: Sides) -> tuple[int, int]:
    """The span in the other text; a spot that it begins or ends in belongs to it as a whole."""

    def place(at: int, side: int) -> int:
        spot = bisect_right(here[0], at) - 1
        if spot >= 0 and at < here[1][spot]:
            return there[side][spot]
        return (at if spot < 0 else there[1][spot] + at - here[1][spot]) + side

    return place(start, 0), place(end - 1, 1)


def words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def plain(text: str) -> str:
    """Folded text in the form to compare."""
    return text.replace(PARAGRAPH, " ").replace(LINE, " ").replace(ITEM, "-").replace(DASH, "-")
