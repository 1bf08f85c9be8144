"""Where words occur in a text, whatever their case, accents, quotation marks and line ends: to find, never to cite."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate, islice

from .folded import DASH
from .folding import ONE_FOR_ONE

Span = tuple[int, int]


class _Bare(dict[int, str]):
    """For `str.translate`: each character without case and accents, worked out once."""

    def __missing__(self, code: int) -> str:
        even = chr(code).translate(ONE_FOR_ONE).replace(DASH, "-")
        parts = unicodedata.normalize("NFKD", even.casefold())
        self[code] = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
        return self[code]


BARE = _Bare()


def hits(text: str, words: str, most: int) -> tuple[list[Span], int]:
    """The first `most` places of `words` in `text`, and how many there are in all. Linear in the text."""
    wanted = words.translate(BARE).split()
    if not wanted:
        return [], 0
    found = re.finditer(r"\s+".join(map(re.escape, wanted)), text.translate(BARE))
    first = [match.span() for match in islice(found, most)]
    return _in_the_original(text, first), len(first) + sum(1 for _ in found)


def _in_the_original(text: str, spans: list[Span]) -> list[Span]:
    """Spans of the bare text as spans of `text`: where a character became none or several, places have shifted."""
    if not spans or all(len(BARE[ord(c)]) == 1 for c in set(text)):
        return spans
    ends = list(accumulate(len(BARE[ord(c)]) for c in text))
    there = ((bisect_right(ends, a), max(bisect_right(ends, b), bisect_right(ends, b - 1) + 1)) for a, b in spans)
    return list(dict.fromkeys(there))  # two places in one character are one
