"""How alike two runs of words are, and the place in a text that most resembles a passage; linear in length."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from .folding import WORD, Folded, words

LEAST = 6  # shared words by which a passage is known in other words, wherever they stand
FEWEST = 4  # of a shorter one, if they are all but one of its words, in their order


@dataclass(frozen=True)
class Likeness:
    """How alike two runs of words are: how many words they share, and how many each has."""

    shared: int
    then: int
    now: int

    @property
    def ratio(self) -> float:
        """Between 0 and 1: twice the shared words by all words."""
        return 2 * self.shared / max(1, self.then + self.now)

    @property
    def others(self) -> int:
        """Words that are not shared, on the side that has more of them."""
        return max(self.then, self.now) - self.shared

    @property
    def is_nearly_all(self) -> bool:
        """Four of five words are the same, or all but one."""
        return self.now > 0 and (self.ratio >= 0.8 or self._is_all_but_one)

    @property
    def is_other_words(self) -> bool:
        """Still the passage, in other words: half of it is there, or all but a word."""
        alike = self._is_all_but_one or self.ratio >= 0.5 or 3 * self.shared >= 2 * self.then
        return self.now > 0 and alike

    @property
    def _is_all_but_one(self) -> bool:
        return self.then - self.shared <= 1 and self.now - self.shared <= 2


def likeness(then: list[str], now: list[str]) -> Likeness:
    return Likeness((Counter(then) & Counter(now)).total(), len(then), len(now))


def most_resembling(folded: Folded, passage: str, apart: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """The span of the folded text, not in `apart`, that has nearly all words of `passage`; None where there is none."""
    then = words(passage)
    if len(then) <= FEWEST:
        return None
    now = folded.words
    at = _densest(then, now, range(*(bisect_left(folded.spans, (place,)) for place in apart)) if apart else range(0))
    if at is None:
        return None
    near = range(at, min(len(now), at + len(then)))
    known = set(then)
    shared = [index for index in near if now[index] in known]
    first = max(0, shared[0] - then.index(now[shared[0]]))
    last = min(len(now) - 1, shared[-1] + then[::-1].index(now[shared[-1]]))
    found = now[first : last + 1]
    if not likeness(then, found).is_nearly_all or (len(then) <= LEAST and not _in_order(then, found)):
        return None
    spans = [word.span() for word in islice(WORD.finditer(folded.plain), last + 1)]
    return spans[first][0], spans[last][1]


def _in_order(then: list[str], now: list[str]) -> bool:
    same = SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
    return sum(block.size for block in same) >= len(then) - 1


def _densest(then: list[str], now: list[str], apart: range) -> int | None:
    """Where the window of the passage's length begins that shares most words with it, if these are enough."""
    size, left = len(then), dict(Counter(then))  # left: what the window lacks of each word, or has too much of it
    hits = [(index, word) for index, word in enumerate(now) if word in left and index not in apart]
    least = max(FEWEST, min(LEAST, size - 1), 0.7 * size)
    if len(hits) < least:
        return None
    best = shared = oldest = found = 0
    for index, word in hits:
        while hits[oldest][0] <= index - size:
            old = hits[oldest][1]
            shared -= left[old] >= 0
            left[old] += 1
            oldest += 1
        shared += left[word] > 0
        left[word] -= 1
        if shared > best:
            best, found = shared, hits[oldest][0]
    return found if best >= least else None
