"""Where a quoted passage stands in a later text, and how surely. Pure functions, linear in the text's length.

A passage is told as the W3C Web Annotation model tells it: its words with what stands around them (TextQuoteSelector)
and its place (TextPositionSelector). Only the very same words hold a quote. Matching by edit distance would take a
dropped "not" for a slip of the pen; here one other word is another passage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .folding import Folded, Reading, words
from .frames import Gap, gaps, inside, sentence_gaps
from .passages import CONTEXT, EDGES, Passage, read, trimmed
from .places import MOST, TELLING, Place, chosen, overlaps_neighbour, places
from .remnants import remnant
from .resembling import Likeness, likeness, most_resembling
from .seams import REACH, stubs, turned_after, turned_before
from .surety import STEP, is_sure, words_of_its_sentence

State = Literal["exact", "moved", "altered", "ambiguous", "gone"]
HOLDS: tuple[State, ...] = ("exact", "moved")  # the states in which a quote stays in force

EDGE = 8  # characters of signs at a passage's ends, such as a list's dash, that are no part of its words
LONG = 10  # words of a sentence that is not like another one by chance
MORE = 7  # words of one that is not like another one, but for a word, by chance
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
    return _anchor(selector, Reading(text))


def anchor_all(selectors: Iterable[Selector], text: str) -> list[Anchor]:
    """The same for many passages, in their order; `text` is folded once for all of them."""
    reading = Reading(text)
    return [_anchor(selector, reading) for selector in selectors]


def _anchor(selector: Selector, reading: Reading) -> Anchor:
    text = reading.text
    start = _found_as_it_was(selector, text)
    if start is not None:
        end = start + len(selector.exact)
        return Anchor("exact" if start == selector.start else "moved", start, end, selector.exact)
    if not selector.exact.strip() or not text.strip():
        return Anchor("gone")
    passage, folded = read(selector.prefix, selector.exact, selector.suffix, selector.start, reading)
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

    @cached_property
    def likenesses(self) -> dict[Gap, Likeness]:
        """How alike the passage is to what stands in a gap, of each gap that was looked into."""
        return {}


def _found(case: Case) -> Anchor:
    """What stands where the passage stood tells first; then where its words stand; then where words like them do."""
    passage = case.passage
    candidates = places(case.folded, passage)
    framed = gaps(case.folded, passage, candidates)
    home = _at_home(case, candidates, framed)
    if home is not None:
        return home
    gap = _most_alike(case, framed)
    within = _inside(case, gap, framed) if gap else None
    if within:
        there = _unless_turned(case, within)
        if not there.holds or within.sides or (passage.before.strip(EDGES) and passage.after.strip(EDGES)):
            return there  # at the text's end one side alone does not frame it
    other = gap if gap and not within and _holds_other_words(case, gap, framed) else None
    nearly = other and _likeness(case, other).is_nearly_all
    if other and nearly and not any(at.agreement > other.strength + TELLING for at in candidates):
        return _altered(case, other.start, other.end)
    deleted = not within and (gap is not None or _is_deleted(case))
    elsewhere = _elsewhere(case, candidates, deleted)
    if elsewhere and (elsewhere.holds or not other):
        return (_changed_here(case, elsewhere) if elsewhere.holds else None) or elsewhere
    if other:
        return _altered(case, other.start, other.end)
    closed = gap is not None and not _likeness(case, gap).now
    return _resembling(case, deleted, closed) or Anchor("gone")


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


def _inside(case: Case, gap: Gap, framed: list[Gap]) -> Place | None:
    """The passage in the gap that is most like it; or in another one, where that one has nothing to do with it."""
    within = inside(case.folded, case.passage, [gap])
    if within or not _likeness(case, gap).now or _holds_other_words(case, gap, framed):
        return within
    return inside(case.folded, case.passage, framed)


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
    known = case.likenesses.get(gap)
    if known is None:
        known = case.likenesses[gap] = likeness(case.words, words(case.folded.plain[gap.start : gap.end]))
    return known


def _is_near(case: Case, at: Place | Gap) -> bool:
    """Whether a place in the text is, by and large, the passage's old one."""
    return abs(case.folded.original(at.start, at.start + 1)[0] - case.selector.start) <= STEP


