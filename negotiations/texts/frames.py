"""What stands now between the words that stood right before a passage and those that stood right after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .folded import ITEM, PARAGRAPH, WORD, Folded
from .passages import EDGES, SENTENCE_END, Passage
from .places import FEW, TAIL, Place, agreeing, place, tells
from .seams import same_stubs, stubs

NEAREST = 16  # characters of surroundings, and two words, that a frame has at least on each side
MOST = 16  # frames that are looked into
COMPARED = 20_000  # characters that these may have in all, or so; two frames are always looked into
FEWEST = 4  # characters of a neighbour, where more is known of the other one
LEAST_LEFT = 4  # as a divisor: a passage of which less is left is not looked for at a text's end
OFTEN = 100  # places of one side that are looked at
BREAKS = PARAGRAPH + ITEM


@dataclass(frozen=True)
class Gap:
    """A span of the folded text between both sides, and how many characters of these stand around it."""

    start: int
    end: int
    strength: int


def gaps(folded: Folded, passage: Passage, standing: list[Place]) -> list[Gap]:
    """The spans that are best framed by what stood directly around the passage, all equally well.

    standing: where the passage's words stand; what is part of them is no frame, even if it reads like one.
    """
    left, right = side_near(passage.before, 1), side_near(passage.after, -1)
    left = left or (passage.before.strip(EDGES) if passage.at_start else None)
    right = right or (passage.after.strip(EDGES) if passage.at_end else None)
    if left is None or right is None or not (left or right):
        return []
    text, before, after = folded.plain, passage.before.rstrip(EDGES)[::-1], passage.after.lstrip(EDGES)
    found = []
    for start, end in _between(folded, left, right, 3 * len(passage.exact) + 200, len(passage.exact)):
        if any(at.start < start <= at.end or at.start <= end < at.end for at in standing):
            continue
        strength = agreeing(text[max(0, start - len(before)) : start][::-1], before)
        strength += agreeing(text[end : end + len(after)], after)
        found.append(Gap(start, end, strength))
    best = max((gap.strength for gap in found), default=0)
    found = [gap for gap in found if gap.strength == best]
    if any(side in passage.exact for side in (left, right)):
        return found  # the smaller frame may end with words of the passage's own, or at the end of its first sentence
    return [gap for gap in found if not any(_holds(gap, other) for other in found)]


def _holds(gap: Gap, other: Gap) -> bool:
    """Whether another frame stands within this one, which then begins with one passage and ends with the next."""
    return gap != other and gap.start <= other.start and other.end <= gap.end


def inside(folded: Folded, passage: Passage, framed: list[Gap]) -> Place | None:
    """The passage itself in a gap, where most around it agrees; the signs at its ends may stand beside the gap."""
    found = [at for gap in framed for at in islice(_inside(folded, passage, gap), FEW)]
    return max(found, key=lambda at: (at.sides, at.own, at.agreement), default=None)


def _inside(folded: Folded, passage: Passage, gap: Gap) -> Iterator[Place]:
    exact, text = passage.exact, folded.plain
    at = gap.start - len(exact) + len(exact.lstrip(EDGES))
    last = gap.end + len(exact) - len(exact.rstrip(EDGES))
    while (at := text.find(exact, max(0, at), last)) >= 0:
        if same_stubs(stubs(folded.text, at, at + len(exact)), passage.joined):
            yield place(folded, passage, at)
        at += 1


def sentence_gaps(folded: Folded, passage: Passage) -> list[tuple[int, int]]:
    """The spans between the neighbours of the passage's own sentence; "" for a neighbour is the text's end."""
    left, right = passage.neighbour_before[-TAIL:], passage.neighbour_after[:TAIL]
    if min(len(left) or passage.at_start * TAIL, len(right) or passage.at_end * TAIL) < FEWEST:
        return []
    if not tells(left) and not tells(right):
        return []
    size = len(passage.exact)
    return list(_between(folded, left, right, 3 * size + 400, size)) if left or right else []


def _between(folded: Folded, left: str, right: str, limit: int, size: int) -> Iterator[tuple[int, int]]:
    text = folded.plain
    if left:
        ends = (
            (start, end)
            for start in _ends_of(text, left)
            for end in _starts_of(folded, right, start, min(len(text), start + limit), size)
        )
    else:
        ends = ((start, end) for end in _all_starts_of(text, right) for start in _openings(folded, end, limit, size))
    return islice(ends, max(2, min(MOST, COMPARED // limit)))


def side_near(side: str, step: int) -> str | None:
    """The words of `side` next to the passage; None where too little is known. step: 1 before, -1 after it."""
    side = side.strip(EDGES)
    spans = [word.span() for word in WORD.finditer(side)][::-step]
    if len(spans) < 2:
        return None
    parts = (side[start:] if step == 1 else side[:end] for start, end in spans[1:])
    return next((part for part in parts if len(part) >= NEAREST), side)


def _ends_of(text: str, part: str) -> Iterator[int]:
    """Where `part` ends in the text, the first hundred times."""
    return (at + len(part) for at in _all_starts_of(text, part))


def _all_starts_of(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    for _ in range(OFTEN):
        if at < 0:
            return
        yield at
        at = text.find(part, at + 1)


def _starts_of(folded: Folded, part: str, first: int, last: int, size: int) -> Iterator[int]:
    """Where `part` begins in the text, from `first` to `last`; for "", where a passage may end that ended the text."""
    text = folded.plain
    if not part:
        yield from _closings(folded, first, last, size)
        return
    at = text.find(part, first, last + len(part))
    while at >= 0:
        yield at
        at = text.find(part, at + 1, last + len(part))


def _closings(folded: Folded, first: int, last: int, size: int) -> Iterator[int]:
    """The ends of sentences from `first` on, up to that of the paragraph in which a passage of this size ends, or of
    the text; other text may follow now."""
    for end in SENTENCE_END.finditer(folded.text, first, last):
        if not WORD.search(folded.text, first, end.start()) or end.start() - first < size // LEAST_LEFT:
            continue
        yield end.start()
        if end[0] in BREAKS and end.start() - first >= 4 * size // 5:
            return
    if last == len(folded.text):
        yield last


def _openings(folded: Folded, last: int, limit: int, size: int) -> Iterator[int]:
    """The beginnings of sentences before `last`, back to that of the paragraph likewise, or of the text."""
    first = max(0, last - limit)
    for end in [*SENTENCE_END.finditer(folded.text, first, last)][::-1]:
        if not WORD.search(folded.text, end.end(), last) or last - end.end() < size // LEAST_LEFT:
            continue
        yield end.end()
        if end[0] in BREAKS and last - end.end() >= 4 * size // 5:
            return
    if not first:
        yield 0
