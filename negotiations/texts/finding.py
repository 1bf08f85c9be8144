"""Passages that may be evidence for a cell: they speak of the party near the priority's terms. Ranked, best first.

A sentence is worth a look by how surely it is about the party (see `lines` and `pointing`), times how much of the
matter it has (see `matters`). Words that take a stand and quoted speech raise it. The matter without the party comes
last. The numbers below were fitted, coarsely, to passages that people chose; docs/decisions/finding.md tells how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .lexicon import POINTING_BACK, STANCE, TALKS
from .lines import Line, Sighting
from .matters import Index, Matter, index_of
from .naming import Actor
from .pointing import Reading, read
from .reprints import once

How = Literal["named", "meant", "unnamed"]
Span = tuple[int, int]

# How surely a sentence is about an actor whom it does not name: by the heading above, the text's title, the sentences
# before and after (less in another paragraph, and where somebody else speaks), or a group that he belongs to.
BY_HEADING, BY_TITLE, BY_BEFORE, BY_AFTER, APART, OTHERS = 0.4, 0.15, 0.45, 0.33, 0.5, 0.4
BY_MEMBER, BY_GROUP, BY_ANYBODY, BY_NOBODY, UNNAMED = 0.25, 0.6, 0.08, 0.4, 0.07
OF_TERM = 0.5  # what is left of a name that is part of a term: "a future Russian attack"
PASSING = 0.15  # up to here a name is only a place: "the summit in Paris"
CLEAR = 0.4  # from here on a sentence's own words are enough
# What the matter is worth of which it speaks: for the actor alone, the talks as a whole, and terms elsewhere.
ACTOR, NEAR, OF_TALKS = 0.25, 0.06, 0.06
BESIDE, POINTED_AT, SECTION, QUESTION, TITLE_TERMS = 0.375, 0.2, 0.35, 0.6, 0.05
TAKES_STAND, QUOTED, HEADING, TITLE, ASKED = 1.15, 1.1, 0.7, 0.4, 0.6  # factors
JOINS = 0.18  # of its neighbour's score, that a sentence needs to be of the same passage
MOST, LONGEST = 3, 600  # sentences and characters of one passage


@dataclass(frozen=True)
class Passage:
    """`text` is the key of the text; `start` and `end` are code points in it, as are those of `names` and `terms`.

    context: where the sentence before it begins, if that is of the same paragraph; else `start`.
    how: the party is "named" in it, "meant" by a pronoun, a title or its place, or "unnamed".
    also: keys of other texts that have the same passage, nearly word for word.
    """

    text: int
    start: int
    end: int
    context: int
    score: float
    how: How
    names: tuple[Span, ...]
    terms: tuple[Span, ...]
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Library:
    """Texts read once, to be asked for many cells."""

    readings: dict[int, Reading]
    cast: dict[int, Actor]
    index: Index


def prepare(texts: Mapping[int, str], cast: Sequence[Actor]) -> Library:
    """Read `texts`, by key, with an eye on all parties: who was named last decides whom a pronoun means."""
    readings = read(texts, cast)
    return Library(readings, {actor.key: actor for actor in cast}, index_of(readings))


def find(
    library: Library,
    key: int,
    terms: Iterable[str],
    *,
    without: Mapping[int, Sequence[Span]] | None = None,
    most: int = 200,
) -> list[Passage]:
    """The `most` passages on the actor `key` and the matter that `terms` tell of, best first.

    Sentences that share a character with a span of `without`, by text, are left out. No part of a text is in two
    passages, and what several texts have nearly word for word is there once.
    """
    matter = Matter(library.readings, library.index, terms)
    found: list[Passage] = []
    for text, reading in library.readings.items():
        search = _Search(library.cast[key], reading, matter, matter.hits.get(text, {}))
        sentences = _outside(reading.lines, search.found(), (without or {}).get(text, ()))
        found += (_passage(text, reading, best, run) for best, run in _joined(reading.lines, sentences))
    found = [passage for passage in found if passage.names or passage.terms]
    found.sort(key=lambda passage: (-passage.score, passage.text, passage.start))
    found = found[:most]
    kept = once(library.readings, library.index, [(one.text, one.start, one.end) for one in found])
    return [replace(found[number], also=also) for number, also in kept]


@dataclass(frozen=True)
class _Found:
    """A sentence by its place among the text's, and why it was found: words that name, and words of terms."""

    line: int
    score: float
    how: How
    names: list[Span]
    terms: list[Span]


