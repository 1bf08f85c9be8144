"""What a priority is called in texts: its terms, where they stand, and how much each one tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import log

from .lines import Reading
from .wordforms import JOINED, STOPWORDS, WORD, phrase, stem

GAP = 3  # words that may stand between two words of one term
UNKNOWN_ENDING = 3  # letters that a long word may have beyond a term's
FURTHER = 0.6  # what each further term of a sentence is worth, of what it would be alone

Hit = tuple[int, int, int]  # which text, and the first and last word
Index = dict[str, list[Hit]]


def default_terms(name: str, description: str, names: Iterable[str] = ()) -> list[str]:
    """Terms for a priority that has none: the words of its name that count, two by two, and those of its description.

    `names` are words that tell nothing here, since they stand everywhere: those of the parties.
    """
    without = {stem(word) for other in names for word in WORD.findall(other)}
    of_name, of_description = (
        [word for word in WORD.findall(text.casefold()) if _counts(word, without)] for text in (name, description)
    )
    pairs = [f"{one} {other}" for one, other in pairwise(of_name)]
    return list(dict.fromkeys([*pairs, *of_name, *of_description]))


def _counts(word: str, without: set[str]) -> bool:
    return len(word) > 3 and word not in STOPWORDS and stem(word) not in without


def index_of(readings: Mapping[int, Reading]) -> Index:
    """Where each word stands, by its stem; two words with a hyphen between them also as one."""
    index: Index = defaultdict(list)
    for key, reading in readings.items():
        words = reading.words
        for at, form in enumerate(words.stems):
            index[form].append((key, at, at + 1))
        for at in range(len(words.starts) - 1):
            if words.starts[at + 1] - words.ends[at] == 1 and reading.text[words.ends[at]] in JOINED:
                index[stem(words.plain[at] + words.plain[at + 1])].append((key, at, at + 2))
    return dict(index)


class Matter:
    """The terms of one priority in some texts: `hits` by text and first word, as (last word, number of the term)."""

    def __init__(self, readings: Mapping[int, Reading], index: Index, terms: Iterable[str]) -> None:
        self.hits: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        self.weights: list[float] = []
        sentences = sum(len(reading.lines) for reading in readings.values())
        for number, form in enumerate(dict.fromkeys(filter(None, map(phrase, terms)))):
            hits = _hits(readings, index, form)
            self.weights.append(_rarity(len(hits), sentences))
            for text, first, last in hits:
                self.hits[text][first].append((last, number))

    def worth(self, numbers: Iterable[int]) -> float:
        """What terms, by number, weigh together: the rarest in full, each further one less."""
        weights = sorted((self.weights[number] for number in numbers), reverse=True)
        return sum(weight * FURTHER**at for at, weight in enumerate(weights))


def _rarity(hits: int, sentences: int) -> float:
    """1 for a term that stands once, less the more often it does: the inverse document frequency, by sentences."""
    return log(1 + sentences / max(1, hits)) / log(1 + sentences) if sentences else 0.0


def _hits(readings: Mapping[int, Reading], index: Index, form: tuple[str, ...]) -> list[Hit]:
    """Where a term stands: its words in order, with few others between them."""
    found = [hit for way in _ways(index, form[0]) for hit in index[way]]
    for word in form[1:]:
        ways = _ways(index, word)
        found = [
            (text, first, at + 1)
            for text, first, last in found
            if (at := _next(readings[text].words.stems, ways, last)) is not None
        ]
    return found


def _ways(index: Index, form: str) -> set[str]:
    """The forms of a word that the texts have; of a long one also those with an ending that we do not know."""
    if len(form) < 6:
        return {form} & index.keys()
    return {other for other in index if other.startswith(form) and len(other) - len(form) <= UNKNOWN_ENDING}


def _next(stems: list[str], ways: set[str], last: int) -> int | None:
    return next((at for at in range(last, min(len(stems), last + GAP + 1)) if stems[at] in ways), None)
