"""How far a place in a text agrees with what stood around a passage, and what stands now where it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from .folding import Folded
from .passages import EDGES, SENTENCE_END, WORD, Passage
from .seams import same_stubs, stubs

TELLING = 12  # characters of agreement, with two words in them, that tell one place from another
TAIL = 24  # characters of surroundings that are enough to look for
MOST = 200  # places of the same words that are still worth comparing
LONGEST = 300  # characters that a sentence may have
FEW = 24  # gaps between repeated surroundings that are looked into
NEARBY = 120  # characters within which a neighbour still stands beside a passage

Missing = Literal["", "passage", "sentence"]


@dataclass(frozen=True)
class Place:
    """Where the passage's words stand in the folded text, and how much around them agrees, outwards.

    `all_before`: everything that is known of what stood before it, which is something; likewise `all_after`.
    """

    start: int
    end: int
    before: int
    after: int
    all_before: bool
    all_after: bool

    @property
    def on_a_side(self) -> bool:
        return self.all_before or self.all_after

    @property
    def agreement(self) -> int:
        return self.before + self.after


def place(folded: Folded, passage: Passage, start: int) -> Place:
    """Measure the place where the passage's words begin at `start`."""
    text, end = folded.plain, start + len(passage.exact)
    before = _agreeing(text[max(0, start - len(passage.before)) : start][::-1], passage.before[::-1])
    after = _agreeing(text[end : end + len(passage.after)], passage.after)
    first = passage.at_start and not text[: start - before].strip() if start - before < 64 else False
    last = passage.at_end and not text[end + after : end + after + 64].strip()
    return Place(
        start,
        end,
        before,
        after,
        all_before=before == len(passage.before) and (tells(passage.before) or first),
        all_after=after == len(passage.after) and (tells(passage.after) or last),
    )


def places(folded: Folded, passage: Passage, words: str, shift: int, most: int) -> list[Place]:
    """The first places where `words` stand, `most` at most. The passage is in them from `shift` on, as whole words."""
    found: list[Place] = []
    at = folded.plain.find(words)
    tries = 100 + 2 * most
    while at >= 0 and len(found) < most and tries:
        start, tries = at + shift, tries - 1
        if same_stubs(stubs(folded.text, start, start + len(passage.exact)), passage.joined):
            found.append(place(folded, passage, start))
        at = folded.plain.find(words, at + 1)
    return found


def between(text: str, passage: Passage, limit: int) -> list[tuple[int, int]]:
    """The spans of the plain `text`, no longer than `limit`, between what stood right before the passage and after."""
    left, right = _near(passage.before, 1, passage.at_start), _near(passage.after, -1, passage.at_end)
    if left is None or right is None or not (left or right):
        return []
    spans = (
        (start, end)
        for start in _ends_of(text, left)
        for end in _starts_of(text, right, start, min(len(text), start + limit))
    )
    return list(islice(spans, FEW))


def is_framed(text: str, passage: Passage, start: int, end: int) -> bool:
    """Whether what stood around the passage stands around `text[start:end]`, and not only the words next to it."""
    before, after = passage.before.strip(EDGES)[-TAIL:], passage.after.strip(EDGES)[:TAIL]
    left, right = text[max(0, start - 64) : start].rstrip(EDGES), text[end : end + 64].lstrip(EDGES)
    return left.endswith(before) and right.startswith(after)


def missing(text: str, passage: Passage) -> Missing:
    """What is missing in the text, told by what stands side by side there that had the passage in between.

    "sentence": the neighbours of its sentence. "passage": the rest of its own sentence, and what came next to that.
    """
    lefts = _sides(passage.before, passage.own_before, passage.neighbour_before, passage.at_start)
    rights = _sides(passage.after, passage.own_after, passage.neighbour_after, passage.at_end)
    found = [
        own_left or own_right
        for left, own_left in lefts
        for right, own_right in rights
        if _adjoin(text, left[-TAIL:], right[:TAIL])
    ]
    return "" if not found else "passage" if any(found) else "sentence"


def is_neighbour(text: str, passage: Passage, at: Place) -> bool:
    """Whether `at` is in the very sentence that stood before the passage's own, or in the one that stood after it."""
    before, after = passage.neighbour_before[-TAIL:], passage.neighbour_after[:TAIL]
    if tells(before) and before not in text[max(0, at.start - NEARBY) : at.start]:
        tail = text.find(before, at.end - len(before) + 1, at.end + LONGEST)
        if tail >= 0 and not SENTENCE_END.search(text[at.end - 2 : tail + len(before)]):
            return True
    if tells(after) and after not in text[at.end : at.end + NEARBY]:
        head = text.rfind(after, max(0, at.start - LONGEST), at.start + len(after) - 1)
        return head >= 0 and not SENTENCE_END.search(text[head : at.start])
    return False


