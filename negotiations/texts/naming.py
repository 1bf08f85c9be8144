"""Where a text names whom: parties by any of their names, their people, and people whom texts introduce."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .nations import NATIONS, nation_of
from .transliterating import sound
from .wordforms import WORD, Words, unaccented

Kind = Literal["name", "people", "capital", "person"]
OUTSIDER = 0  # the key of whoever is no party: another state, or somebody of it


@dataclass(frozen=True)
class Person:
    """Somebody who speaks for a party. `titles` such as "Chancellor" stand for them where only one can be meant."""

    names: tuple[str, ...]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actor:
    """A party as texts name it. `key` is whatever the caller knows it by, above 0; `members` are keys of others."""

    key: int
    names: tuple[str, ...]
    people: tuple[Person, ...] = ()
    is_collective: bool = False
    members: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Mention:
    """The words `first` to `last` (not included) of a text name the actor `key`."""

    first: int
    last: int
    key: int
    kind: Kind


Gazetteer = dict[str, list[tuple[tuple[str, ...], int, Kind]]]


def gazetteer(cast: Sequence[Actor], texts: Iterable[Words] = ()) -> Gazetteer:
    """All names by their first word, the longest first. A party's own names come before what a nation is called.

    Of its people's last names also whatever other spellings `texts` have.
    """
    known: dict[tuple[str, ...], tuple[int, Kind]] = {}
    taken = {nation.names: OUTSIDER for nation in NATIONS}
    for actor in cast:
        nation = nation_of(*actor.names)
        if nation:
            taken[nation.names] = actor.key
        capitals = {name.casefold() for name in nation.capital} if nation else set()
        for name in actor.names:
            kind: Kind = "capital" if name.casefold() in capitals else "name"
            _learn(known, name, actor.key, kind, any_case=actor.is_collective)
        for person in actor.people:
            for name in person.names:
                _learn(known, name, actor.key, "person")
                _learn(known, "".join(name.split()[-1:]), actor.key, "person")
                if " " in name.strip():
                    _learn(known, f"Sir {name.split()[0]}", actor.key, "person")
    for nation in NATIONS:
        key = taken[nation.names]
        for name in (*nation.names, *nation.seats, *nation.names_abroad):
            _learn(known, name, key, "name")
        for name in nation.capital:
            _learn(known, name, key, "capital")
        for name in nation.people:
            _learn(known, name, key, "people")
            _learn(known, f"{name}s", key, "name")
        for name in nation.people_abroad:
            _learn(known, name, key, "people")
    return _as_spelt(by_first_word(known), cast, texts)


def _as_spelt(names: Gazetteer, cast: Sequence[Actor], texts: Iterable[Words]) -> Gazetteer:
    """The names, and how else these texts spell the people's last names: "Selenskyj" is Zelenskyy."""
    sounds: dict[str, int] = {}
    for actor in cast:
        for last in (name.split()[-1] for person in actor.people for name in person.names if name.strip()):
            sounds.setdefault(sound(last), actor.key)
    sounds.pop("", None)
    written = {word for words in texts for word in words.plain}
    unknown = (word for word in written - names.keys() if word[0].isupper())
    return names | {word: [((word,), sounds[sound(word)], "person")] for word in unknown if sound(word) in sounds}


def _learn(
    known: dict[tuple[str, ...], tuple[int, Kind]], name: str, key: int, kind: Kind, any_case: bool = False
) -> None:
    """Add a name as texts may write it: in capitals, an acronym with full stops, a collective also in small letters."""
    parts = tuple(WORD.findall(unaccented(name)))
    if len("".join(parts)) < 2:
        return  # one letter stands everywhere
    ways = {parts, tuple(part.upper() for part in parts)} if len("".join(parts)) > 3 else {parts}
    if len(parts) == 1 and parts[0].isupper() and len(parts[0]) < 4:
        ways.add(tuple(parts[0]))
    if len(parts) == 1 and parts[0].isupper() and len(parts[0]) > 3:
        ways.add((parts[0].capitalize(),))  # "Nato"
    if parts[:1] == ("the",):
        ways.add(("The", *parts[1:]))
    if any_case and not name.isupper():
        ways |= {tuple(part.casefold() for part in parts), tuple(part.capitalize() for part in parts)}
    for way in ways - {()}:
        known.setdefault(way, (key, kind))


def by_first_word(known: Mapping[tuple[str, ...], tuple[int, Kind]]) -> Gazetteer:
    """Names, each by its first word, the longest first."""
    found: Gazetteer = defaultdict(list)
    for parts, (key, kind) in sorted(known.items(), key=lambda item: -len(item[0])):
        found[parts[0]].append((parts, key, kind))
    return dict(found)


def mentions(words: Words, names: Gazetteer, people: Gazetteer) -> list[Mention]:
    """Who is named where, in order. `people` are those whom texts introduce; once in full, then by their last names."""
    found = named(words, names)
    full = _apart(named(words, people), found)
    last = {tuple(words.plain[one.last - 1 : one.last]): (one.key, one.kind) for one in full}
    later = _apart(named(words, by_first_word(last)), [*found, *full])
    return sorted([*found, *full, *later], key=lambda mention: mention.first)


def _apart(some: list[Mention], others: Iterable[Mention]) -> list[Mention]:
    """Those of some mentions that share no word with others."""
    taken = {at for mention in others for at in range(mention.first, mention.last)}
    return [mention for mention in some if taken.isdisjoint(range(mention.first, mention.last))]


def named(words: Words, names: Gazetteer) -> list[Mention]:
    """Where one of the names stands, in order; the longest where there are several."""
    plain, found, at = words.plain, [], 0
    while at < len(plain):
        size = 1
        for parts, key, kind in names.get(plain[at], ()):
            if len(parts) == 1 or tuple(plain[at : at + len(parts)]) == parts:
                size = len(parts)
                found.append(Mention(at, at + size, key, kind))
                break
        at += size
    return found
