"""Where a quoted passage stands in a later text, and how surely. Pure functions, linear in the text's length.

A passage is told as the W3C Web Annotation model tells it: its words with what stands around them (TextQuoteSelector)
and its place (TextPositionSelector). Only the very same words hold a quote. Matching by edit distance would take a
dropped "not" for a slip of the pen; here one other word is another passage.
"""

from __future__ import annotations

from collections.abc import Iterable

from .altering import Case, altered, holds_other_words, most_alike, resembling
from .anchors import HOLDS, Anchor, Selector, State
from .folded import words
from .folding import Reading
from .frames import Gap, gaps, inside, sentence_gaps
from .passages import CONTEXT, EDGES, read, trimmed
from .places import MOST, TELLING, Place, chosen, places
from .seams import REACH, turned_after, turned_before
from .surety import is_sure
from .twins import changed_elsewhere, stands_as_well

__all__ = ["HOLDS", "Anchor", "Selector", "State", "anchor", "anchor_all", "select"]

EDGE = 8  # characters of signs at a passage's ends, such as a list's dash, that are no part of its words
SOME = 10  # places that are worth a look each


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


def _found(case: Case) -> Anchor:
    """What stands where the passage stood tells first; then where its words stand; then where words like them do."""
    passage = case.passage
    standing = places(case.folded, passage)
    candidates = [at for at in standing if at.end > case.unmoved]
    framed = [gap for gap in gaps(case.folded, passage, candidates) if gap.end > case.unmoved]
    home = _at_home(case, candidates, framed)
    if home is not None:
        return home
    gap = most_alike(case, framed)
    within = _inside(case, gap, framed) if gap else None
    if within:
        if not case.is_near(within) and stands_as_well(within, candidates):
            return Anchor("ambiguous")
        there = _unless_changed(case, within)
        if not there.holds or within.sides or (passage.before.strip(EDGES) and passage.after.strip(EDGES)):
            return there  # at the text's end one side alone does not frame it
    deleted = not within and ((gap is not None and _frames(case, gap, candidates)) or _is_deleted(case))
    closed = any(not case.likeness(one).now for one in framed)
    other = gap if gap and not within and holds_other_words(case, gap, framed) else None
    away = _away(case, candidates, other, deleted, twice=len(candidates) < len(standing))
    return away or resembling(case, deleted, closed) or Anchor("gone")


def _away(case: Case, candidates: list[Place], other: Gap | None, deleted: bool, twice: bool) -> Anchor | None:
    """The passage elsewhere, or in other words where it stood (`other`), whichever is surer."""
    surer = other and any(
        at.agreement > other.strength + TELLING or (case.is_near(at) and not case.is_near(other)) for at in candidates
    )
    if other and case.likeness(other).is_nearly_all and not surer:
        return altered(case, other.start, other.end)
    elsewhere = _elsewhere(case, candidates, deleted, twice)
    if elsewhere and (elsewhere.holds or not other):
        return elsewhere
    return altered(case, other.start, other.end) if other else None


def _at_home(case: Case, candidates: list[Place], framed: list[Gap]) -> Anchor | None:
    """The passage where all that was known of both sides stands around it; None where it stands so nowhere.

    Where something else, or nothing, stands between the same surroundings at another place, only the place tells.
    """
    held = [at for at in candidates if at.sides == 2]
    if not held:
        return None
    rest = [gap for gap in framed if gap.strength >= case.framing and not any(_touches(gap, at) for at in held)]
    at = next((at for at in held if case.folded.original(at.start, at.end)[0] == case.selector.start), None)
    other = any(case.likeness(gap).is_nearly_all or case.away(gap) <= case.away(held[0]) for gap in rest)
    if at is None and len(held) == 1 and (not rest or (case.is_near(held[0]) and not other)):
        at = held[0]
    if at is not None:
        return _unless_changed(case, at)
    near = [gap for gap in rest if case.is_near(gap)]
    there = most_alike(case, near)
    if there is None:
        return Anchor("ambiguous")
    return altered(case, there.start, there.end) if holds_other_words(case, there, near) else Anchor("gone")


def _frames(case: Case, gap: Gap, candidates: list[Place]) -> bool:
    """Whether a gap, and none of the places of the very words, stands where the passage stood."""
    if gap.strength >= case.framing:
        return True  # all that is known of both sides
    return not any(at.sides or at.agreement > gap.strength for at in candidates)


def _inside(case: Case, gap: Gap, framed: list[Gap]) -> Place | None:
    """The passage in the gap that is most like it; or in another one, where that one has nothing to do with it."""
    within = inside(case.folded, case.passage, [gap])
    if within or not case.likeness(gap).now or holds_other_words(case, gap, framed):
        return within
    return inside(case.folded, case.passage, framed)


def _touches(gap: Gap, at: Place) -> bool:
    return gap.start <= at.end + len(EDGES) and at.start - len(EDGES) <= gap.end


def _is_deleted(case: Case) -> bool:
    """Whether the neighbours of the passage's sentence stand side by side; or where they stood, with something else."""
    text = case.folded.plain
    spans = [Gap(*span, 0) for span in sentence_gaps(case.folded, case.passage)]
    other = any(not words(text[gap.start : gap.end]) or case.is_near(gap) for gap in spans)
    return other and not any(text.find(case.passage.exact, gap.start, gap.end) >= 0 for gap in spans)


def _unless_changed(case: Case, at: Place) -> Anchor:
    """The passage held at this place, unless it rather stands elsewhere in other words."""
    whole = at.sides == 2 and at.agreement == len(case.passage.before) + len(case.passage.after)
    return (None if whole else changed_elsewhere(case, at)) or _unless_turned(case, at)


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
        return altered(case, at.start - before, at.end + after)
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


def _elsewhere(case: Case, candidates: list[Place], deleted: bool, twice: bool) -> Anchor | None:
    """The same words, but not between both of their sides; None where the words do not stand at all.

    twice: they stood elsewhere, too, before they were deleted or changed here.
    """
    if not candidates:
        return None
    at = chosen(candidates) if len(candidates) <= MOST else None
    if at is None:
        few = candidates[:SOME]
        likely = not deleted or any(is_sure(case.folded, case.passage, other, deleted, None) for other in few)
        turned = len(candidates) <= SOME and all(not _unless_turned(case, other).holds for other in few)
        return Anchor("ambiguous" if likely and not turned else "gone")
    away = case.away(at) if len(candidates) == 1 else None
    if not is_sure(case.folded, case.passage, at, deleted, away) or (twice and not (at.sides and case.is_near(at))):
        return Anchor("gone")
    return _unless_changed(case, at)
