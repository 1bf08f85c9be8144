"""Passages that may be evidence for a cell: they speak of the party near the priority's terms. Ranked, best first.

Sentences are scored one by one (see `scoring`); those that stand side by side and both matter are one passage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .lines import Line, Reading
from .matters import Index, Matter, index_of
from .naming import Actor
from .pointing import read
from .reprints import once
from .scoring import How, Scored, Search, Span

JOINS = 0.03  # of its neighbour's score, that a sentence needs to be of the same passage
MOST, LONGEST = 3, 600  # sentences and characters of one passage
NEW = 3  # times as much as one of another text counts a passage of a text that came since the cell was judged


@dataclass(frozen=True)
class Passage:
    """`text` is the key of the text; `start` and `end` are code points in it, as are those of `names` and `terms`.

    context: where the sentence before it begins, if that is of the same paragraph; else `start`.
    how: the party is "named" in it, "meant" by a pronoun, a title or its place, or "unnamed".
    also: keys of other texts that have the same passage, nearly word for word.
    """

    text: int
    start: int
    end: int
    context: int
    score: float
    how: How
    names: tuple[Span, ...]
    terms: tuple[Span, ...]
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Library:
    """Texts read once, to be asked for many cells."""

    readings: dict[int, Reading]
    cast: dict[int, Actor]
    index: Index


def prepare(texts: Mapping[int, str], cast: Sequence[Actor]) -> Library:
    """Read `texts`, by key, with an eye on all parties: who was named last decides whom a pronoun means."""
    readings = read(texts, cast)
    return Library(readings, {actor.key: actor for actor in cast}, index_of(readings))


def find(
    library: Library,
    key: int,
    terms: Iterable[str],
    *,
    without: Mapping[int, Sequence[Span]] | None = None,
    aside: Sequence[tuple[int, int, int]] = (),
    new: Collection[int] = (),
    most: int = 200,
) -> list[Passage]:
    """The `most` passages on the actor `key` and the matter that `terms` tell of, best first.

    Sentences that share a character with a span of `without`, by text, or of `aside` (text, start, end) are left out;
    so are reprints of the latter. `new` are texts that nobody had at hand who judged the cell so far: they count more.
    No part of a text is in two passages, and what several texts have nearly word for word is there once.
    """
    left_out = {text: list(spans) for text, spans in (without or {}).items()}
    for text, start, end in aside:
        left_out.setdefault(text, []).append((start, end))
    matter = Matter(library.readings, library.index, terms)
    found: list[Passage] = []
    for text, reading in library.readings.items():
        search = Search(library.cast[key], reading, matter, matter.hits.get(text, {}))
        sentences = _outside(reading.lines, search.found(), left_out.get(text, ()))
        weight = NEW if text in new else 1
        found += (_passage(text, reading, best, run, weight) for best, run in _joined(reading.lines, sentences))
    found = [passage for passage in found if passage.names or passage.terms]
    found.sort(key=lambda passage: (-passage.score, passage.text, passage.start))
    found = found[:most]
    places = [*aside, *((one.text, one.start, one.end) for one in found)]
    kept = once(library.readings, library.index, places)  # the first of those alike: what was set aside, if it is there
    return [replace(found[number - len(aside)], also=also) for number, also in kept if number >= len(aside)]


def _outside(lines: list[Line], found: list[Scored], spans: Sequence[Span]) -> list[Scored]:
    """Those of the sentences that no span touches."""
    places = [(one, lines[one.line].sentence) for one in found]
    return [one for one, at in places if not any(start < at.end and end > at.start for start, end in spans)]


def _joined(lines: list[Line], found: list[Scored]) -> Iterable[tuple[Scored, list[Scored]]]:
    """Sentences that stand side by side and both matter, as one: the best of them, and all of them in order."""
    left = {one.line: one for one in found}
    for best in sorted(found, key=lambda one: (-one.score, one.line)):
        if best.line not in left:
            continue
        run = [left.pop(best.line)]
        for is_after in (True, False) * (MOST - 1):
            beside = left.get(run[-1].line + 1 if is_after else run[0].line - 1)
            if beside and _belongs(lines, run, beside, JOINS * best.score):
                run = [*run, left.pop(beside.line)] if is_after else [left.pop(beside.line), *run]
        yield best, run


def _belongs(lines: list[Line], run: list[Scored], beside: Scored, least: float) -> bool:
    """Whether a passage may take in a sentence beside it: of the same paragraph, and not much less to the point."""
    first, last = min(run[0].line, beside.line), max(run[-1].line, beside.line)
    return (
        beside.score >= least
        and beside.how != "unnamed"
        and lines[first].is_beside(lines[last])
        and lines[last].sentence.end - lines[first].sentence.start <= LONGEST
        and last - first < MOST
    )


def _passage(text: int, reading: Reading, best: Scored, run: list[Scored], weight: float) -> Passage:
    words, lines, first = reading.words, reading.lines, run[0].line
    before = first - 1 if first and lines[first - 1].is_beside(lines[first]) else first
    return Passage(
        text=text,
        start=lines[first].sentence.start,
        end=lines[run[-1].line].sentence.end,
        context=lines[before].sentence.start,
        score=weight * best.score,
        how="named" if any(one.how == "named" for one in run) else best.how,
        names=_spans(words.starts, words.ends, (span for one in run for span in one.names)),
        terms=_spans(words.starts, words.ends, (span for one in run for span in one.terms)),
    )


def _spans(starts: list[int], ends: list[int], words: Iterable[Span]) -> tuple[Span, ...]:
    """Where words stand in the text, in order; those that overlap as one."""
    found: list[Span] = []
    for first, last in sorted(set(words)):
        start, end = starts[first], ends[last - 1]
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
