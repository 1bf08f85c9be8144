"""Where a quoted passage stands in a later text, and how surely. Pure functions, linear in the text's length.

A passage is told as the W3C Web Annotation model tells it: its words with what stands around them (TextQuoteSelector)
and its place (TextPositionSelector). Only the very same words hold a quote. Matching by edit distance would take a
dropped "not" for a slip of the pen; here one other word is another passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .folding import Folded
from .frames import Gap, gaps, inside, sentence_gaps
from .passages import CONTEXT, EDGES, Passage, read, trimmed
from .places import MOST, TELLING, Place, chosen, places
from .resembling import Likeness, likeness, most_resembling, words
from .seams import REACH, stubs, turned_after, turned_before
from .surety import is_sure

State = Literal["exact", "moved", "altered", "ambiguous", "gone"]
HOLDS: tuple[State, ...] = ("exact", "moved")  # the states in which a quote stays in force

EDGE = 8  # characters of signs at a passage's ends, such as a list's dash, that are no part of its words
STEP = 48  # characters that a passage may shift while its place is still taken for the old one
SOME = 10  # places that are worth a look each


@dataclass(frozen=True)
class Selector:
    """A passage: its words, up to 32 code points on each side, and its place, in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True)
class Anchor:
    """Where a passage stands now: `text[start:end]` is `found`. Without a place they are None, None and "".

    exact: same characters, same place, same surroundings. moved: the same words, written otherwise, elsewhere or in
    other surroundings. altered: the passage is there in other words, or turned by a word right beside it; `found`
    then takes that word in. ambiguous: the words stand in several places, and nothing tells which. gone: not there.
    """

    state: State
    start: int | None = None
    end: int | None = None
    found: str = ""

    @property
    def holds(self) -> bool:
        return self.state in HOLDS


def select(text: str, start: int, end: int) -> Selector:
    """The selector of `text[start:end]`."""
    return Selector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def anchor(selector: Selector, text: str) -> Anchor:
    """Find the passage in `text`, which need not be the text that it was selected in."""
    start = _found_as_it_was(selector, text)
    if start is not None:
        end = start + len(selector.exact)
        return Anchor("exact" if start == selector.start else "moved", start, end, selector.exact)
    if not selector.exact.strip() or not text.strip():
        return Anchor("gone")
    passage, folded = read(selector.prefix, selector.exact, selector.suffix, selector.start, text)
    return _found(Case(selector, text, passage, folded)) if passage.words else Anchor("gone")


def _found_as_it_was(selector: Selector, text: str) -> int | None:
    """The quick way: the one place where the passage stands with its surroundings, character by character."""
    before, after = selector.prefix, selector.suffix
    whole = f"{before}{selector.exact}{after}"
    first = selector.start - len(before)
    known_before = len(before) >= CONTEXT or not first
    known_after = len(after) >= CONTEXT or first + len(whole) == len(text)
    if not selector.exact.strip() or first < 0:
        return None
    if known_before and known_after and text.startswith(whole, first):
        return selector.start
    if len(before) < CONTEXT or len(after) < CONTEXT or text.count(before) != 1 or text.count(after) != 1:
        return None  # too little is known, or something else may stand between the same surroundings
    at = text.find(whole)
    return at + len(before) if at >= 0 else None


@dataclass(frozen=True)
class Case:
    """One passage and one text, as they came and folded."""

    selector: Selector
    text: str
    passage: Passage
    folded: Folded

    @cached_property
    def words(self) -> list[str]:
        return words(self.passage.exact)


def _found(case: Case) -> Anchor:
    """What stands where the passage stood tells first; then where its words stand; then where words like them do."""
    text, passage = case.folded.plain, case.passage
    candidates = places(case.folded, passage)
    framed = gaps(text, passage)
    home = _at_home(case, candidates, framed)
    if home is not None:
        return home
    gap = _most_alike(case, framed)
    within = inside(case.folded, passage, gap) if gap else None
    if within:
        there = _unless_turned(case, within)
        if not there.holds or within.sides or (passage.before and passage.after):
            return there  # at the text's end one side alone does not frame it
    other = gap if gap and not within and _holds_other_words(case, gap, framed) else None
    if other and not any(at.agreement > other.strength + TELLING for at in candidates):
        return _altered(case, other.start, other.end)
    deleted = not within and (gap is not None or _is_deleted(case))
    elsewhere = _elsewhere(case, candidates, deleted)
    if elsewhere and (elsewhere.holds or not other):
        return elsewhere
    if other:
        return _altered(case, other.start, other.end)
    return (None if deleted else _resembling(case)) or Anchor("gone")


def _at_home(case: Case, candidates: list[Place], framed: list[Gap]) -> Anchor | None:
    """The passage where all that was known of both sides stands around it; None where it stands so nowhere.

    Where something else, or nothing, stands between the same surroundings at another place, only the place tells.
    """
    held = [at for at in candidates if at.sides == 2]
    if not held:
        return None
    full = len(case.passage.before.rstrip(EDGES)) + len(case.passage.after.lstrip(EDGES))
    rest = [gap for gap in framed if gap.strength >= full and not any(_touches(gap, at) for at in held)]
    at = next((at for at in held if case.folded.original(at.start, at.end)[0] == case.selector.start), None)
    if at is None and len(held) == 1 and (not rest or _is_near(case, held[0])):
        at = held[0]
    if at is not None:
        return _unless_turned(case, at)
    near = [gap for gap in rest if _is_near(case, gap)]
    there = _most_alike(case, near)
    if there is None:
        return Anchor("ambiguous")
    return _altered(case, there.start, there.end) if _holds_other_words(case, there, near) else Anchor("gone")


