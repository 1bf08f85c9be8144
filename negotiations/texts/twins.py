"""Of words that stand a second time: whether the passage rather stands elsewhere, but for a word."""

from __future__ import annotations

from .altering import Case, altered
from .anchors import Anchor
from .folded import Folded, words
from .passages import CONTEXT, EDGES, Passage
from .places import SLACK, TAIL, TELLING, Place, agreeing, tells
from .remnants import remnant
from .resembling import most_resembling

MORE = 8  # characters around one place that tell it from another, between the same few letters and TELLING


def changed_elsewhere(case: Case, at: Place) -> Anchor | None:
    """The passage in other words, where as much of what stood around it stands around these; else None.

    Its very words, `at` a place, are a second time, then: a sentence that is said twice, and changed once. Where both
    places are as likely and the words are no nearer to where they stood, nothing tells which it is; but words that
    stood in marks of quotation are somebody's very words, and those that are other words are not.
    """
    folded, passage, apart = case.folded, case.passage, (at.start, at.end)
    known = not passage.enclosed  # else its place, too, may be that in another text, which quotes it
    least = sum(_sides(folded, passage, *apart)) - SLACK
    for start, end in _nearly(case, apart):
        sides = _sides(folded, passage, start, end)
        nearer = known and abs(folded.original(start, end)[0] - case.selector.start) <= case.away(at)
        beside = min(abs(start - at.end), abs(at.start - end)) <= SLACK and max(sides) >= TAIL
        if beside or sum(sides) >= least + (0 if nearer else MORE + SLACK):
            return altered(case, start, end)
        if known and sum(sides) >= least and not case.is_near(at):
            return Anchor("ambiguous")
    return None


def stands_as_well(at: Place, others: list[Place]) -> bool:
    """Whether another one of the places of its words has as much around it."""
    alike = (other for other in others if other.start != at.start and other.sides == at.sides < 2)
    return any(other.agreement > at.agreement - TELLING for other in alike)


def _nearly(case: Case, apart: tuple[int, int]) -> list[tuple[int, int]]:
    """The spans, not in `apart`, that have all words of the passage but one, or nine of ten, and are no neighbour."""
    ways = (
        remnant(case.folded, case.passage, deleted=False, apart=apart),
        most_resembling(case.folded, case.passage.exact, apart),
    )
    spans = (span for span in ways if span and case.likeness_to(*span).is_hardly_other)
    next_one = case.passage.neighbour_after[:TAIL]
    other = (span for span in spans if words(case.folded.plain[slice(*span)]) != case.words)
    return [span for span in other if not (tells(next_one) and case.folded.plain.startswith(next_one, span[0]))]


def _sides(folded: Folded, passage: Passage, start: int, end: int) -> tuple[int, int]:
    """How many characters agree before and after a span, but for signs at its ends; the text's end is a whole side."""
    before, after = passage.before.rstrip(EDGES), passage.after.lstrip(EDGES)
    ahead = folded.plain[max(0, start - 2 * CONTEXT) : start].rstrip(EDGES)
    behind = folded.plain[end : end + 2 * CONTEXT].lstrip(EDGES)
    first = CONTEXT if passage.at_start and not ahead else agreeing(ahead[::-1], before[::-1])
    return first, CONTEXT if passage.at_end and not behind else agreeing(behind, after)