def _is_deleted(case: Case) -> bool:
    """Whether the neighbours of the passage's sentence stand side by side."""
    text = case.folded.plain
    spans = sentence_gaps(case.folded, case.passage)
    return any(not words(text[start:end]) for start, end in spans) and not any(
        text.find(case.passage.exact, *span) >= 0 for span in spans
    )


def _unless_turned(case: Case, at: Place) -> Anchor:
    """The passage held at this place, unless a word beside it turns its sense."""
    text, passage = case.folded.text, case.passage
    before = after = 0
    unknown = passage.bare and case.folded.original(at.start, at.end)[0] != case.selector.start
    if unknown or at.before < len(passage.before) or (passage.at_start and not at.all_before):
        now = text[max(0, at.start - REACH) : at.start]
        before = turned_before(now, passage.clause_before, known=not passage.enclosed and not passage.bare)
    beside = text[at.end : at.end + REACH]
    goes_on = (
        not passage.enclosed
        and not passage.ends_sentence
        and (passage.own_after.strip(EDGES) or beside.lstrip()[:1].islower())
    )
    if goes_on and (at.after < len(passage.after) or (passage.at_end and not at.all_after)):
        after = turned_after(beside, passage.clause_after, known=not passage.enclosed)
    if before or after:
        return _altered(case, at.start - before, at.end + after)
    start, end = trimmed(case.text, *case.folded.original(at.start, at.end))
    same = at.before == len(passage.before) and at.after == len(passage.after)
    old = case.selector.start + len(case.selector.exact) - len(case.selector.exact.lstrip())
    if same and start == old and case.text.startswith(case.selector.exact, case.selector.start):
        return Anchor("exact", case.selector.start, case.selector.start + len(case.selector.exact), case.selector.exact)
    start, end = _as_it_was(case, start, end)
    return Anchor("moved", start, end, case.text[start:end])


def _as_it_was(case: Case, start: int, end: int) -> tuple[int, int]:
    """The span with the signs at the passage's ends, where they stand there too."""
    exact = case.selector.exact.strip()
    ways = (at for at in range(max(0, start - EDGE), start + 1) if at + len(exact) >= end)
    first = next((at for at in ways if case.text.startswith(exact, at)), None)
    return (start, end) if first is None else (first, first + len(exact))


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
    away = abs(case.folded.original(at.start, at.start + 1)[0] - case.selector.start) if len(candidates) == 1 else None
    sure = is_sure(case.folded, case.passage, at, deleted, away)
    return _unless_turned(case, at) if sure else Anchor("gone")


def _changed_here(case: Case, twin: Anchor) -> Anchor | None:
    """The passage but for a word, right beside what stood beside it: its words elsewhere are a second time, then."""
    best = remnant(case.folded, case.passage, deleted=False, apart=case.folded.folded(twin.start or 0, twin.end or 0))
    return _altered(case, *best) if best and _is_hardly_other(case, best) else None


def _is_hardly_other(case: Case, span: tuple[int, int]) -> bool:
    return likeness(case.words, words(case.folded.plain[slice(*span)])).is_hardly_other


def _resembling(case: Case, deleted: bool, closed: bool) -> Anchor | None:
    """The passage in other words, told by the rest of its sentence, by one side of it, or by nearly all of its words.

    Where its place closed up, all but one must be: sentences read alike, and the others stay when one is deleted.
    """
    text, passage = case.folded.plain, case.passage
    best = None
    if not closed and (not deleted or words_of_its_sentence(passage) >= LONG):
        best = remnant(case.folded, passage, deleted)
    if not best or (deleted and overlaps_neighbour(text, passage, *best)):
        best = most_resembling(case.folded, passage.exact)
        if best and deleted and overlaps_neighbour(text, passage, *best):
            best = most_resembling(case.folded, passage.exact, apart=best)
        if best and deleted and (passage.words < MORE or not _is_hardly_other(case, best)):
            best = None
    if not best and passage.at_start and passage.at_end and likeness(case.words, case.folded.words).is_other_words:
        best = (0, len(text))  # it was the whole text
    return _altered(case, *best) if best else None
