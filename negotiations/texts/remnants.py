"""A passage in other words, known by the rest of its own sentence or by what stands right beside it on one side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from .folded import WORD, Folded, words
from .frames import NEAREST, OFTEN, side_near
from .passages import EDGES, Passage
from .places import FEW, TELLING
from .resembling import likeness

WIDER = 60  # characters that a passage may have more than before
COMPARED = 20_000  # characters that are compared with it in all, by and large
LEAST_SPANS = 4  # spans that are compared even so
LEAST = 2  # words that are still the same


def remnant(folded: Folded, passage: Passage, deleted: bool, apart: tuple[int, int] = (0, 0)) -> tuple[int, int] | None:
    """The span of the folded text that is the passage but for a word, if the text beside it says so; else None.

    apart: a span that it has nothing to do with.
    deleted: its place closed up, so only the rest of its own sentence counts: a neighbour may read alike.
    """
    then = words(passage.exact)
    best, least = None, 0.0
    spans = chain(_between_own(folded, passage), _beside(folded, passage, deleted))
    for start, end in islice(spans, max(LEAST_SPANS, COMPARED // len(passage.exact))):
        if start < apart[1] and apart[0] < end:
            continue
        like = likeness(then, words(folded.plain[start:end]))
        if like.shared >= LEAST and like.is_nearly_all and like.ratio > least:
            best, least = (start, end), like.ratio
    return best


def _between_own(folded: Folded, passage: Passage) -> Iterator[tuple[int, int]]:
    """What stands between the two parts that were left of its own sentence."""
    text, left, right = folded.plain, passage.own_before.strip(EDGES), passage.own_after.strip(EDGES)
    if not left or not right or len(left) + len(right) < TELLING:
        return
    for at in _starts(text, left, OFTEN):
        first = at + len(left)
        end = text.find(right, first, first + len(passage.exact) + WIDER + len(right))
        if end >= 0:
            yield first, end


def _beside(folded: Folded, passage: Passage, deleted: bool) -> Iterator[tuple[int, int]]:
    """As many words as the passage has, up to two more or one less, right behind what stood before it, or before."""
    text, size = folded.plain, passage.words
    own_before, own_after = len(passage.own_before.strip(EDGES)), len(passage.own_after.strip(EDGES))
    left = side_near(passage.before, 1) if not deleted or own_before >= NEAREST else None
    right = side_near(passage.after, -1) if not deleted or own_after >= NEAREST else None
    firsts = [at + len(left or "") for at in _starts(text, left, FEW)]
    lasts = list(_starts(text, right, FEW))
    if not deleted and passage.at_start and not passage.before.strip(EDGES):
        firsts = [0]
    if not deleted and passage.at_end and not passage.after.strip(EDGES):
        lasts = [len(text)]
    reach = len(passage.exact) + WIDER
    for first in firsts:
        spans = [word.span() for word in WORD.finditer(text, first, first + reach)]
        yield from ((spans[0][0], spans[count - 1][1]) for count in _counts(size) if count <= len(spans))
    for last in lasts:
        spans = [word.span() for word in WORD.finditer(text, max(0, last - reach), last)]
        yield from ((spans[-count][0], spans[-1][1]) for count in _counts(size) if count <= len(spans))


def _counts(size: int) -> list[int]:
    return [count for count in (size, size + 1, size - 1, size + 2) if count > 0]


def _starts(text: str, part: str | None, most: int) -> Iterator[int]:
    at = text.find(part) if part else -1
    for _ in range(most):
        if at < 0 or not part:
            return
        yield at
        at = text.find(part, at + 1)
