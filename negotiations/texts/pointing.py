"""Of whom each sentence of a text speaks though it does not name them: by pronouns, titles, and whose words it quotes.

Rules of thumb, not a parser: who is meant is looked for right before, or beside a quotation. What they give is an
order in which to read, and each passage shows by which words it was found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .introducing import introduced
from .lexicon import (
    DETERMINERS,
    DOING,
    FIRST,
    OBLIQUE,
    OF_A_PERSON,
    OWNING,
    PLURAL,
    SINGULAR,
    SPEAKING,
    THE_ONE,
)
from .lexicon_abroad import TITLES
from .lines import IDLE, Line, Sighting, lines
from .naming import OUTSIDER, Actor, Mention, gazetteer, mentions
from .wordforms import WORD, Words, unaccented, words

REACH = 3  # sentences that a pronoun reaches back
FIRST_WORDS = 4  # of a sentence, among which stands who does what it tells of
FAR = 6  # sentences that a title reaches back
# In capitals, at the beginning of a paragraph of a transcript: "PRESIDENT MACRON:".
LABEL = re.compile(r"[A-Z][A-Z.'’-]++(?: [A-Z][A-Z.'’-]++){0,4}(?: ?\([^)]{1,40}\))?:\s")
# At the beginning of any line or point: "Kushner:", "- France (Macron):".
OWNED = re.compile(r"(?:[-–—•*·‣]\s*)?[A-Z][^\s:]*(?: [A-Z(][^\s:]*){0,5}:\s")
SAME_OFFICE = {
    ("president",): ("head of state",),
    ("prime", "minister"): ("pm", "premier"),
    ("chancellor",): ("head of government",),
}

Titles = dict[tuple[str, ...], list[int]]
Meant = dict[int, float]  # how surely each actor is meant


@dataclass(frozen=True)
class Reading:
    """A text read: its words, and its sentences with whom each is about."""

    text: str
    words: Words
    lines: list[Line]


def read(texts: Mapping[int, str], cast: Sequence[Actor]) -> dict[int, Reading]:
    """Read texts, by key: who is named in each sentence, and who is meant. Linear in their length.

    Whom one text introduces is known in the others.
    """
    found = {key: words(text) for key, text in texts.items()}
    names, titles = gazetteer(cast, found.values()), _titles(cast)
    people = introduced(((text, found[key]) for key, text in texts.items()), names)
    return {key: _read(text, found[key], mentions(found[key], names, people), titles) for key, text in texts.items()}


def _read(text: str, found: Words, named: list[Mention], titles: Titles) -> Reading:
    reading = Reading(text, found, lines(text, found, named))
    _Pointers(reading, titles).follow()
    _add_speakers(reading)
    return reading


def _titles(cast: Sequence[Actor]) -> Titles:
    """Whose title each is, by its words: the keys of those who have such a person."""
    found: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for actor in cast:
        for person in actor.people:
            for title in person.titles:
                found[tuple(WORD.findall(title.casefold()))].add(actor.key)
    for office, others in (*SAME_OFFICE.items(), *TITLES.items()):
        if office in found:
            found |= {tuple(unaccented(other).casefold().split()): found[office] for other in others}
    return {title: sorted(keys) for title, keys in found.items() if title}


class _Pointers:
    """The pronouns and titles of a text, sentence by sentence, each by who was spoken of before."""

    def __init__(self, reading: Reading, titles: Titles) -> None:
        self.words, self.lines = reading.words, reading.lines
        self.titles: dict[str, list[tuple[tuple[str, ...], list[int]]]] = defaultdict(list)
        for title, keys in titles.items():
            self.titles[title[0]].append((title, keys))
        self.telling = SINGULAR | PLURAL | OBLIQUE | THE_ONE | {"it"} | self.titles.keys()
        self.times = Counter(key for line in reading.lines for key in line.seen)

    def follow(self) -> None:
        for at, line in enumerate(self.lines):
            before = self._before(at)
            named = {
                w for sighting in line.seen.values() for first, last in sighting.places for w in range(first, last)
            }
            for place in range(line.first, line.last):
                if self.words.small[place] not in self.telling:
                    continue
                self._pronoun(line, before, place)
                if not named & {place - 1, place - 2, place - 3}:
                    self._title(at, before, place, named)

    def _before(self, at: int) -> list[Line]:
        """The sentences to which one may point back, the last first; the heading above at the end."""
        found: list[Line] = []
        for other in reversed(self.lines[max(0, at - REACH) : at]):
            if other.is_heading and not self.lines[at].is_heading:
                return [*found, other]
            if self.lines[at].goes_on_from(other):
                found.append(other)
        return found

    def _pronoun(self, line: Line, before: list[Line], place: int) -> None:
        """Who "he", "they" or "it" is, unless the sentence itself has named somebody who may be meant."""
        word, seen = self.words.small[place], line.seen.values()
        is_taken = any(sighting.weight > 0.5 and sighting.is_before(place) for sighting in seen)
        has_person = any(sighting.is_person and sighting.is_before(place) for sighting in seen)
        tells = word in SINGULAR and (self._tells(line, place) or not has_person)
        if tells or (word == "him" and self.words.small[max(line.first, place - 2) : place] == ["according", "to"]):
            _add(line, _latest(before, persons=True), place, is_person=True)
        elif word in PLURAL and not line.has_speaker:
            _add(line, _latest(before, factor=0.8), place)
        elif word in OWNING and place == line.first and not is_taken:
            _add(line, _latest(before, persons=word in OF_A_PERSON, factor=0.8), place)  # "Their offer stands"
        elif word in OBLIQUE and not any(sighting.weight > 0.4 for sighting in seen):
            _add(line, _latest(before, persons=word in OF_A_PERSON, factor=0.5), place, is_speaker=False)
        elif word == "it" and self._does(line, place) and not is_taken:
            _add(line, _latest(before, factor=0.7), place)

    def _does(self, line: Line, place: int) -> bool:
        """Whether a verb of doing comes right after a pronoun, which "it was snowing" has not."""
        return place + 1 < line.last and self.words.small[place + 1] in DOING

    def _tells(self, line: Line, place: int) -> bool:
        """Whether a pronoun beside a quotation says who speaks it: "he said"."""
        beside = self.words.small[max(line.first, place - 1) : min(line.last, place + 2)]
        return line.is_quoted and not SPEAKING.isdisjoint(beside)

    def _title(self, at: int, before: list[Line], place: int, named: set[int]) -> None:
        """A title that stands alone, or a word such as "the ministry"; beside a name it is only a part of that."""
        line, small = self.lines[at], self.words.small
        for title, keys in self.titles.get(small[place], ()):
            last = place + len(title)
            if last <= line.last and tuple(small[place:last]) == title:
                if not named & {last, last + 1}:
                    unknown = self.words.plain[place][0].isupper() and self._is_of_unknown(line, place, last)
                    meant = _latest(before, factor=0.6) if unknown else self._titled(at, keys)
                    _add(line, meant, place, is_person=True)
                return
        if place + 1 in named:
            return  # "Minister Petrova", who is known
        if small[place] in THE_ONE and self._is_of_unknown(line, place, place + 1):
            _add(line, _latest(before, factor=0.7), place, is_person=True)
        elif place > line.first and small[place] in THE_ONE and small[place - 1] in DETERMINERS:
            if any(sighting.is_speaker and sighting.is_before(place) for sighting in line.seen.values()):
                return  # "Macron said that his country"
            _add(line, _latest(before, factor=0.8), place)

    def _is_of_unknown(self, line: Line, place: int, last: int) -> bool:
        """Whether a title stands before a name that is not known."""
        if last >= line.last:
            return False
        return self.words.plain[last][0].isupper() and self.words.starts[last] - self.words.ends[last - 1] == 1

    def _titled(self, at: int, keys: list[int]) -> Meant:
        """Who is meant by "the president": the only one who has the title, else the last one spoken of in person."""
        if len(keys) == 1:
            return {keys[0]: 0.85}
        for line in reversed(self.lines[max(0, at - FAR) : at + 1]):
            there = {key: line.seen[key] for key in keys if key in line.seen and line.seen[key].is_person}
            if there:
                best = max(there, key=lambda key: there[key].weight)
                return {key: 0.85 if key == best else 0.4 for key in there}
        most = max(self.times[key] for key in keys)
        return {key: 0.6 if self.times[key] == most else 0.2 for key in keys if self.times[key]}


def _latest(before: list[Line], persons: bool = False, factor: float = 0.9) -> Meant:
    """Who was spoken of last, above all who spoke or acted there.

    `factor` is how surely they are meant at best.
    """
    for only in (True, False) if persons else (False,):
        for back, line in enumerate(before):
            there = {key: s for key, s in line.seen.items() if s.weight > 0.4 and (s.is_person or not only)}
            if there:
                chosen = max(there, key=lambda key: (there[key].is_person == persons) + there[key].is_speaker)
                return {
                    key: factor * 0.92**back * (1 if key == chosen else 0.4) * max(0.7, sighting.weight)
                    for key, sighting in there.items()
                    if key != OUTSIDER
                }
    return {}


def _add(line: Line, meant: Meant, place: int | None, is_speaker: bool = True, is_person: bool = False) -> None:
    """Note who is meant by the word at `place`; None where no word says so."""
    for key, weight in meant.items():
        sighting = line.seen.setdefault(key, Sighting())
        sighting.is_person = sighting.is_person or (is_person and weight > 0.5)
        if weight > sighting.weight:
            sighting.weight = weight
            sighting.is_speaker = sighting.is_speaker or is_speaker
        if place is not None:
            sighting.places.append((place, place + 1))


def _add_speakers(reading: Reading) -> None:
    """Note who says "we": whose turn it is in a transcript, whose line it is, or who is named beside a quotation."""
    turn: Meant = {}
    labels = [LABEL.match(reading.text, line.sentence.start, line.sentence.end) for line in reading.lines]
    is_transcript = sum(label is not None for label in labels) > 1  # else a label may be where a report was written
    for at, line in enumerate(reading.lines):
        we = next((w for w in range(line.first, line.last) if reading.words.plain[w] in FIRST), None)
        label = labels[at]
        last = bisect_left(reading.words.starts, label.end()) if label else 0
        if label and (is_transcript or any(s.is_person and s.is_before(last) for s in line.seen.values())):
            turn = {key: 0.9 for key, sighting in line.seen.items() if sighting.is_before(last)}
        elif line.is_heading:
            turn = {}
        elif turn:
            _add(line, turn, we)
        elif we is not None and line.is_quoted and not _says_who(line, we):
            _add(line, _beside(reading.lines, at), we)
    _add_owners(reading)


def _add_owners(reading: Reading) -> None:
    """Note whose a line or a point is that begins with a name and a colon, but for what somebody else does in it."""
    owners: Meant = {}
    for at, line in enumerate(reading.lines):
        if at and line.is_beside(reading.lines[at - 1]):
            if not any(s.is_speaker and s.is_before(line.first + FIRST_WORDS) for s in line.seen.values()):
                _add(line, owners, None)
            continue
        label = OWNED.match(reading.text, line.sentence.start, line.sentence.end)
        last = bisect_left(reading.words.starts, label.end()) if label else 0
        owners = {key: 0.9 for key, sighting in line.seen.items() if sighting.is_before(last)}
        _add(line, owners, None)
        for key, sighting in line.seen.items() if owners else ():
            sighting.is_speaker = key in owners
            sighting.weight *= 1 if key in owners else IDLE


def _says_who(line: Line, we: int) -> bool:
    """Whether a sentence itself names who says "we" in it."""
    speaks = any(sighting.is_speaker and sighting.weight > 0.6 for sighting in line.seen.values())
    return speaks or any(s.is_named and s.weight > 0.4 and s.is_before(we) for s in line.seen.values())


def _beside(found: list[Line], at: int) -> Meant:
    """Who speaks in the next sentence of the paragraph, else whoever spoke last; a person before a state."""
    after = [line for line in found[at + 1 : at + 2] if line.is_beside(found[at])]
    before = [line for line in found[max(0, at - 4) : at][::-1] if line.is_heading or found[at].goes_on_from(line)]
    ways: tuple[tuple[list[Line], Callable[[Sighting], bool]], ...] = (
        (after + before, lambda sighting: sighting.is_speaker and sighting.is_person),
        (before, lambda sighting: sighting.is_person),  # as in a line that only names the source
        (after + before[:1], lambda sighting: sighting.is_speaker),
    )
    for others, may_speak in ways:
        for line in others:
            speakers = {key: 0.8 * s.weight for key, s in line.seen.items() if s.weight > 0.5 and may_speak(s)}
            if speakers.keys() - {OUTSIDER}:
                return {key: weight for key, weight in speakers.items() if key != OUTSIDER}
    return {}