class _Search:
    """One actor and one matter in one text, from its first sentence to its last."""

    def __init__(
        self, actor: Actor, reading: Reading, matter: Matter, hits: Mapping[int, list[tuple[int, int]]]
    ) -> None:
        self.actor, self.reading, self.lines, self.matter = actor, reading, reading.lines, matter
        self.spans = [[(at, last) for at in self._words(n) for last, _ in hits.get(at, ())] for n in self._all()]
        self.terms = [{number for at in self._words(n) for _, number in hits.get(at, ())} for n in self._all()]
        has_title = bool(self.lines) and self.lines[0].is_heading
        self.title_terms: set[int] = self.terms[0] if has_title else set()
        self.title = self.lines[0].seen.get(actor.key) if has_title else None
        self.section: set[int] = set()
        self.is_asked = False
        self.head: Sighting | None = None
        self.topic: Line | None = None

    def _all(self) -> range:
        return range(len(self.lines))

    def _words(self, at: int) -> range:
        return range(self.lines[at].first, self.lines[at].last)

    def found(self) -> list[_Found]:
        """Each sentence that has anything of the actor or the matter."""
        found = []
        for at, line in enumerate(self.lines):
            self._turn_page(at)
            sure, how, names = self._about(at)
            score = max(UNNAMED, sure) * self._worth(at) * self._stand(line)
            if self.reading.text[line.sentence.end - 1] == "?":
                score *= ASKED
            if line.is_heading:
                score *= HEADING if at else TITLE
            if score > 0:
                found.append(_Found(at, score, how, names, self.spans[at]))
        return found

    def _turn_page(self, at: int) -> None:
        """Keep the heading above, or the few words that tell of whom a paragraph is: "And the Ukrainians?"."""
        line = self.lines[at]
        if line.is_heading:
            self.section, self.head = (self.terms[at], line.seen.get(self.actor.key)) if at else (set(), None)
            self.is_asked = self.reading.text[line.sentence.end - 1] == "?"
            self.topic = None
        elif line.last - line.first <= 4 and any(s.is_named and not s.is_speaker for s in line.seen.values()):
            self.topic, self.head = line, Sighting(1.0) if self.actor.key in line.seen else None
        elif self.topic and not line.is_beside(self.topic):
            self.topic = self.head = None

    def _about(self, at: int) -> tuple[float, How, list[Span]]:
        """How surely a sentence is about the actor, how that is known, and the words that say so."""
        line = self.lines[at]
        own = line.seen.get(self.actor.key, Sighting())
        if own.weight >= CLEAR:
            if own.places and all(self._is_in_a_term(at, *place) for place in own.places):
                return OF_TERM * own.weight, "named", own.places
            return own.weight, "named" if own.is_named else "meant", own.places
        named: How | None = "named" if own.is_named and own.weight > PASSING else None
        ways = [(own.weight, own.places), *self._by_group(line)]
        others = OTHERS if line.has_speaker else 1
        ways += [(others * weight, []) for weight in self._by_place(at)]
        sure, places = max(ways, key=lambda way: way[0])
        return sure, named or ("meant" if sure > UNNAMED else "unnamed"), [*own.places, *places]

    def _is_in_a_term(self, at: int, first: int, last: int) -> bool:
        return any(start <= first and end >= last for start, end in self.spans[at])

    def _by_place(self, at: int) -> list[float]:
        """How surely a sentence is about the actor by what stands above and beside it."""
        line, key = self.lines[at], self.actor.key
        ways = [
            BY_HEADING * self.head.weight if self.head else 0.0,
            BY_TITLE * self.title.weight if self.title else 0.0,
        ]
        for other, factor in ((at - 1, BY_BEFORE), (at + 1, BY_AFTER)):
            if 0 <= other < len(self.lines) and line.goes_on_from(self.lines[other]):
                beside = self.lines[other].seen.get(key, Sighting())
                ways.append(factor * beside.weight * (1 if line.is_beside(self.lines[other]) else APART))
        return ways

    def _by_group(self, line: Line) -> list[tuple[float, list[Span]]]:
        """A collective is meant by its members, anybody a little by "members", and a collective where nobody acts."""
        actor = self.actor
        ways: list[tuple[float, list[Span]]] = []
        members = [line.seen[key] for key in actor.members if key in line.seen and line.seen[key].is_speaker]
        if members:
            ways.append((BY_MEMBER, [place for sighting in members for place in sighting.places]))
        if line.generic:
            anybody = BY_ANYBODY * (OTHERS if line.has_speaker else 1)
            ways.append((BY_GROUP if actor.is_collective else anybody, list(line.generic)))
        if actor.is_collective and not line.has_speaker:
            ways.append((BY_NOBODY, []))
        return ways

    def _worth(self, at: int) -> float:
        """How much of the matter a sentence has: its own terms, and those that it stands beside."""
        line, own = self.lines[at], self.terms[at]
        words = self.reading.words
        points_back = not POINTING_BACK.isdisjoint(words.small[line.first : line.last])
        talks = len(TALKS.intersection(words.stems[line.first : line.last]))
        is_after = at and line.goes_on_from(self.lines[at - 1])
        beside = self.terms[at - 1] - own if is_after else set()
        worth = self.matter.worth
        return (
            (ACTOR if self.actor.key in line.seen else NEAR)
            + OF_TALKS * min(2, talks)
            + worth(own)
            + (POINTED_AT if points_back else BESIDE) * worth(beside)
            + (QUESTION if self.is_asked else SECTION) * worth(self.section - own - beside)
            + TITLE_TERMS * worth(self.title_terms)
        )

    def _stand(self, line: Line) -> float:
        takes = not STANCE.isdisjoint(self.reading.words.stems[line.first : line.last])
        return (TAKES_STAND if takes else 1) * (QUOTED if line.is_quoted else 1)


