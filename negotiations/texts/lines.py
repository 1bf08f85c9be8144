"""The sentences of a text with whom each one names, and how prominently: who acts, and what is only a place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .lexicon import ACTING, AGGRESSION, DONE_TO, EVENTS, GENERIC, MEN, OFFICES, OWN, PLACED, SPEAKING, TOWARDS
from .naming import Mention
from .sentences import Sentence, sentences
from .wordforms import Words

CLAUSE = re.compile(r"[\"“”;:!?()]")  # between a name and a verb, it tells that the verb is somebody else's
QUOTATION = re.compile(r"[“”„«»\"]|(?<!\w)['‘](?=\w)|(?<=[\w.,!?])['’](?!\w)")
VERB = re.compile(r"[a-z]{2,}(?:ed|s)")  # right after somebody's name: "Starmer nods", "Lavrov scoffed"
REACH = 7  # words after a name in which its verb is looked for

ANOTHERS = frozenset({"his", "her", "their", "its", "ruling", "governing", "s"})
SEATED = {word.rstrip("s") for word in OFFICES}

# How surely a sentence is about whom it names, if they act in it; how much of that is left if they do not.
CAPITAL_AS_PLACE, CAPITAL_AS_AIM, PEOPLE, SOLDIERS, PLACE, OBJECT = 0.1, 0.5, 0.45, 0.85, 0.45, 0.7
IDLE = 0.6


Meant = dict[int, float]  # how surely each actor is meant


@dataclass
class Sighting:
    """How surely a sentence is about somebody, from 0 to 1, and the words (first, last) that say so.

    is_speaker: they speak or act in it. is_named: by a name, not only by what points to one.
    """

    weight: float = 0.0
    places: list[tuple[int, int]] = field(default_factory=list)
    is_speaker: bool = False
    is_named: bool = False
    is_person: bool = False

    def is_before(self, place: int) -> bool:
        """Whether one of the words stands before another of the text."""
        return any(first < place for first, _ in self.places)


@dataclass(frozen=True)
class Line:
    """A sentence, its words `first` to `last` of the text's, and whom it is about, by key.

    generic: the words by which it speaks of whoever takes part: "members", "the allies".
    """

    sentence: Sentence
    first: int
    last: int
    seen: dict[int, Sighting]
    is_quoted: bool
    generic: tuple[tuple[int, int], ...]

    @property
    def is_heading(self) -> bool:
        return self.sentence.is_heading

    @property
    def has_speaker(self) -> bool:
        return any(sighting.is_speaker for sighting in self.seen.values())

    def is_beside(self, other: Line) -> bool:
        """Whether both are of the same paragraph."""
        return self.sentence.paragraph == other.sentence.paragraph

    def goes_on_from(self, other: Line) -> bool:
        """Whether one may point to the other: not over a heading, nor from one point of a list to the next."""
        if self.is_heading or other.is_heading:
            return False
        return self.is_beside(other) or not (self.sentence.is_point or other.sentence.is_point)

    def note(self, meant: Meant, place: int | None, is_speaker: bool = True, is_person: bool = False) -> None:
        """Note who is meant by the word at `place`; None where no word says so."""
        for key, weight in meant.items():
            sighting = self.seen.setdefault(key, Sighting())
            sighting.is_person = sighting.is_person or (is_person and weight > 0.5)
            if weight > sighting.weight:
                sighting.weight = weight
                sighting.is_speaker = sighting.is_speaker or is_speaker
            if place is not None:
                sighting.places.append((place, place + 1))


@dataclass(frozen=True)
class Reading:
    """A text read: its words, and its sentences with whom each is about."""

    text: str
    words: Words
    lines: list[Line]


def lines(text: str, words: Words, mentions: list[Mention]) -> list[Line]:
    """The sentences of a text in order, each with its words and those of `mentions` that stand in it."""
    found: list[Line] = []
    word = mention = 0
    is_open, paragraph = False, -1
    for sentence in sentences(text):
        first, begins = word, mention
        while word < len(words.starts) and words.starts[word] < sentence.end:
            word += 1
        while mention < len(mentions) and mentions[mention].first < word:
            mention += 1
        is_open = is_open and sentence.paragraph == paragraph
        paragraph = sentence.paragraph
        is_quoted, is_open = _quotation(text[sentence.start : sentence.end], is_open)
        own = mentions[begins:mention]
        seen = _Names(text, words, own, first, word).seen()
        found.append(Line(sentence, first, word, seen, is_quoted, _generic(words, own, first, word)))
    return found


def _quotation(text: str, is_open: bool) -> tuple[bool, bool]:
    """Whether a sentence quotes somebody, and whether the quotation goes on after it."""
    marks = QUOTATION.findall(text)
    has = is_open or bool(marks)
    for mark in marks:
        is_open = mark in "“„«‘" or (mark not in "”»’" and not is_open)
    return has, is_open


def _generic(words: Words, own: list[Mention], first: int, last: int) -> tuple[tuple[int, int], ...]:
    named = {at for mention in own for at in range(mention.first, mention.last)}
    return tuple((at, at + 1) for at in range(first, last) if words.small[at] in GENERIC and at not in named)


class _Names:
    """The names in one sentence, `words` `first` to `last` of its text."""

    def __init__(self, text: str, words: Words, own: list[Mention], first: int, last: int) -> None:
        self.text, self.words, self.own, self.first, self.last = text, words, own, first, last
        self.begins = {mention.first: mention for mention in own}

    def seen(self) -> dict[int, Sighting]:
        found: dict[int, Sighting] = {}
        for mention in self.own:
            acts = self._acts(mention)
            weight = self._weight(mention) * (1 if acts else IDLE)
            sighting = found.setdefault(mention.key, Sighting(is_named=True))
            sighting.weight = max(sighting.weight, weight)
            sighting.places.append((mention.first, mention.last))
            sighting.is_speaker = sighting.is_speaker or (acts and weight > 0.5)
            sighting.is_person = sighting.is_person or mention.kind == "person"
        return found

    def _before(self, mention: Mention) -> str:
        return self.words.small[mention.first - 1] if mention.first > self.first else ""

    def _after(self, mention: Mention) -> list[str]:
        return self.words.small[mention.last : min(self.last, mention.last + 4)]

    def _owns(self, mention: Mention) -> bool:
        """Whether what follows "Ukraine's" or "Ukrainian" is who speaks for it, or what it wants."""
        after = self._after(mention)
        has = mention.kind == "people" or after[:1] == ["s"]
        return has and any(word.rstrip("s") in OWN for word in after)

    def _is_seat(self, mention: Mention) -> bool:
        """Whether it is whose office speaks: "the president of Ukraine", "officials in Paris", "in Moscow they"."""
        near, after = self.words.small[max(self.first, mention.first - 5) : mention.first], self._after(mention)
        if near[-1:] == ["the"]:
            near = near[:-1]
        if near[-1:] not in (["in"], ["of"]):
            return False
        if near[-2:-1] and near[-2].rstrip("s") in SEATED:
            return True
        if near[-1] == "of":
            return False
        if near[-3:-2] == ["of"] and near[-4:-3] and near[-4].rstrip("s") in SEATED:
            return True
        return after[:1] == ["they"] or any(word.rstrip("s") in SEATED for word in after[:3])

    def _attacks(self, mention: Mention) -> bool:
        """Whether a name only tells whose attack is feared: "Russian aggression", "an attack by Russia"."""
        near, after = self.words.small[max(self.first, mention.first - 2) : mention.first], self._after(mention)
        if len(near) == 2 and near[0] in AGGRESSION and near[1] in ("by", "from"):
            return True
        has = mention.kind == "people" or after[:1] == ["s"]
        return has and not AGGRESSION.isdisjoint(after[: 1 + (after[:1] == ["s"])])

    def _weight(self, mention: Mention) -> float:
        """How prominently a name stands: "in Ukraine" is a place, "Ukraine's security" not what Ukraine does."""
        before, after = self._before(mention), self._after(mention)
        if mention.kind == "person" or self._owns(mention) or self._is_seat(mention):
            return 1.0
        if self._attacks(mention):
            return CAPITAL_AS_PLACE
        if mention.kind == "capital":
            is_dateline = mention.first == self.first and self.words.plain[self.first].isupper()
            if is_dateline or before in PLACED or (after and after[0] in EVENTS):
                return CAPITAL_AS_PLACE
            if before in TOWARDS:
                return CAPITAL_AS_AIM
        if mention.kind == "people" and before == "the" and (not after or after[0] in ACTING):
            return 1.0  # "the French are"
        if mention.kind == "people" and len(after) > 1 and after[0].endswith("s") and after[1] in ACTING:
            return SOLDIERS  # "American lawyers took"
        if mention.kind == "people" or after[:1] == ["s"]:
            return SOLDIERS if MEN.intersection(after) and "armed" not in after else PEOPLE
        if before in ANOTHERS and self.words.plain[mention.first][0].islower():
            return CAPITAL_AS_PLACE  # "his coalition"
        if before in PLACED:
            return PLACE
        return OBJECT if before in TOWARDS or before in DONE_TO else 1.0

    def _adjoins(self, at: int) -> bool:
        """Whether nothing but a space stands before a word."""
        return self.words.starts[at] - self.words.ends[at - 1] == 1

    def _acts(self, mention: Mention) -> bool:
        """Whether a verb of saying or doing follows the name, or one of saying, or "by", comes right before it."""
        small, last = self.words.small, mention.last
        near = small[max(self.first, mention.first - 2) : mention.first]
        if near[-1:] == ["by"] or self._is_seat(mention) or not SPEAKING.isdisjoint(near) or self._owns(mention):
            return True
        if self._after(mention)[:1] == ["s"] or (near[-1:] and near[-1] in DONE_TO | TOWARDS):
            return False
        if mention.kind == "person" and small[last : last + 1] == ["who"]:
            return True
        if mention.kind == "person" and VERB.fullmatch(small[last] if last < self.last else "") and self._adjoins(last):
            return True
        for at in range(last, min(self.last, last + REACH)):
            if CLAUSE.search(self.text, self.words.ends[at - 1], self.words.starts[at]):
                return False
            other = self.begins.get(at)
            if other and other.key != mention.key and small[at - 1] not in ("and", "or"):
                return False
            if small[at] in ACTING:
                return True
        return False
