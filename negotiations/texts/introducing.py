"""People whom texts introduce by a nation or an office: "Kremlin spokesman A. B.", "C. D., the defence minister"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .lexicon import BETWEEN, OFFICES, PLACED
from .naming import Gazetteer, Mention, by_first_word, named
from .wordforms import Words

BESIDE_OFFICE = BETWEEN | {"the", "a"}
ALONG = {word.rstrip("s") for word in BETWEEN}
FEW = 4  # mentions back to whose spokesman "his spokesman" is
NEAR = 60  # words from a nation to somebody whose office is told without it
TITLE_CASE = re.compile(r"[A-Z][^\W_]+")


def introduced(texts: Iterable[tuple[str, Words]], names: Gazetteer) -> Gazetteer:
    """People whom a text introduces by a nation and an office, by their full names: "Kremlin spokesman A. B.".

    Whoever is introduced for two of them is left out. By an office alone, somebody speaks for the nation that was
    named last before, or most often in the text, if no text tells otherwise.
    """
    known: dict[tuple[str, ...], set[int]] = defaultdict(set)
    guessed: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for text, words in texts:
        found = named(words, names)
        for parts, key in _introduced(text, words, found):
            known[parts].add(key)
        for parts, key in _in_office(text, words, found):
            guessed[parts].add(key)
    people = {**guessed, **known}
    return by_first_word({parts: (min(keys), "person") for parts, keys in people.items() if len(keys) == 1})


def _introduced(text: str, words: Words, found: Sequence[Mention]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The names, and for whom they speak, that stand beside a nation and an office."""
    taken = {at for mention in found for at in range(mention.first, mention.last)}
    for mention in found:
        if mention.kind == "person" and words.small[mention.last : mention.last + 1] != ["s"]:
            continue
        for first, last in (_after(text, words, mention), _before(text, words, mention)):
            if last - first > 1 and taken.isdisjoint(range(first, last)):
                yield tuple(words.plain[first:last]), mention.key


def _in_office(text: str, words: Words, found: Sequence[Mention]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Whoever has an office right before or after the name, and for whom they speak most likely."""
    if not found:
        return
    taken = {at for mention in found for at in range(mention.first, mention.last)}
    times = Counter(mention.key for mention in found)
    home = max(times, key=lambda key: (times[key], -key))
    some = [mention for mention in found if words.small[mention.first - 1] not in PLACED] or found  # "in Ukraine"
    firsts = [mention.first for mention in some]
    for at, word in enumerate(words.small):
        if word not in OFFICES:
            continue
        first, last = at + 1, _capitals(text, words, at + 1)
        if last - first < 2 or not _adjoin(text, words, at, first):
            first, last = _name_before(text, words, at)
        if last - first > 1 and taken.isdisjoint(range(first, last)):
            before = bisect_left(firsts, first)
            boss = _boss(words, some[:before], at)
            is_near = before and _is_near(text, words, firsts[before - 1], first)
            yield tuple(words.plain[first:last]), boss or (some[before - 1].key if is_near else home)


def _boss(words: Words, before: Sequence[Mention], at: int) -> int | None:
    """For whom the person named last speaks, where "his spokesman" or "her defence minister" is told of."""
    while at and words.small[at] in BETWEEN:
        at -= 1
    if words.small[at] not in ("his", "her"):
        return None
    return next((one.key for one in reversed(before[-FEW:]) if one.kind == "person"), None)


def _is_near(text: str, words: Words, first: int, last: int) -> bool:
    """Whether one word stands not far from another, in the same paragraph."""
    return last - first <= NEAR and "\n" not in text[words.starts[first] : words.starts[last]]


def _name_before(text: str, words: Words, at: int) -> tuple[int, int]:
    """The words of a name before ", the defence secretary", whose office is the word `at`."""
    last = at
    while last > at - 3 and last > 0 and words.small[last - 1] in BESIDE_OFFICE:
        last -= 1
    if last < 2 or text[words.ends[last - 1] : words.starts[last]] != ", ":
        return 0, 0
    return _capitals_before(text, words, last), last


def _after(text: str, words: Words, mention: Mention) -> tuple[int, int]:
    """The words of a name after "German defence minister", "Kremlin spokesman" or "Italy's"."""
    at, is_office = mention.last, False
    while at < min(len(words.plain), mention.last + 7) and words.small[at].rstrip("s") in ALONG:
        is_office = is_office or words.small[at] in OFFICES
        at += 1
    possessive = at == mention.last + 1 and words.plain[mention.last] == "s"
    if not (is_office or possessive) or not _adjoin(text, words, mention.last - 1, at):
        return 0, 0
    return at, _capitals(text, words, at)


def _before(text: str, words: Words, mention: Mention) -> tuple[int, int]:
    """The words of a name before ", the German defence minister"."""
    beside = words.small[mention.last : mention.last + 4]
    last = mention.first - (words.plain[mention.first - 1] == "the") if mention.first else 0
    if not OFFICES.intersection(beside) or last < 2 or "," not in text[words.ends[last - 1] : words.starts[last]]:
        return 0, 0
    return _capitals_before(text, words, last), last


def _capitals(text: str, words: Words, first: int) -> int:
    """Where a run of two or three words with capitals ends."""
    last = first
    while last < min(len(words.plain), first + 3) and TITLE_CASE.fullmatch(words.plain[last]):
        if last > first and text[words.ends[last - 1] : words.starts[last]] not in (" ", "-"):
            break
        last += 1
    return last


def _capitals_before(text: str, words: Words, last: int) -> int:
    """Where a run of up to three words with capitals begins that ends at `last`."""
    first = last
    while first > max(0, last - 3) and TITLE_CASE.fullmatch(words.plain[first - 1]):
        if first < last and text[words.ends[first - 1] : words.starts[first]] != " ":
            break
        first -= 1
    return first


def _adjoin(text: str, words: Words, first: int, last: int) -> bool:
    """Whether no sign that ends a sentence or a clause stands between the words `first` and `last`."""
    return last < len(words.starts) and not re.search(r"[.;:!?()\n]", text[words.ends[first] : words.starts[last]])
