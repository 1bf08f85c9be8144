"""How alike two runs of words are, and the place in a text that most resembles a passage; linear in length."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from .folded import WORD, Folded, words

LEAST = 6  # shared words by which a passage is known in other words, wherever they stand
VOTES = 5  # words at each end that say how far the others are shifted
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
    def is_hardly_other(self) -> bool:
        """All but one word are the same, or nine of ten."""
        return self._is_all_but_one or self.ratio >= 0.9

    @property
    def is_half(self) -> bool:
        """Half of the words are the same."""
        return self.ratio >= 0.5

    @property
    def is_other_words(self) -> bool:
        """Still the passage, in other words: half of it is there, or all but a word."""
        alike = self._is_all_but_one or self.is_half or 3 * self.shared >= 2 * self.then
        return self.now > 0 and alike

    @property
    def _is_all_but_one(self) -> bool:
        return self.then - self.shared <= 1 and self.now - self.shared <= 2


def likeness(then: list[str], now: list[str]) -> Likeness:
    return Likeness((Counter(then) & Counter(now)).total(), len(then), len(now))


def most_resembling(folded: Folded, passage: str, apart: tuple[int, int] = (0, 0)) -> tuple[int, int] | None:
    """The span of the folded text, not in `apart`, that has nearly all words of `passage`; None where there is none."""
    then = words(passage)
    if len(then) <= FEWEST:
        return None
    now = folded.words
    within = range(*(bisect_left(folded.spans, (place,)) for place in apart)) if any(apart) else range(0)
    at = _densest(then, now, within)
    if at is None:
        return None
    first, last = _aligned(then, now, at)
    like = likeness(then, now[first : last + 1])
    if not like.is_nearly_all or (len(then) <= LEAST and not _in_order(then, now[first : last + 1])):
        return None
    spans = [word.span() for word in islice(WORD.finditer(folded.plain), last + 1)]
    return spans[first][0], spans[last][1]


def _aligned(then: list[str], now: list[str], at: int) -> tuple[int, int]:
    """The first and the last of the words `now` that stand for those of `then`, in the window that begins at `at`.

    Words that come once say where the others must be; a word put in or left out shifts those behind it.
    """
    counts = Counter(then)
    once = {word: index for index, word in enumerate(then) if counts[word] == 1}
    near = range(max(0, at - 1), min(len(now), at + len(then) + 1))
    shifts = [index - once[now[index]] for index in near if now[index] in once]
    if not shifts:
        return at, min(len(now), at + len(then)) - 1
    ahead, behind = (Counter(some).most_common(1)[0][0] for some in (shifts[:VOTES], shifts[-VOTES:]))
    first = min(max(0, ahead), len(now) - 1)
    return first, max(first, min(len(now), behind + len(then)) - 1)


def _in_order(then: list[str], now: list[str]) -> bool:
    same = SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
    return sum(block.size for block in same) >= len(then) - 1


def _densest(then: list[str], now: list[str], apart: range) -> int | None:
    """Where the window of the passage's length begins that shares most words with it, if these are enough."""
    size, left = len(then), dict(Counter(then))  # left: what the window lacks of each word, or has too much of it
    hits = [(index, word) for index, word in enumerate(now) if word in left and index not in apart]
    least = max(FEWEST, min(LEAST, size - 1), 0.7 * size)
    if (Counter(word for _, word in hits) & Counter(then)).total() < least:
        return None  # the whole text has too few of them
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
            if best >= size - 1:
                break  # all but one: none is much more like it
    return found if best >= least else None
