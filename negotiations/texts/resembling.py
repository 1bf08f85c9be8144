"""The place that most resembles a passage, by its words in their order; linear in the text's length."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from .passages import WORD

LONG = 150  # words from which on a passage is compared by its words alone, not by their order


@dataclass(frozen=True)
class Likeness:
    """How alike two runs of words are: how many words they share in order, and how many each has."""

    shared: int
    then: int
    now: int

    @property
    def ratio(self) -> float:
        """Between 0 and 1: twice the shared words by all words."""
        return 2 * self.shared / max(1, self.then + self.now)

    @property
    def is_other_words(self) -> bool:
        """Still the passage, in other words: half of it is there, or all but a word."""
        all_but_one = self.then - self.shared <= 1 and self.now - self.shared <= 2
        return all_but_one or self.ratio >= 0.5 or 3 * self.shared >= 2 * self.then


def words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def likeness(then: list[str], now: list[str]) -> Likeness:
    return Likeness(sum(size for _, _, size in _blocks(then, now)), len(then), len(now))


def _blocks(then: list[str], now: list[str]) -> list[tuple[int, int, int]]:
    """The runs of words that the two share, in order, as (place in `then`, place in `now`, length)."""
    if len(then) * len(now) <= LONG * LONG:
        matcher = SequenceMatcher(None, then, now, autojunk=False)
        return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]
    pairs = zip(then, now, strict=False)
    head = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(then), len(now)))
    pairs = zip(reversed(then[head:]), reversed(now[head:]), strict=False)
    least = min(len(then), len(now)) - head
    tail = next((at for at, (one, other) in enumerate(pairs) if one != other), least)
    middle = Counter(then[head : len(then) - tail]) & Counter(now[head : len(now) - tail])
    return [(0, 0, head), (head, head, middle.total()), (len(then) - tail, len(now) - tail, tail)]


def most_resembling(text: str, passage: str) -> tuple[int, int, Likeness] | None:
    """The span of `text` whose words most resemble those of `passage`; None where less than a third are shared."""
    then = words(passage)
    spans = [word.span() for word in WORD.finditer(text)]
    now = [text[start:end].casefold() for start, end in spans]
    best = max((_aligned(then, now, at) for at in _windows(then, now)), key=lambda found: found[2].ratio, default=None)
    if best is None or not best[2].shared:
        return None
    return spans[best[0]][0], spans[best[1] - 1][1], best[2]


def _windows(then: list[str], now: list[str]) -> list[int]:
    """Where the windows of the passage's length begin that share most words with it: three, apart from each other."""
    size, wanted = len(then), Counter(then)
    held: Counter[str] = Counter()
    gains = []
    for at, word in enumerate(now):
        gain = 0
        if word in wanted:
            held[word] += 1
            gain = held[word] <= wanted[word]
        if at >= size and (old := now[at - size]) in wanted:
            gain -= held[old] <= wanted[old]
            held[old] -= 1
        gains.append(gain)
    shared = list(accumulate(gains))
    found = []
    for _ in range(3):
        most = max(shared, default=0)
        if 3 * most < size or not most:
            break
        at = shared.index(most)
        found.append(max(0, at - size + 1))
        for near in range(max(0, at - size), min(len(shared), at + size)):
            shared[near] = 0
    return found


def _aligned(then: list[str], now: list[str], at: int) -> tuple[int, int, Likeness]:
    """The run of `now` around the window at `at` that stands for the passage: from its first word to its last."""
    margin = max(2, len(then) // 3)
    low = max(0, at - margin)
    near = now[low : at + len(then) + margin]
    blocks = _compact([block for block in _blocks(then, near) if block[2]])
    if not blocks:
        return 0, 1, Likeness(0, len(then), 1)
    first = max(0, blocks[0][1] - blocks[0][0])
    missing = len(then) - blocks[-1][0] - blocks[-1][2]
    last = min(len(near), blocks[-1][1] + blocks[-1][2] + missing)
    return low + first, low + last, likeness(then, near[first:last])


def _compact(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Without single words at the ends that stand far from the rest."""
    while len(blocks) > 1 and blocks[0][2] == 1 and _apart(blocks[0], blocks[1]):
        blocks = blocks[1:]
    while len(blocks) > 1 and blocks[-1][2] == 1 and _apart(blocks[-2], blocks[-1]):
        blocks = blocks[:-1]
    return blocks


def _apart(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether five or more words have come between two runs."""
    return other[1] - one[1] > 4 + other[0] - one[0]