def is_elsewhere(text: str, passage: Passage, at: Place) -> bool:
    """Whether the passage's neighbours stand in the text, but not beside `at`, whose own sentence is another one."""
    before, after = passage.neighbour_before[-TAIL:], passage.neighbour_after[:TAIL]
    lost = passage.own_before and at.before < len(passage.own_before) and tells(before)
    if lost and before not in text[max(0, at.start - NEARBY) : at.start] and before in text:
        return True
    lost = passage.own_after and at.after < len(passage.own_after) and tells(after)
    return bool(lost) and after not in text[at.end : at.end + NEARBY] and after in text


def leaves_traces(text: str, passage: Passage) -> bool:
    """Whether something of what stood around the passage is still in the text."""
    sides = (passage.neighbour_before[-TAIL:], passage.neighbour_after[:TAIL], passage.before, passage.after)
    return any(tells(side) and side.strip(EDGES) in text for side in sides)


def beside(text: str, passage: Passage, start: int, end: int) -> tuple[int | None, int | None]:
    """Where what stood right before the passage ends close to `start`, and what stood after it begins close to `end`.

    None where it does not. The rest of the passage's sentence is enough, or the neighbour of it close by; then the
    words' own place counts.
    """
    left, right = _near(passage.before, 1, passage.at_start), _near(passage.after, -1, passage.at_end)
    first = last = None
    if left:
        at = text.rfind(left, max(0, start - len(left) - TAIL), end)
        first = at + len(left) if at >= 0 else None
    if right:
        at = text.find(right, max(start if first is None else first, end - TAIL), end + len(right) + TAIL)
        last = at if at >= 0 else None
    own = passage.own_before, passage.own_after
    if first is None and (
        _stands(text[max(0, start - NEARBY) : start], passage.neighbour_before[-TAIL:])
        or (len(WORD.findall(own[0])) > 1 and text.endswith(own[0], 0, start))
    ):
        first = start
    if last is None and (
        _stands(text[end : end + NEARBY], passage.neighbour_after[:TAIL])
        or (len(WORD.findall(own[1])) > 1 and text.startswith(own[1], end))
    ):
        last = end
    return first, last


def _stands(text: str, part: str) -> bool:
    return tells(part) and part in text


def _agreeing(now: str, then: str) -> int:
    if now == then:
        return len(then)
    pairs = enumerate(zip(now, then, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(now), len(then)))


def tells(part: str) -> bool:
    """Whether a stretch of surroundings is long enough to tell one place from another."""
    return len(part) >= TELLING and len(WORD.findall(part)) > 1


def _near(side: str, step: int, edge: bool) -> str | None:
    """The words of `side` next to the passage; "" for the text's own end, None where too little is known."""
    side = side.strip(EDGES)
    spans = [word.span() for word in WORD.finditer(side)][::-step]
    if len(spans) < 2:
        return side if edge else None
    parts = (side[start:] if step == 1 else side[:end] for start, end in spans[2:])
    return next((part for part in parts if len(part) >= 16), side)


def _ends_of(text: str, part: str) -> Iterator[int]:
    """Where `part` ends in the text, the first hundred times; for "", the text's start."""
    if not part:
        yield 0
        return
    at = text.find(part)
    for _ in range(100):
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


def _sides(side: str, own: str, neighbour: str, edge: bool) -> list[tuple[str, bool]]:
    """What may stand on one side of a gap: all that is known, or only the neighbour; "" for the text's end.

    With each, whether it is in the passage's own sentence.
    """
    found = [(side.strip(EDGES), True)] if WORD.search(own) else []
    if neighbour or edge:
        found.append((neighbour, False))
    return [(part, is_own) for part, is_own in found if len(part) >= 8 or not part]


def _adjoin(text: str, left: str, right: str) -> bool:
    if len(left) + len(right) < 10:
        return False
    for end in _ends_of(text, left):
        rest = text[end : end + 8].lstrip(EDGES)
        start = end + len(text[end : end + 8]) - len(rest)
        if text.startswith(right, start) if right else not text[end:].strip(EDGES):
            return True
    return False
