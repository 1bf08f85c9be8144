"""How likely each sentence of a text is worth a look for a cell: the party's sureness times the matter's worth.

How surely a sentence is about the party is told by `lines` and `pointing`, or else by what stands above and beside
it; how much of the matter it has by `matters`. Words that take a stand and quoted speech raise it. The numbers were
fitted, coarsely, to passages that people chose; docs/decisions/finding.md tells how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .lexicon import POINTING_BACK, STANCE
from .lines import Line, Reading, Sighting
from .matters import Matter
from .naming import Actor

How = Literal["named", "meant", "unnamed"]
Span = tuple[int, int]

# How surely a sentence is about an actor whom it does not name: by the heading above (more if that is only
# a name), the sentences before and after (less in another paragraph, and where somebody else speaks), or a group.
BY_HEADING, BY_NAME_ABOVE, BY_BEFORE, BY_AFTER, APART, OTHERS = 0.4, 0.8, 0.45, 0.33, 0.5, 0.4
BY_MEMBER, BY_GROUP, BY_ANYBODY, BY_NOBODY, UNNAMED = 0.25, 0.6, 0.08, 0.4, 0.07
PASSING = 0.15  # up to here a name is only a place: "the summit in Paris"
CLEAR = 0.4  # from here on a sentence's own words are enough
# What the matter is worth of which it speaks: for the actor alone, and terms elsewhere.
ACTOR, NEAR = 0.25, 0.06
BESIDE, POINTED_AT, SECTION, QUESTION = 0.25, 0.2, 0.35, 0.6
TAKES_STAND, QUOTED, HEADING, TITLE, ASKED = 1.3, 1.1, 0.7, 0.4, 0.6  # factors
# A sentence that names more parties, or has more words, has something for each matter by chance: less, by this power.
PARTIES, WORDS, THINNED = 2, 20, 0.3
FEW = 4  # words that only name whom the next sentences are about


@dataclass(frozen=True)
class Scored:
    """A sentence by its place among the text's, and why it was found: words that name, and words of terms."""

    line: int
    score: float
    how: How
    names: list[Span]
    terms: list[Span]


class Search:
    """One actor and one matter in one text, from its first sentence to its last."""

    def __init__(
        self, actor: Actor, reading: Reading, matter: Matter, hits: Mapping[int, list[tuple[int, int]]]
    ) -> None:
        self.actor, self.reading, self.lines, self.matter = actor, reading, reading.lines, matter
        self.spans = [[(at, last) for at in self._words(n) for last, _ in hits.get(at, ())] for n in self._all()]
        self.terms = [{number for at in self._words(n) for _, number in hits.get(at, ())} for n in self._all()]
        self.section: set[int] = set()
        self.is_asked = False
        self.head = 0.0
        self.topic: Line | None = None

    def _all(self) -> range:
        return range(len(self.lines))

    def _words(self, at: int) -> range:
        return range(self.lines[at].first, self.lines[at].last)

    def found(self) -> list[Scored]:
        """Each sentence that has anything of the actor or the matter."""
        found = []
        for at, line in enumerate(self.lines):
            self._turn_page(at)
            sure, how, names = self._about(at)
            score = max(UNNAMED, sure) * self._worth(at) * self._stand(line) * _share(line)
            if self.reading.text[line.sentence.end - 1] == "?":
                score *= ASKED
            if line.is_heading:
                score *= HEADING if at else TITLE
            if score > 0:
                found.append(Scored(at, score, how, names, self.spans[at]))
        return found

    def _turn_page(self, at: int) -> None:
        """Keep the heading above, or the few words that tell of whom a paragraph is: "And the Ukrainians?"."""
        line = self.lines[at]
        if line.is_heading:
            own = line.seen.get(self.actor.key) if at else None
            self.section = self.terms[at] if at else set()
            self.head = BY_HEADING * own.weight if own else 0.0
            if own and line.last - line.first <= FEW:
                self.head = BY_NAME_ABOVE
            self.is_asked = self.reading.text[line.sentence.end - 1] == "?"
            self.topic = None
        elif line.last - line.first <= FEW and any(s.is_named and not s.is_speaker for s in line.seen.values()):
            self.topic, self.head = line, BY_HEADING if self.actor.key in line.seen else 0.0
        elif self.topic and not line.is_beside(self.topic):
            self.topic, self.head = None, 0.0

    def _about(self, at: int) -> tuple[float, How, list[Span]]:
        """How surely a sentence is about the actor, how that is known, and the words that say so."""
        line = self.lines[at]
        own = line.seen.get(self.actor.key, Sighting())
        if own.weight >= CLEAR:
            return own.weight, "named" if own.is_named else "meant", own.places
        named: How | None = "named" if own.is_named and own.weight > PASSING else None
        ways = [(own.weight, own.places), *self._by_group(line)]
        others = OTHERS if line.has_speaker else 1
        ways += [(others * weight, []) for weight in self._by_place(at)]
        sure, places = max(ways, key=lambda way: way[0])
        return sure, named or ("meant" if sure > UNNAMED else "unnamed"), [*own.places, *places]

    def _by_place(self, at: int) -> list[float]:
        """How surely a sentence is about the actor by what stands above and beside it."""
        line, key = self.lines[at], self.actor.key
        ways = [self.head]
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
            group = BY_GROUP if actor.is_collective else BY_ANYBODY
            ways.append((group * (OTHERS if line.has_speaker else 1), list(line.generic)))
        if actor.is_collective and not line.has_speaker:
            ways.append((BY_NOBODY, []))
        return ways

    def _worth(self, at: int) -> float:
        """How much of the matter a sentence has: its own terms, and those that it stands beside."""
        line, own = self.lines[at], self.terms[at]
        words = self.reading.words
        points_back = not POINTING_BACK.isdisjoint(words.small[line.first : line.last])
        is_after = at and line.goes_on_from(self.lines[at - 1])
        beside = self.terms[at - 1] - own if is_after else set()
        worth = self.matter.worth
        return (
            (ACTOR if self.actor.key in line.seen else NEAR)
            + worth(own)
            + (POINTED_AT if points_back else BESIDE) * worth(beside)
            + (QUESTION if self.is_asked else SECTION) * worth(self.section - own - beside)
        )

    def _stand(self, line: Line) -> float:
        takes = not STANCE.isdisjoint(self.reading.words.stems[line.first : line.last])
        return (TAKES_STAND if takes else 1) * (QUOTED if line.is_quoted else 1)


def _share(line: Line) -> float:
    """What is left for one party and one matter of a sentence that lists many."""
    parties = sum(sighting.weight > PASSING for sighting in line.seen.values())
    return float(min(1, PARTIES / max(1, parties)) * min(1, WORDS / (line.last - line.first or 1))) ** THINNED
