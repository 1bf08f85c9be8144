"""Passages that stand more than once, nearly word for word. A "not" more or another number makes another passage."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from .lines import Reading
from .matters import Index
from .wordforms import STOPWORDS, stem

ALIKE = 0.8  # of the words of both that count
FEW = 5  # words that count which a passage needs, to be taken for another's reprint
RAREST = 4  # words of a passage by which others that have one of them are looked up
CROWD = 50  # passages with the same rare word that are compared
DENIALS = frozenset(map(stem, ("no", "not", "never", "none", "nobody", "neither", "nor", "without", "cannot", "t")))


def once(
    readings: Mapping[int, Reading], index: Index, passages: Sequence[tuple[int, int, int]]
) -> list[tuple[int, tuple[int, ...]]]:
    """Which of `passages` (text, start, end) to keep, by number, and the texts of those that each stands for.

    The first of several that are alike is kept. Linear in their number.
    """
    kept: dict[int, list[int]] = {}
    words: list[frozenset[str]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, (text, start, end) in enumerate(passages):
        own = _words(readings[text], start, end)
        words.append(own)
        rarest = sorted(own, key=lambda form: (len(index.get(form, ())), form))[:RAREST]
        others = dict.fromkeys(other for form in rarest for other in by_word[form][:CROWD])
        twin = next((other for other in others if _is_alike(own, words[other])), None)
        if twin is None:
            kept[number] = []
            for form in rarest:
                by_word[form].append(number)
        else:
            kept[twin].append(text)
    return [(number, tuple(sorted({*also} - {passages[number][0]}))) for number, also in kept.items()]


def _words(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The words of a passage that count, by their stems; denials and numbers with the word that they are said of."""
    words = reading.words
    own = words.stems[bisect_left(words.starts, start) : bisect_left(words.starts, end)]
    said_of = zip(own, [*own[1:], ""], strict=True)
    return frozenset(
        f"{form} {after}" if _turns(form) else form for form, after in said_of if _turns(form) or form not in STOPWORDS
    )


def _turns(form: str) -> bool:
    """Whether another one of these makes another claim."""
    return form in DENIALS or form[0].isdigit()


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < FEW or any(" " in form for form in one ^ other):
        return False
    return len(one & other) >= ALIKE * len(one | other)
