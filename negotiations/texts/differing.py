"""Two versions of a text, side by side or run together: which words differ. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
Fate = Literal["kept", "gone", "new"]
MOST = 400  # words and signs of each version that are compared one by one; the rest differs as a whole


@dataclass(frozen=True)
class Part:
    """A stretch of a version; `differs` where the other version has other words in its place."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Compared:
    """Both versions, each cut into parts; put together they are what came in."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]


def compare(old: str, new: str) -> Compared:
    """Cut two versions into what both have and what only one has, by words and signs.

    White space and typographic marks that differ are no other words. Quadratic in MOST at worst.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(None, _keys(before[:MOST]), _keys(after[:MOST]), autojunk=False)
    left: list[Part] = []
    right: list[Part] = []
    for how, a, b, c, d in matcher.get_opcodes():
        left.append(Part("".join(before[a:b]), how != "equal"))
        right.append(Part("".join(after[c:d]), how != "equal"))
    more, less = "".join(before[MOST:]), "".join(after[MOST:])
    left.append(Part(more, more != less))
    right.append(Part(less, more != less))
    return Compared(_joined(left), _joined(right))


@dataclass(frozen=True)
class Stretch:
    """A stretch of two versions run together: in both, gone (only in the old one) or new."""

    text: str
    fate: Fate


def changes(old: str, new: str) -> tuple[Stretch, ...]:
    """Both versions in one: what both have once, in its new spelling, and in between what went before what came.

    Without `gone` it is the new version, without `new` the old one, but for blanks and marks. Between the first word
    that differs and the last, versions that share less than half of their words are told as wholes. Quadratic in MOST
    at worst: of a longer stretch in which the versions differ, the rest is told as a whole.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    left, right = _keys(before), _keys(after)
    head = _common(left, right)
    tail = _common(left[head:][::-1], right[head:][::-1])
    left, right = left[head : len(left) - tail], right[head : len(right) - tail]
    pairs = [("".join(after[:head]), "".join(after[:head]), True)]
    for how, a, b, c, d in _steps(left[:MOST], right[:MOST]):
        went, came = "".join(before[head + a : head + b]), "".join(after[head + c : head + d])
        pairs.append((came, came, True) if how == "equal" else (went, came, False))
    over_a, over_b = (range(head + MOST, len(tokens) - tail) for tokens in (before, after))
    pairs.append(("".join(before[i] for i in over_a), "".join(after[i] for i in over_b), False))
    ending = "".join(after[len(after) - tail :])
    pairs.append((ending, ending, True))
    return _pieces(pairs)


def _steps(left: Sequence[str], right: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """How to get from one to the other; at once, where they have so little in common that it would not read."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    shared = sum(_is_word(token) for a, _, size in matcher.get_matching_blocks() for token in left[a : a + size])
    if shared * 4 < sum(map(_is_word, left)) + sum(map(_is_word, right)):
        return [("replace", 0, len(left), 0, len(right))]
    return matcher.get_opcodes()


def _is_word(token: str) -> bool:
    return token[:1].isalnum()


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """How many tokens two versions have in common from their beginnings on."""
    pairs = zip(left, right, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _pieces(pairs: Sequence[tuple[str, str, bool]]) -> tuple[Stretch, ...]:
    """Stretches of (old, new, the same?) as pieces; a blank between two stretches that differ belongs to them."""
    joined: list[tuple[str, str, bool]] = []
    for went, came, same in pairs:
        if not went and not came:
            continue
        if not same and len(joined) > 1 and joined[-1][2] and joined[-1][1].isspace() and not joined[-2][2]:
            blank, earlier = joined.pop()[1], joined.pop()
            went, came = earlier[0] + blank + went, earlier[1] + blank + came
        elif joined and joined[-1][2] == same:
            earlier = joined.pop()
            went, came = earlier[0] + went, earlier[1] + came
        joined.append((went, came, same))
    found: list[Stretch] = []
    for went, came, same in joined:
        found += [Stretch(came, "kept")] if same else [Stretch(went, "gone"), Stretch(came, "new")]
    return tuple(stretch for stretch in found if stretch.text)


SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


def _keys(tokens: Sequence[str]) -> list[str]:
    return [" " if token.isspace() else token.translate(SAME) for token in tokens]


def _joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Without the empty ones; a blank between two words that differ belongs to them."""
    found: list[Part] = []
    for part in parts:
        if not part.text:
            continue
        if len(found) > 1 and part.differs and found[-1].text.isspace() and found[-2].differs:
            blank, earlier = found.pop(), found.pop()
            part = Part(earlier.text + blank.text + part.text, True)
        elif found and found[-1].differs == part.differs:
            part = Part(found.pop().text + part.text, part.differs)
        found.append(part)
    return tuple(found)
