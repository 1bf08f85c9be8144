"""What stands now between the words that stood right before a passage and those that stood right after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .folding import Folded
from .passages import EDGES, WORD, Passage
from .places import TAIL, Place, agreeing, place, tells
from .seams import same_stubs, stubs

NEAREST = 16  # characters of surroundings, and two words, that a frame has at least on each side
MOST = 16  # frames that are looked into
OFTEN = 100  # places of one side that are looked at


@dataclass(frozen=True)
class Gap:
    """A span of the folded text between both sides, and how many characters of these stand around it."""

    start: int
    end: int
    strength: int


def gaps(text: str, passage: Passage) -> list[Gap]:
    """The spans that are best framed by what stood directly around the passage, all equally well."""
    left, right = _near(passage.before, 1, passage.at_start), _near(passage.after, -1, passage.at_end)
    if left is None or right is None or not (left or right):
        return []
    before, after = passage.before.rstrip(EDGES)[::-1], passage.after.lstrip(EDGES)
    found = []
    for start, end in _between(text, left, right, 3 * len(passage.exact) + 200):
        strength = agreeing(text[max(0, start - len(before)) : start][::-1], before)
        strength += agreeing(text[end : end + len(after)], after)
        found.append(Gap(start, end, strength))
    best = max((gap.strength for gap in found), default=0)
    return [gap for gap in found if gap.strength == best]


def inside(folded: Folded, passage: Passage, gap: Gap) -> Place | None:
    """The passage itself in a gap; the signs at its ends may stand beside the gap."""
    exact, text = passage.exact, folded.plain
    at = gap.start - len(exact) + len(exact.lstrip(EDGES))
    last = gap.end + len(exact) - len(exact.rstrip(EDGES))
    while (at := text.find(exact, max(0, at), last)) >= 0:
        if same_stubs(stubs(folded.text, at, at + len(exact)), passage.joined):
            return place(folded, passage, at)
        at += 1
    return None


def sentence_gaps(text: str, passage: Passage) -> list[tuple[int, int]]:
    """The spans between the neighbours of the passage's own sentence; "" for a neighbour is the text's end."""
    left, right = passage.neighbour_before[-TAIL:], passage.neighbour_after[:TAIL]
    if not (tells(left) or (passage.at_start and not left)) or not (tells(right) or (passage.at_end and not right)):
        return []
    return list(_between(text, left, right, 3 * len(passage.exact) + 400)) if left or right else []


def _between(text: str, left: str, right: str, limit: int) -> Iterator[tuple[int, int]]:
    spans = (
        (start, end)
        for start in _ends_of(text, left)
        for end in _starts_of(text, right, start, min(len(text), start + limit))
    )
    return islice(spans, MOST)


def _near(side: str, step: int, edge: bool) -> str | None:
    """The words of `side` next to the passage; "" for the text's own end, None where too little is known."""
    side = side.strip(EDGES)
    spans = [word.span() for word in WORD.finditer(side)][::-step]
    if len(spans) < 2:
        return side if edge else None
    parts = (side[start:] if step == 1 else side[:end] for start, end in spans[1:])
    return next((part for part in parts if len(part) >= NEAREST), side)


def _ends_of(text: str, part: str) -> Iterator[int]:
    """Where `part` ends in the text, the first hundred times; for "", the text's start."""
    if not part:
        yield 0
        return
    at = text.find(part)
    for _ in range(OFTEN):
        if at < 0:
            return
        yield at + len(part)
        at = text.find(part, at + 1)


def _starts_of(text: str, part: str, first: int, last: int) -> Iterator[int]:
    """Where `part` begins in the text, from `first` to `last`; for "", the text's end, if it is not beyond."""
    if not part and last == len(text):
        yield last
    at = text.find(part, first, last + len(part)) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1, last + len(part))
