"""Of whom each sentence of a text speaks though it does not name them: by pronouns and titles (and see `speaking`).

Rules of thumb, not a parser: who is meant is looked for right before, or beside a quotation. What they give is an
order in which to read, and each passage shows by which words it was found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from .introducing import introduced
from .lexicon import (
    DETERMINERS,
    DOING,
    OBLIQUE,
    OF_A_PERSON,
    OWNING,
    PLURAL,
    SINGULAR,
    SPEAKING,
    THE_ONE,
)
from .lexicon_abroad import TITLES
from .lines import Line, Meant, Reading, lines
from .naming import OUTSIDER, Actor, Mention, gazetteer, mentions
from .speaking import add_speakers
from .wordforms import WORD, Words, unaccented, words

REACH = 3  # sentences that a pronoun reaches back
FAR = 6  # sentences that a title reaches back
SAME_OFFICE = {
    ("president",): ("head of state",),
    ("prime", "minister"): ("pm", "premier"),
    ("chancellor",): ("head of government",),
}

Titles = dict[tuple[str, ...], list[int]]


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
    add_speakers(reading)
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
            line.note(_latest(before, persons=True), place, is_person=True)
        elif word in PLURAL and not line.has_speaker:
            line.note(_latest(before, factor=0.8), place)
        elif word in OWNING and place == line.first and not is_taken:
            line.note(_latest(before, persons=word in OF_A_PERSON, factor=0.8), place)  # "Their offer stands"
        elif word in OBLIQUE and not any(sighting.weight > 0.4 for sighting in seen):
            line.note(_latest(before, persons=word in OF_A_PERSON, factor=0.5), place, is_speaker=False)
        elif word == "it" and self._does(line, place) and not is_taken:
            line.note(_latest(before, factor=0.7), place)

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
                    line.note(meant, place, is_person=True)
                return
        if place + 1 in named:
            return  # "Minister Petrova", who is known
        if small[place] in THE_ONE and self._is_of_unknown(line, place, place + 1):
            line.note(_latest(before, factor=0.7), place, is_person=True)
        elif place > line.first and small[place] in THE_ONE and small[place - 1] in DETERMINERS:
            if any(sighting.is_speaker and sighting.is_before(place) for sighting in line.seen.values()):
                return  # "Macron said that his country"
            line.note(_latest(before, factor=0.8), place)

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
