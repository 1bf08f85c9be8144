"""Text in one form: what printers and editors change without changing a word is evened out.

White space and line wraps, hyphens at a line's end, quotation marks, dashes, soft hyphens, ligatures and Unicode form.
Nothing else: letters, case, digits and punctuation stay, and so do compatibility forms (10² is not 102), but
for signs as wide as Chinese ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from .folded import DASH, ITEM, LINE, PARAGRAPH, WRAP, Folded

SINGLE = "‘’‚‛‹›＇`´′ʼ"
DOUBLE = '"“”„‟″〝〞＂'
HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
PRINTED = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "…": "..."}
BLANKS = "\t\r\x1c\x1d\x1e\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Combining marks, and the few other characters that have more than one canonical form.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u09be\u09d7"
    "\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf\u102e\u1161-\u1175"
    "\u11a8-\u11c2\u1ab0-\u1aff\u1b35\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
SMALL = "".join(c for c in map(chr, range(0x590)) if c.islower())  # Latin, Greek, Cyrillic, Armenian
TWINS = "\u037e\u0387\u2126\u212a\u212b\uf900-\ufaff"


def _one_for_one() -> dict[int, str]:
    """Characters that change without moving any other."""
    blanks = re.findall(f"[{BLANKS}]", "".join(map(chr, range(0x3001))))
    table = {wide: chr(ord(wide) - 0xFEE0) for wide in map(chr, range(0xFF01, 0xFF5F))}  # as wide as Chinese signs
    table |= dict.fromkeys(blanks, " ") | dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
    table |= dict.fromkeys(SINGLE + DOUBLE, "'") | dict.fromkeys("\u2010\u2011", "-")
    return str.maketrans(table | dict.fromkeys("\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", DASH))


ONE_FOR_ONE = _one_for_one()
EVENED = {chr(code): character for code, character in ONE_FOR_ONE.items()}
# The first character is one of a few, so that the search is quick to pass over all others.
SPOT = re.compile(
    rf"""
    [ \n\-–'«»\xad{HIDDEN}{"".join(PRINTED)}{MARKS}{TWINS}]
    (?! (?<=[ \n]) [^ \n\-–»{HIDDEN}] )
    (?:
        (?<=[ \n]) (?: [ \n{HIDDEN}]*(?:–+(?!\d)|--+|-(?=[ \n]))[ \n{HIDDEN}]*(?P<dash>)
                     | [ \n]*»(?!\w)(?P<quote>)
                     | [ \n{HIDDEN}]+(?P<space>) )
      | (?<=-) (?: (?<=[^\W\d_]-)(?:[ {HIDDEN}]*\n[ {HIDDEN}]*(?=[^\W\d_])|[ ]+(?=[^\W\d_A-Z]))(?P<wrap>)
                | (?<=\S-)[ ]*\n[ ]*(?=\w)(?P<kept>)
                | (?:-+|(?<=\A-)(?=[ ]))[ \n{HIDDEN}]*(?P<rule>) )
      | (?<=–) (?: (?<![\w–]–)(?=\d)(?P<sign>) | –*[ \n{HIDDEN}]*(?P<long>) )
      | (?<=') (?: '+ | (?<=\d') )(?P<quotes>)
      | (?<=[«»]) (?: (?<=«)(?<![^\s(]«)[ \n]* )?(?P<angle>)
      | (?<=\xad) (?: [ ]*\n[ ]*(?=[^\W\d_]) )?(?P<soft>)
      | (?<=[{HIDDEN}]) [{HIDDEN}]*(?P<hidden>)
      | (?<=[{MARKS}]) [{MARKS}]{{0,29}}(?P<marks>)
      | (?<=[{TWINS}]) (?P<twin>)
      | (?<=[{"".join(PRINTED)}]) (?P<printed>)
    )
    """,
    re.VERBOSE,
)
# A short line without a sign at its end, before a capital.
HEADING = re.compile(
    rf"((?:\A|[\n{PARAGRAPH}])[^\n{PARAGRAPH}]{{1,32}}(?<![.,;:!?'\")]))\n(?=[^\W\d_{SMALL}]|[•*·▪]|\d+[.)])"
)
BULLET = re.compile(r"\s*\n\s*[-–]\s")
CAPITAL = re.compile(rf"\n(?=[^\W\d_{SMALL}])")
LONGEST = 40  # characters of a word's part that are looked at
HYPHEN = re.compile(r"(?<=\w)-[ ]?(?=\w)")
HYPHENS = ("-", "- ")  # as in "long-term", and in "short- and long-term"
PART, LETTERS = re.compile(r"[\w-]*"), re.compile(r"\w*")
BROKEN = re.compile(
    rf"(?<=[^\W\d_])-(?:[ {HIDDEN}]*\n[ {HIDDEN}]*|[ ]+)(?=[^\W\d_])"
)  # what may be a hyphen at a line's end
FIXED = {
    "rule": DASH,
    "long": DASH,
    "sign": "-",
    "kept": "-",
    "soft": "",
    "hidden": "",
    "quote": "'",
    "angle": "'",
}


@dataclass(frozen=True)
class Reading:
    """One text, folded once for as many passages as are looked for in it."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text, "")

    @cached_property
    def broken(self) -> frozenset[str]:
        """The words that a line's end may have broken, with a hyphen."""
        even = _even(self.text)
        parts = {_parts(even, *match.span()) for match in BROKEN.finditer(even)}
        return frozenset(f"{left}{hyphen}{right}" for left, right in parts for hyphen in HYPHENS)

    def like(self, words: str) -> Folded:
        """The text folded with an eye on folded `words`, which tell of some words that they have a hyphen."""
        known = compounds(words)
        decided = known and not known.isdisjoint(self.broken)
        return fold(self.text, words) if decided else self.folded


def _even(text: str) -> str:
    """Characters that change one for one. Replacing those that are there is quicker than translating each."""
    for character in EVENED.keys() & set(text):
        text = text.replace(character, EVENED[character])
    return text


def fold(text: str, like: str | None = None) -> Folded:
    """Fold `text`, keeping the way back.

    Hyphens at a line's end stay undecided (WRAP), unless one tells the folded words that the text is to be compared
    with: where `like` has such a word with a hyphen it is kept, elsewhere dropped.
    """
    even = _even(text)
    known = None if like is None else compounds(like)
    begins: list[int] = []
    ends: list[int] = []
    pieces: list[str] = []
    seen: dict[str, str] = {}  # what spots became of which only their own characters tell
    done = 0
    for match in SPOT.finditer(even):
        begin, end = match.span()
        kind = match.lastgroup or ""
        if kind in ALONE:
            begin -= kind == "marks" and begin > done  # with their letter
            spot = even[begin:end]
            piece = seen.get(spot) or seen.setdefault(spot, ALONE[kind](spot))
        else:
            piece = FIXED[kind] if kind in FIXED else _piece(kind, even, begin, end, text, known)
        begins.append(begin)
        ends.append(end)
        pieces.append(piece)
        done = end
    between = [even[start:stop] for start, stop in zip([0, *ends], [*begins, None], strict=True)]
    folded = "".join(chain.from_iterable(zip(between, [*pieces, ""], strict=True)))
    return Folded(_lines(folded), begins, ends, list(map(len, pieces)))


def _lines(text: str) -> str:
    """Lines run on, but for headings."""
    if "\n" not in text:
        return text
    return CAPITAL.sub(LINE, HEADING.sub(rf"\1{PARAGRAPH}", text)).replace("\n", " ")


def fold_text(text: str) -> str:
    """Folded `text` in the form to compare, without white space at its ends."""
    return fold(text, "").plain.strip()


def _piece(kind: str, even: str, begin: int, end: int, text: str, known: frozenset[str] | None) -> str:
    """What stands in the folded text for `text[begin:end]`, of which `even[begin:end]` is the evened form."""
    if kind == "wrap":
        return WRAP if known is None else _decided(even, begin, end, known)
    return _quotes(text[begin:end], after_digit=even[max(0, begin - 1) : begin].isdigit())


def _space(spot: str) -> str:
    return PARAGRAPH if spot.count("\n") > 1 else " "


def _dash(spot: str) -> str:
    return ITEM if BULLET.match(spot) else DASH


def _composed(spot: str) -> str:
    return unicodedata.normalize("NFC", spot)


ALONE: dict[str, Callable[[str], str]] = {
    "space": _space,
    "dash": _dash,
    "printed": PRINTED.__getitem__,
    "marks": _composed,
    "twin": _composed,
}


def _quotes(marks: str, after_digit: bool) -> str:
    """Quotation marks in a row, or after a digit, where one and two strokes are two measures."""
    if after_digit:
        return "".join('"' if mark in DOUBLE else "'" for mark in marks)
    return "'" if len(marks) == 2 and not set(marks) & set(DOUBLE) else "'" * len(marks)


def _parts(text: str, begin: int, end: int) -> tuple[str, str]:
    """The parts of a word that stand before `begin` and after `end`, with what is joined to it by hyphens before."""
    left = PART.match(text[max(0, begin - LONGEST) : begin][::-1])
    right = LETTERS.match(text[end : end + LONGEST])
    return left[0][::-1] if left else "", right[0] if right else ""


def compounds(text: str) -> frozenset[str]:
    """The words with a hyphen in folded `text`, each up to the part after it; also such as "short- and".

    Each with all of its parts before the hyphen, and with the last one only, as where each stands on its own line.
    """
    parts = [(*_parts(text, *match.span()), match[0]) for match in HYPHEN.finditer(text)]
    return frozenset(
        f"{left}{hyphen}{right}" for whole, right, hyphen in parts for left in (whole, whole.rpartition("-")[2])
    )


def _decided(even: str, begin: int, end: int, known: frozenset[str]) -> str:
    """A hyphen at a line's end, as the words have it that the text is compared with."""
    if not known:
        return ""
    left, right = _parts(even, begin, end)
    return next((hyphen for hyphen in HYPHENS if f"{left}{hyphen}{right}" in known), "")
