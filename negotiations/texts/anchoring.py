"""Where a quoted passage stands in a later text, and how surely. Pure functions, linear in the text's length.

A passage is told as the W3C Web Annotation model tells it: its words with what stands around them (TextQuoteSelector)
and its place (TextPositionSelector). Only the very same words hold a quote. Matching by edit distance would take a
dropped "not" for a slip of the pen; here one other word is another passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .folding import Folded
from .passages import CONTEXT, EDGES, Passage, read, trimmed
from .resembling import likeness, most_resembling, words
from .seams import REACH, same_stubs, stubs, turned_after, turned_before
from .surety import chosen, is_sure
from .surroundings import MOST, Place, beside, between, is_framed, leaves_traces, missing, place, places, tells

State = Literal["exact", "moved", "altered", "ambiguous", "gone"]
HOLDS: tuple[State, ...] = ("exact", "moved")  # the states in which a quote stays in force

ALIKE, VERY_ALIKE = 0.55, 0.8  # of the words: in surroundings that agree on one side, and in others
STEP = 24  # characters that a passage may shift while its place is still taken for the old one
FEW = 10  # places that are worth a look each


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
    if len(before) < CONTEXT or len(after) < CONTEXT or text.startswith(before, first):
        return None  # too little is known, or the old place is still there, with something else in it
    at = text.find(whole)
    return at + len(before) if at >= 0 and text.find(whole, at + 1) < 0 else None


@dataclass(frozen=True)
class Case:
    """One passage and one text, as they came and folded."""

    selector: Selector
    text: str
    passage: Passage
    folded: Folded


def _found(case: Case) -> Anchor:
    """Where all of its surroundings are, there is the passage, or what became of it; else by what agrees best."""
    home = _at_home(case)
    if len(home) == 1 and _is_near(case, case.folded.original(home[0].start, home[0].end)[0]):
        return _unless_turned(case, home[0])
    altered, framed = _altered_in_place(case)
    if altered and framed and (not home or _is_near(case, altered.start or 0)):
        return altered
    if home:
        return _unless_turned(case, home[0]) if len(home) == 1 else Anchor("ambiguous")
    elsewhere = _elsewhere(case, beside=altered is not None)
    if elsewhere and elsewhere.holds:
        return elsewhere
    return altered or elsewhere or _resembling(case) or Anchor("gone")


def _at_home(case: Case) -> list[Place]:
    """Where the passage stands in all of its surroundings; only the old place, if that is one of them."""
    passage, folded, old = case.passage, case.folded, case.selector.start
    start = folded.folded(old, old + 1)[0] if old < len(case.text) else -1
    if start >= 0 and folded.plain.startswith(passage.exact, start) and _is_whole(case, start):
        there = place(folded, passage, start)
        if there.all_before and there.all_after:
            return [there]
    if passage.bare:
        return []
    whole = f"{passage.before}{passage.exact}{passage.after}"
    found = places(folded, passage, whole, len(passage.before), 3)
    return found if any(there.all_before and there.all_after for there in found) else []


def _is_near(case: Case, start: int) -> bool:
    """Whether a place in the text is, by and large, the passage's old one."""
    return abs(start - case.selector.start) <= STEP


def _is_whole(case: Case, start: int) -> bool:
    end = start + len(case.passage.exact)
    return same_stubs(stubs(case.folded.text, start, end), case.passage.joined)


def _unless_turned(case: Case, at: Place) -> Anchor:
    """The passage held at this place, unless a word beside it turns its sense."""
    text, passage = case.folded.text, case.passage
    before = after = 0
    if at.before < len(passage.before) or (passage.at_start and not at.all_before):
        before = turned_before(text[max(0, at.start - REACH) : at.start], passage.clause_before)
    beside = text[at.end : at.end + REACH]
    goes_on = not passage.ends_sentence or beside.lstrip()[:1].islower()
    if goes_on and (at.after < len(passage.after) or (passage.at_end and not at.all_after)):
        after = turned_after(beside, passage.clause_after)
    if before or after:
        return _altered(case, at.start - before, at.end + after)
    start, end = trimmed(case.text, *case.folded.original(at.start, at.end))
    same = at.before == len(passage.before) and at.after == len(passage.after)
    old = case.selector.start + len(case.selector.exact) - len(case.selector.exact.lstrip())
    if same and start == old and case.text.startswith(case.selector.exact, case.selector.start):
        return Anchor("exact", case.selector.start, case.selector.start + len(case.selector.exact), case.selector.exact)
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


def _altered_in_place(case: Case) -> tuple[Anchor | None, bool]:
    """What stands in the passage's surroundings now, if that is still the passage, in other words.

    And whether it is framed by all of them, and not only by the words next to the passage.
    """
    text, passage = case.folded.plain, case.passage
    then, size = words(passage.exact), len(passage.exact)
    found = []
    for start, end in between(text, passage, 3 * size + 200):
        at = text.find(passage.exact, max(0, start - size + 1), end + size - 1)
        like = likeness(then, words(text[start:end]))
        if like.now and like.is_other_words and not (at >= 0 and _is_whole(case, at)):
            found.append((is_framed(text, passage, start, end), like.ratio, start, end))
    if not found:
        return None, False
    framed, _, start, end = max(found)
    altered = _altered(case, start, end)
    there = framed and _is_near(case, altered.start or 0)
    return (altered, framed) if there or not missing(text, passage) else (None, False)


def _elsewhere(case: Case, beside: bool) -> Anchor | None:
    """The same words, but not in all of their surroundings; None where the words do not stand at all.

    `beside`: these may be around other words; then the same words hold only beside one side of them.
    """
    candidates = _candidates(case)
    if not candidates:
        return None
    lost = missing(case.folded.plain, case.passage)
    at = chosen(candidates, case.passage) if len(candidates) <= MOST else None
    if at is None:
        turned = len(candidates) <= FEW and all(not _unless_turned(case, other).holds for other in candidates)
        return Anchor("gone" if lost or turned else "ambiguous")
    sure = is_sure(case.folded.plain, case.passage, at, lost) and (at.on_a_side or not beside)
    return _unless_turned(case, at) if sure else Anchor("gone")


def _candidates(case: Case) -> list[Place]:
    """Where the words stand with all that was known on one side of them; failing that, wherever they stand."""
    passage, folded = case.passage, case.folded
    found: dict[int, Place] = {}
    for side, key, shift in (
        (passage.before, f"{passage.before}{passage.exact}", len(passage.before)),
        (passage.after, f"{passage.exact}{passage.after}", 0),
    ):
        if tells(side):
            found |= {at.start: at for at in places(folded, passage, key, shift, 3)}
    return list(found.values()) or places(folded, passage, passage.exact, 0, MOST + 1)


def _resembling(case: Case) -> Anchor | None:
    """The words that most resemble the passage, if enough of them and of what stands around them agrees."""
    text, passage = case.folded.plain, case.passage
    best = most_resembling(text, passage.exact)
    if best is None or missing(text, passage):
        return None
    start, end, like = best
    first, last = beside(text, passage, start, end)
    if first is None and last is None:
        sure = like.ratio >= VERY_ALIKE and like.shared >= 6 and not leaves_traces(text, passage)
        return _altered(case, start, end) if sure else None
    start, end = start if first is None else first, end if last is None else last
    like = likeness(words(passage.exact), words(text[start:end]))
    return _altered(case, start, end) if like.ratio >= ALIKE and start < end else None