def _touches(gap: Gap, at: Place) -> bool:
    return gap.start <= at.end + len(EDGES) and at.start - len(EDGES) <= gap.end


def _most_alike(case: Case, framed: list[Gap]) -> Gap | None:
    """The gap that has most of the passage's words, and fewest others."""

    def others(gap: Gap) -> tuple[int, int]:
        like = _likeness(case, gap)
        return like.others, -like.now

    return min(framed, key=others, default=None)


def _holds_other_words(case: Case, gap: Gap, framed: list[Gap]) -> bool:
    """Whether a gap holds the passage in other words; clearly so where another of the `framed` is empty."""
    like = _likeness(case, gap)
    empty = any(not _likeness(case, other).now for other in framed)
    return like.is_nearly_all if empty else like.is_other_words


def _likeness(case: Case, gap: Gap) -> Likeness:
    return likeness(case.words, words(case.folded.plain[gap.start : gap.end]))


def _is_near(case: Case, at: Place | Gap) -> bool:
    """Whether a place in the text is, by and large, the passage's old one."""
    return abs(case.folded.original(at.start, at.start + 1)[0] - case.selector.start) <= STEP


def _is_deleted(case: Case) -> bool:
    """Whether the neighbours of the passage's sentence stand side by side."""
    text = case.folded.plain
    spans = sentence_gaps(text, case.passage)
    return any(not words(text[start:end]) for start, end in spans) and not any(
        text.find(case.passage.exact, *span) >= 0 for span in spans
    )


def _unless_turned(case: Case, at: Place) -> Anchor:
    """The passage held at this place, unless a word beside it turns its sense."""
    text, passage = case.folded.text, case.passage
    before = after = 0
    if at.before < len(passage.before) or (passage.at_start and not at.all_before):
        before = turned_before(text[max(0, at.start - REACH) : at.start], passage.clause_before)
    beside = text[at.end : at.end + REACH]
    goes_on = not passage.ends_sentence and (passage.own_after.strip(EDGES) or beside.lstrip()[:1].islower())
    if goes_on and (at.after < len(passage.after) or (passage.at_end and not at.all_after)):
        after = turned_after(beside, passage.clause_after)
    if before or after:
        return _altered(case, at.start - before, at.end + after)
    start, end = trimmed(case.text, *case.folded.original(at.start, at.end))
    same = at.before == len(passage.before) and at.after == len(passage.after)
    old = case.selector.start + len(case.selector.exact) - len(case.selector.exact.lstrip())
    if same and start == old and case.text.startswith(case.selector.exact, case.selector.start):
        return Anchor("exact", case.selector.start, case.selector.start + len(case.selector.exact), case.selector.exact)
    exact = case.selector.exact.strip()  # with the signs at its ends, where they stand there too
    as_it_was = case.text.find(exact, max(0, start - EDGE), end + EDGE)
    if as_it_was >= 0:
        start, end = as_it_was, as_it_was + len(exact)
    return Anchor("moved", start, end, case.text[start:end])


def _altered(case: Case, start: int, end: int) -> Anchor:
    """Other words at `start` to `end` of the folded text, there without what does not belong to them."""
    text, exact = case.folded.plain, case.passage.exact
    while start < end - 1 and text[start] in EDGES and text[start] != exact[0] and not text[start + 1].isdigit():
        start += 1
    while start < end - 1 and text[end - 1] in EDGES and text[end - 1] != exact[-1]:
        end -= 1
    before, after = stubs(case.folded.text, start, end)
    if text[start:end] != exact:  # else the rest of the first or last word is what changed
        before, after = ("" if old else new for old, new in zip(case.passage.joined, (before, after), strict=True))
    first, last = trimmed(case.text, *case.folded.original(start - len(before), end + len(after)))
    return Anchor("altered", first, last, case.text[first:last])


def _elsewhere(case: Case, candidates: list[Place], deleted: bool) -> Anchor | None:
    """The same words, but not between both of their sides; None where the words do not stand at all."""
    if not candidates:
        return None
    at = chosen(candidates) if len(candidates) <= MOST else None
    if at is None:
        turned = len(candidates) <= SOME and all(not _unless_turned(case, other).holds for other in candidates)
        return Anchor("gone" if deleted or turned else "ambiguous")
    near = len(candidates) == 1 and _is_near(case, at)
    sure = is_sure(case.folded, case.passage, at, deleted, near)
    return _unless_turned(case, at) if sure else Anchor("gone")


def _resembling(case: Case) -> Anchor | None:
    """The words that most resemble the passage, if nearly all of them are the same."""
    best = most_resembling(case.folded.plain, case.passage.exact)
    return _altered(case, *best) if best else None
