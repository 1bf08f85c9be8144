"""Which words of a hit answer the question: also in other forms, with accents, in another spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from ..texts.words import folded, words
from .search_terms import Terms
from .spellings import Phrase, SoughtGroup

SHOWN = 480  # characters of a long passage
BEFORE = 120  # of them, before the first mark

LEXEMES = """
SELECT config, word, tsvector_to_array(
    to_tsvector(config::regconfig, search_words(word))
    || to_tsvector('pg_catalog.simple', search_folded(search_words(word))))
FROM unnest(%s::text[], %s::text[]) AS asked (config, word)
"""

Lexemes = dict[tuple[str, str], frozenset[str]]  # of (configuration, word)


@dataclass(frozen=True)
class Piece:
    """A stretch of a hit; `marked` where it answers."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Excerpt:
    """What is shown of a hit. `cut_before`, `cut_after`: there is more."""

    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True)
class Found:
    """The words of an entry, and the configuration in which they were read."""

    words: str
    config: str


def excerpts(entries: Sequence[Found], groups: Sequence[SoughtGroup], terms: Terms) -> list[Excerpt]:
    """What to show of each entry. One query.

    Words are compared by what PostgreSQL makes of them. To ask of few, those that begin otherwise than the question's
    words are passed over: stemming cuts ends off, not beginnings.
    """
    phrases = {config: _to_mark(groups, terms, config) for config in {entry.config for entry in entries}}
    lexemes = _lexemes(entries, phrases)
    literals = [sought.literal for group in groups for sought in group.wanted if sought.literal]
    return [
        excerpt(entry.words, [*_marks(entry, phrases[entry.config], lexemes), *_literal(entry.words, literals)])
        for entry in entries
    ]


def excerpt(text: str, marks: Iterable[tuple[int, int]]) -> Excerpt:
    """`text` in pieces; where it is long, the part from shortly before the first mark."""
    spans = _joined(marks)
    start, end = _window(text, spans[0][0] if spans else 0)
    pieces, at = [], start
    for left, right in spans:
        if left >= end or right <= start:
            continue
        pieces += [Piece(text[at : max(left, at)], False), Piece(text[max(left, at) : min(right, end)], True)]
        at = min(right, end)
    pieces.append(Piece(text[at:end], False))
    return Excerpt(tuple(piece for piece in pieces if piece.text), start > 0, end < len(text))


def _to_mark(groups: Iterable[SoughtGroup], terms: Terms, config: str) -> list[Phrase]:
    """The phrases that answer in a language; stop words only where nothing else was asked for."""
    found: dict[Phrase, None] = {}
    for group in groups:
        worded = [sought for sought in group.wanted if sought.ways]
        telling = [sought for sought in worded if not terms.is_stopped(sought, config)] or worded
        found |= {phrase: None for sought in telling for way in sought.ways for phrase in way}
    return list(found)


def _lexemes(entries: Iterable[Found], phrases: dict[str, list[Phrase]]) -> Lexemes:
    asked: dict[tuple[str, str], None] = {}
    for config, wanted in phrases.items():
        sought = {word for phrase in wanted for word in phrase}
        heads = {folded(word)[:2] for word in sought}
        texts = (entry.words for entry in entries if entry.config == config)
        there = {match.group() for text in texts for match in words(text)}
        asked |= {(config, word): None for word in sought}
        asked |= {(config, word): None for word in there if folded(word)[:2] in heads}
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [[config for config, _ in asked], [word for _, word in asked]])
        return {(config, word): frozenset(made) for config, word, made in cursor.fetchall()}


def _marks(entry: Found, phrases: Iterable[Phrase], lexemes: Lexemes) -> Iterator[tuple[int, int]]:
    nothing: frozenset[str] = frozenset()
    places = list(words(entry.words))
    made = [lexemes.get((entry.config, place.group()), nothing) for place in places]
    for phrase in phrases:
        sought = [lexemes.get((entry.config, word), nothing) for word in phrase]
        for at in range(len(places) - len(phrase) + 1):
            if all(made[at + n] & each for n, each in enumerate(sought)):
                yield places[at].start(), places[at + len(phrase) - 1].end()


def _literal(text: str, literals: Iterable[str]) -> Iterator[tuple[int, int]]:
    for literal in literals:
        yield from (place.span() for place in re.finditer(re.escape(literal), text, re.IGNORECASE))


def _joined(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Marks in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _window(text: str, first: int) -> tuple[int, int]:
    """The part of a long text to show, cut between words if there is a blank near."""
    if len(text) <= SHOWN + BEFORE:
        return 0, len(text)
    start = max(0, min(first - BEFORE, len(text) - SHOWN))
    end = min(len(text), start + SHOWN)
    if start and (blank := text.find(" ", start, min(start + 40, first))) >= 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", max(end - 40, first + 1), end)) >= 0:
        end = blank
    return start, end
