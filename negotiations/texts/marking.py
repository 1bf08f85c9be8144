"""A text cut into paragraphs, and these into runs, so that passages can be marked even where they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

GAP = re.compile(r"\s+")


@dataclass(frozen=True)
class Mark:
    """A passage, `text[start:end]`; `key` is whatever the caller knows it by."""

    key: int
    start: int
    end: int


@dataclass(frozen=True)
class Run:
    """A stretch of text under the same marks. `begins` and `ends`, told by `marked`, begin and end with it."""

    text: str
    keys: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph starts and ends. Between them stands white space with at least one empty line."""
    cuts = [gap.span() for gap in GAP.finditer(text) if gap.group().count("\n") > 1]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def runs(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Run]:
    """`text[start:end]` in runs; their texts joined give it back. A mark that reaches beyond is cut there."""
    end = len(text) if end is None else end
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    inside = {place for mark in here for place in (mark.start, mark.end) if start < place < end}
    cuts = [start, *sorted(inside), end] if start < end else []
    return [
        Run(text[left:right], tuple(m.key for m in here if m.start <= left and m.end >= right))
        for left, right in pairwise(cuts)
    ]


def marked(text: str, marks: Iterable[Mark]) -> list[list[Run]]:
    """The paragraphs of `text` in runs. Each mark begins once and ends once, also over several paragraphs."""
    marks = list(marks)
    cut = [runs(text, marks, *place) for place in paragraphs(text)]
    flat = [(run.keys, at) for at, run in enumerate(run for part in cut for run in part)]
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for keys, at in flat:
        for key in keys:
            first.setdefault(key, at)
            last[key] = at
    numbered = iter(range(len(flat)))
    return [[_with_ends(run, next(numbered), first, last) for run in part] for part in cut]


def _with_ends(run: Run, at: int, first: dict[int, int], last: dict[int, int]) -> Run:
    """The same run, beginning and ending its marks by where they are first and last seen."""
    begins = tuple(key for key in run.keys if first[key] == at)
    ends = tuple(key for key in run.keys if last[key] == at)
    return replace(run, begins=begins, ends=ends)