def _outside(lines: list[Line], found: list[_Found], spans: Sequence[Span]) -> list[_Found]:
    """Those of the sentences that no span touches."""
    places = [(one, lines[one.line].sentence) for one in found]
    return [one for one, at in places if not any(start < at.end and end > at.start for start, end in spans)]


def _joined(lines: list[Line], found: list[_Found]) -> Iterable[tuple[_Found, list[_Found]]]:
    """Sentences that stand side by side and both matter, as one: the best of them, and all of them in order."""
    left = {one.line: one for one in found}
    for best in sorted(found, key=lambda one: (-one.score, one.line)):
        if best.line not in left:
            continue
        run = [left.pop(best.line)]
        for is_after in (True, False) * (MOST - 1):
            beside = left.get(run[-1].line + 1 if is_after else run[0].line - 1)
            if beside and _belongs(lines, run, beside, JOINS * best.score):
                run = [*run, left.pop(beside.line)] if is_after else [left.pop(beside.line), *run]
        yield best, run


def _belongs(lines: list[Line], run: list[_Found], beside: _Found, least: float) -> bool:
    """Whether a passage may take in a sentence beside it: of the same paragraph, and not much less to the point."""
    first, last = min(run[0].line, beside.line), max(run[-1].line, beside.line)
    return (
        beside.score >= least
        and beside.how != "unnamed"
        and lines[first].is_beside(lines[last])
        and lines[last].sentence.end - lines[first].sentence.start <= LONGEST
        and last - first < MOST
    )


def _passage(text: int, reading: Reading, best: _Found, run: list[_Found]) -> Passage:
    words, lines, first = reading.words, reading.lines, run[0].line
    before = first - 1 if first and lines[first - 1].is_beside(lines[first]) else first
    return Passage(
        text=text,
        start=lines[first].sentence.start,
        end=lines[run[-1].line].sentence.end,
        context=lines[before].sentence.start,
        score=best.score,
        how="named" if any(one.how == "named" for one in run) else best.how,
        names=_spans(words.starts, words.ends, (span for one in run for span in one.names)),
        terms=_spans(words.starts, words.ends, (span for one in run for span in one.terms)),
    )


def _spans(starts: list[int], ends: list[int], words: Iterable[Span]) -> tuple[Span, ...]:
    """Where words stand in the text, in order; those that overlap as one."""
    found: list[Span] = []
    for first, last in sorted(set(words)):
        start, end = starts[first], ends[last - 1]
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
