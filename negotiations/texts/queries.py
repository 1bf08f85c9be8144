"""What somebody typed into a search field, taken apart: words, "phrases", -without, this OR that.

Nothing typed is ever an error, and nothing is a command to the database: whatever is no word is taken as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import words

LONGEST = 300  # characters of one question
MOST = 12  # words and phrases in it

_PIECE = re.compile(r'(-?)"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
# What only parts words. Any other sign beside a word is looked for with it: 100%, C++, $7bn.
PUNCTUATION = re.compile(r"[\s.,;:!?¡¿'‘’‚‛‹›()\[\]/…·\u2010-\u2015\u00ad\u200b-\u200f\u2060\ufeff-]")
EDGES = " \t\r\n.,;:!?'‘’-"
# Chinese, Japanese and Thai part no words, so their characters are looked for as they stand.
UNPARTED = re.compile(r"[\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True)
class Term:
    """Words that stand side by side; `literal` (or none) is what must stand there character by character.

    `quoted`: somebody put it in quotation marks, and wants these words and no others.
    """

    words: tuple[str, ...]
    literal: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class Group:
    """All of `wanted`, and none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


@dataclass(frozen=True)
class Query:
    """Any of `groups`, each of which wants something. Without groups there is nothing to look for."""

    groups: tuple[Group, ...]
    only_unwanted: bool = False

    @property
    def is_long(self) -> bool:
        return self.terms > MOST

    @property
    def terms(self) -> int:
        return sum(len(group.wanted) + len(group.unwanted) for group in self.groups)


def parse(text: str) -> Query:
    """Take a question apart. OR, in capitals, stands between alternatives; a hyphen before a word leaves it out."""
    parts: list[list[tuple[bool, Term]]] = [[]]
    for minus, phrase, word in _PIECE.findall(text.translate(_QUOTES)):
        if word == "OR":
            parts.append([])
            continue
        without = bool(minus) or (word.startswith("-") and len(word) > 1)
        term = _term(word[1:] if word and without else word or phrase, quoted=not word)
        if term is not None:
            parts[-1].append((without, term))
    groups = [_group(part) for part in parts]
    useful = tuple(group for group in groups if group.wanted)
    return Query(useful, only_unwanted=not useful and any(group.unwanted for group in groups))


def _term(text: str, quoted: bool) -> Term | None:
    if UNPARTED.search(text):
        return Term((), text.strip(), quoted)
    found = tuple(word.group() for word in words(text))
    signs = PUNCTUATION.sub("", "".join(_between(text)))
    literal = text.strip(EDGES) if signs else ""
    return Term(found, literal, quoted) if found or literal else None


def _between(text: str) -> list[str]:
    """What is no word in `text`."""
    ends = [0, *(word.end() for word in words(text))]
    starts = [*(word.start() for word in words(text)), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _group(part: list[tuple[bool, Term]]) -> Group:
    """Signs alone count only where there is no word beside them, as in `France & Germany`."""
    has_words = any(term.words or UNPARTED.search(term.literal) for _, term in part)
    part = [(without, term) for without, term in part if term.words or not has_words or UNPARTED.search(term.literal)]
    return Group(tuple(term for without, term in part if not without), tuple(term for without, term in part if without))
