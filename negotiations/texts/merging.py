"""Two people changed one text: both versions in one. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .differing import SAME

WORD = re.compile(r"(?:\w+(?:['’-]\w+)*|[^\w\s])\s*|\s+")  # a word or a sign, with the white space after it
MOST = 400  # words of each version, between what both begin and end with, that are compared one by one


@dataclass(frozen=True)
class Merged:
    """Both versions in one text. Not `clean` where both changed the same words: then the second one's stand.

    Where both only added at one place, both additions stand there, the first one's first, and that is not clean either.
    """

    text: str
    clean: bool


@dataclass(frozen=True)
class _Edit:
    """The words `start` to `end` of the base have become `words`."""

    start: int
    end: int
    words: tuple[str, ...] = ()


def merge(base: str, first: str, second: str) -> Merged:
    """What both made of `base`, word by word. Changes that touch are one place, for words beside each other are read
    together: “will send” that became “may send” here and “will not send” there is for a person to decide.
    """
    if first == second or second == base:
        return Merged(first, clean=True)
    if first == base:
        return Merged(second, clean=True)
    old, one, other = (WORD.findall(text) for text in (base, first, second))
    left, right = _edits(old, one), _edits(old, other)
    kept = _spelt(old, _kept(left, one, len(old)), _kept(right, other, len(old)))
    pieces: list[str] = []
    place, clean = 0, True
    for group in _touching(left, right):
        pieces += kept[place : group.start]
        before = old[group.start : group.end]
        here, there = _within(left, group, kept), _within(right, group, kept)
        if _same(here, there) or _same(there, before):
            words = here
        elif _same(here, before):
            words = there
        else:
            clean = False
            words = there if before else [*_spaced(here), *there]
            pieces = _spaced(pieces) if group.start == len(old) else pieces
        pieces += words
        place = group.end
    return Merged("".join([*pieces, *kept[place:]]), clean)


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    """How `old` became `new`, in order. Words are the same whatever white space follows and however marks are set."""
    a, b = _keys(old), _keys(new)
    shorter = min(len(a), len(b))
    head = next((n for n in range(shorter) if a[n] != b[n]), shorter)
    tail = next((n for n in range(shorter - head) if a[-1 - n] != b[-1 - n]), shorter - head)
    here, there = a[head : len(a) - tail], b[head : len(b) - tail]
    if not here and not there:
        return []
    if len(here) > MOST or len(there) > MOST:
        return [_Edit(head, len(a) - tail, tuple(new[head : len(b) - tail]))]
    codes = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    return [_Edit(head + i, head + j, tuple(new[head + k : head + m])) for how, i, j, k, m in codes if how != "equal"]


def _keys(words: Sequence[str]) -> list[str]:
    return [word.strip().translate(SAME) for word in words]


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return _keys(one) == _keys(other)


def _kept(edits: Sequence[_Edit], new: Sequence[str], length: int) -> dict[int, str]:
    """The words of the base that a version kept, by their place in the base, as the version spells them."""
    found: dict[int, str] = {}
    here = there = 0
    for edit in [*edits, _Edit(length, length)]:
        for place in range(here, edit.start):
            found[place] = new[there]
            there += 1
        here, there = edit.end, there + len(edit.words)
    return found


def _spelt(old: Sequence[str], *versions: dict[int, str]) -> list[str]:
    """The words of the base, each spelt as by the first version that spells it, or the white space after it, anew."""
    return [
        next((kept[place] for kept in versions if kept.get(place, word) != word), word)
        for place, word in enumerate(old)
    ]  # fmt: skip


def _touching(left: Sequence[_Edit], right: Sequence[_Edit]) -> Iterator[_Edit]:
    """The stretches of the base that were changed, those that touch or overlap as one."""
    group: _Edit | None = None
    for edit in sorted([*left, *right], key=lambda edit: (edit.start, edit.end)):
        if group and edit.start <= group.end:
            group = _Edit(group.start, max(group.end, edit.end))
            continue
        if group:
            yield group
        group = edit
    if group:
        yield group


def _within(edits: Sequence[_Edit], group: _Edit, kept: Sequence[str]) -> list[str]:
    """What one version has in the place of a stretch of the base."""
    words: list[str] = []
    place = group.start
    for edit in edits:
        if group.start <= edit.start and edit.end <= group.end:
            words += [*kept[place : edit.start], *edit.words]
            place = edit.end
    return [*words, *kept[place : group.end]]


def _spaced(words: Sequence[str]) -> list[str]:
    """The words with white space after the last one, since more follows."""
    if not words or words[-1][-1:].isspace():
        return list(words)
    return [*words[:-1], f"{words[-1]} "]
