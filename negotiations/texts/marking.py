"""A text cut into paragraphs, and these into runs, so that passages can be marked even where they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

GAP = re.compile(r"\n\s*\n\s*")  # begins with a line's end, so that no run of blanks is looked at twice
LINE_END = re.compile(r"\n\s*")
LONG_LINE = 160  # characters; nobody wraps lines so late
LONGEST = 10_000  # characters of a paragraph; what is longer is cut at a blank


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


def as_lines(text: str) -> str:
    """The text with one kind of line end and every character in its place, as a browser counts it."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph starts and ends. Between them stands white space with at least one empty line.

    Where most of the text stands in long lines, nobody has wrapped it, and every line is a paragraph.
    """
    text = as_lines(text)
    unwrapped = 2 * sum(len(line) for line in text.split("\n") if len(line) > LONG_LINE) > len(text)
    cuts = [gap.span() for gap in (LINE_END if unwrapped else GAP).finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    whole = (_without_blanks(text, *span) for span in zip(starts, ends, strict=True))
    return [part for start, end in whole for part in _parts(text, start, end)]


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return end - len(inside.lstrip()), start + len(inside.rstrip())


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph in parts of at most LONGEST characters; none of one that is blank."""
    while start < end:
        stop = end
        if end - start > LONGEST:
            middle, last = start + LONGEST // 2, start + LONGEST
            stop = max(text.rfind(" ", middle, last), text.rfind("\n", middle, last)) + 1 or last
        if text[start:stop].strip():
            yield start, stop
        start = stop


def portions(spans: Sequence[tuple[int, int]], characters: int, most: int) -> list[int]:
    """A long text in portions: the index of the paragraph that each begins with, so that none grows too long."""
    first: list[int] = []
    for at, (_, end) in enumerate(spans):
        if not first or end - spans[first[-1]][0] > characters or at - first[-1] >= most:
            first.append(at)
    return first


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


def marked(text: str, marks: Iterable[Mark], spans: Iterable[tuple[int, int]] | None = None) -> list[list[Run]]:
    """The paragraphs of `text` (or `spans` of it) in runs. Each mark begins and ends once, also over several."""
    marks = list(marks)
    cut = [runs(text, marks, *span) for span in (paragraphs(text) if spans is None else spans)]
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
