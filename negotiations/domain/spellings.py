"""The names of a negotiation's parties and people in all their spellings: who looks for one means the others too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from django.db.models import F, Value

from ..models import Party, Person
from ..texts.queries import Group, Query, Term
from ..texts.transliterating import latin, sound, spellings
from ..texts.words import folded, spelt, words
from .removals import present

Phrase = tuple[str, ...]  # words side by side
Way = tuple[Phrase, ...]  # phrases that must all be there

ALIKE = 0.75  # of 1: Selenskyj and Zelenskyy are one word in two spellings, Ukraine and United are not
LONGEST = 6  # words of a name
# Abbreviations that mostly are another word where they stand: looked for when asked for, never added.
COMMON = frozenset({("us",), ("it",), ("who",), ("is",)})


@dataclass(frozen=True)
class Noun:
    """A party or a person. `party` is the slug of a party."""

    name: str
    aliases: tuple[str, ...]
    party: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Sought:
    """A term with every way in which it may be said. `literal` as in Term."""

    ways: tuple[Way, ...]
    literal: str = ""


@dataclass(frozen=True)
class SoughtGroup:
    wanted: tuple[Sought, ...]
    unwanted: tuple[Sought, ...]


def names_of(negotiation: int) -> list[Noun]:
    """All parties and people. One query."""
    mine = {"negotiation_id": negotiation}
    parties = present(Party.objects.filter(**mine)).order_by().values_list("name", "aliases", F("slug"))
    people = present(Person.objects.filter(**mine)).order_by().values_list("name", "aliases", Value(""))
    rows = parties.union(people, all=True)
    return [Noun(name, tuple(aliases), slug) for name, aliases, slug in rows]


def others(key: Phrase, nouns: Iterable[Noun]) -> list[str]:
    """How else the name is spelt whose words, folded, are `key`; or the one name that `key` is a word of."""
    found: dict[Phrase, str] = {}
    for noun in nouns:
        keys = {spelt(spelling): spelling for spelling in noun.spellings}
        if key in keys:
            found |= keys
        if len(key) == 1 and any(_is_same(key[0], word) for each in keys for word in each):
            found |= {spelt(word): word for word in _words(noun) if _alike(folded(word), key[0])}
    return [spelling for each, spelling in found.items() if each != key and each and each not in COMMON]


def widen(query: Query, nouns: list[Noun]) -> tuple[tuple[SoughtGroup, ...], tuple[str, ...], tuple[str, ...]]:
    """The question with all spellings of the names in it; those that were added, and those that are only likely.

    What stands in quotation marks, or is to be found to the letter, stays as it is.
    """
    added: dict[str, None] = {}
    likely: dict[str, None] = {}

    def sought(terms: list[Term]) -> Sought:
        key = tuple(word for term in terms for word in spelt(" ".join(term.words)))
        more = [] if terms[0].quoted or terms[0].literal else others(key, nouns)
        added.update(dict.fromkeys(more))
        as_typed = tuple(term.words for term in terms if term.words)
        if not terms[0].quoted and not terms[0].literal:
            alone = as_typed if len(as_typed) == 1 else ()
            names = [phrase[0] for phrase in (*alone, *map(_phrase, more)) if len(phrase) == 1]
            other = [way for name in names for way in spellings(name)]
            likely.update(dict.fromkeys(other))
            more = list(dict.fromkeys([*more, *other]))
        ways = [as_typed, *((_phrase(spelling),) for spelling in more)] if as_typed else []
        return Sought(tuple(ways), terms[0].literal)

    def widened(group: Group) -> SoughtGroup:
        wanted = tuple(sought(terms) for terms in _by_names(group.wanted, nouns))
        return SoughtGroup(wanted, tuple(sought([term]) for term in group.unwanted))

    groups = tuple(widened(group) for group in query.groups)
    return groups, tuple(added), tuple(way for way in likely if way not in added)


def phrases_of(noun: Noun) -> list[Phrase]:
    """The names of a party, to be looked for in texts."""
    return [_phrase(spelling) for spelling in noun.spellings if spelt(spelling) not in COMMON and spelt(spelling)]


def near(query: Query, nouns: list[Noun]) -> list[str]:
    """Names that may have been meant by words that are none."""
    known: dict[str, str] = {}
    for noun in nouns:
        known |= {folded(word): word for word in _words(noun) if len(word) > 3}
    found: dict[str, None] = {}
    for group in query.groups:
        for word in (folded(word) for term in group.wanted for word in term.words):
            if word not in known and len(word) > 3:
                found |= {known[each]: None for each in get_close_matches(word, known, n=3, cutoff=ALIKE)}
    return list(found)


def _by_names(terms: tuple[Term, ...], nouns: list[Noun]) -> Iterator[list[Term]]:
    """Terms one by one, but those that make up a name together."""
    names = {spelt(spelling) for noun in nouns for spelling in noun.spellings}
    rest = list(terms)
    while rest:
        for many in range(min(len(rest), LONGEST), 0, -1):
            head = rest[:many]
            plain = not any(term.quoted or term.literal for term in head)
            if many == 1 or (plain and spelt(" ".join(word for term in head for word in term.words)) in names):
                yield head
                rest = rest[many:]
                break


def _words(noun: Noun) -> list[str]:
    return [word.group() for spelling in noun.spellings for word in words(spelling)]


def _phrase(spelling: str) -> Phrase:
    return tuple(word.group() for word in words(spelling))


def _is_same(one: str, other: str) -> bool:
    return one == other or (sound(one) == sound(other) != "")


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, latin(one), latin(other)).ratio() >= ALIKE
