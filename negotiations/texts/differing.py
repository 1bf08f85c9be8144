"""Two versions of a passage side by side: which words differ. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
MOST = 400  # words and signs of each version that are compared one by one; the rest differs as a whole


@dataclass(frozen=True)
class Part:
    """A stretch of a version; `differs` where the other version has other words in its place."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Compared:
    """Both versions, each cut into parts; put together they are what came in."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]


def compare(old: str, new: str) -> Compared:
    """Cut two versions into what both have and what only one has, by words and signs.

    White space and typographic marks that differ are no other words. Quadratic in MOST at worst.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(None, _keys(before[:MOST]), _keys(after[:MOST]), autojunk=False)
    left: list[Part] = []
    right: list[Part] = []
    for how, a, b, c, d in matcher.get_opcodes():
        left.append(Part("".join(before[a:b]), how != "equal"))
        right.append(Part("".join(after[c:d]), how != "equal"))
    more, less = "".join(before[MOST:]), "".join(after[MOST:])
    left.append(Part(more, more != less))
    right.append(Part(less, more != less))
    return Compared(_joined(left), _joined(right))


SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


def _keys(tokens: Sequence[str]) -> list[str]:
    return [" " if token.isspace() else token.translate(SAME) for token in tokens]


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Without the empty ones; a blank between two words that differ belongs to them."""
    found: list[Part] = []
    for part in parts:
        if not part.text:
            continue
        if len(found) > 1 and part.differs and found[-1].text.isspace() and found[-2].differs:
            blank, earlier = found.pop(), found.pop()
            part = Part(earlier.text + blank.text + part.text, True)
        elif found and found[-1].differs == part.differs:
            part = Part(found.pop().text + part.text, part.differs)
        found.append(part)
    return tuple(found)
