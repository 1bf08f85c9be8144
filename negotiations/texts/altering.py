"""A passage in other words: what it is known by then, and which words these are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .anchors import Anchor, Selector
from .folded import Folded, words
from .frames import Gap
from .passages import EDGES, Passage, trimmed
from .places import Place, overlaps_neighbour, unmoved
from .remnants import remnant
from .resembling import Likeness, likeness, most_resembling
from .seams import stubs
from .surety import STEP, words_of_its_sentence

LONG = 10  # words of a sentence that is not like another one by chance
MORE = 7  # words of one that is not like another one, but for a word, by chance


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

    @property
    def framing(self) -> int:
        """How many characters stood around the passage that a gap may have around it at most."""
        return len(self.passage.before.rstrip(EDGES)) + len(self.passage.after.lstrip(EDGES))

    @cached_property
    def likenesses(self) -> dict[Gap, Likeness]:
        """How alike the passage is to what stands in a gap, of each gap that was looked into."""
        return {}

    def likeness(self, gap: Gap) -> Likeness:
        """How alike the passage is to what stands in a gap; counted once."""
        known = self.likenesses.get(gap)
        if known is None:
            known = self.likenesses[gap] = self.likeness_to(gap.start, gap.end)
        return known

    def likeness_to(self, start: int, end: int) -> Likeness:
        """How alike it is to a span of the folded text."""
        return likeness(self.words, words(self.folded.plain[start:end]))

    def away(self, at: Place | Gap) -> int:
        """How many characters a place in the text is from the passage's old one."""
        return abs(self.folded.original(at.start, at.start + 1)[0] - self.selector.start)

    @cached_property
    def unmoved(self) -> int:
        """Where the folded text ends that stands where it stood, before the passage."""
        return unmoved(self.folded, self.passage, self.selector.start)

    def is_near(self, at: Place | Gap) -> bool:
        """Whether a place in the text is, by and large, the passage's old one."""
        return self.away(at) <= STEP


def most_alike(case: Case, framed: list[Gap]) -> Gap | None:
    """The gap that has most of the passage's words, and fewest others."""

    def others(gap: Gap) -> tuple[int, int]:
        like = case.likeness(gap)
        return like.others, -like.now

    return min(framed, key=others, default=None)


def holds_other_words(case: Case, gap: Gap, framed: list[Gap]) -> bool:
    """Whether a gap holds the passage in other words; clearly so where another of the `framed` is empty."""
    like = case.likeness(gap)
    empty = any(not case.likeness(other).now for other in framed)
    return like.is_nearly_all if empty else like.is_other_words


def altered(case: Case, start: int, end: int) -> Anchor:
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


def resembling(case: Case, deleted: bool, closed: bool) -> Anchor | None:
    """The passage in other words, told by the rest of its sentence, by one side of it, or by nearly all of its words.

    Where its place closed up, all but one must be: sentences read alike, and the others stay when one is deleted.
    """
    text, passage = case.folded.plain, case.passage
    if closed and (passage.own_before or passage.own_after.strip(EDGES)):
        return None  # the rest of its sentence still stands
    best, apart = None, (0, case.unmoved)
    if not closed and (not deleted or words_of_its_sentence(passage) >= LONG):
        best = remnant(case.folded, passage, deleted, apart)
    if not best or (deleted and overlaps_neighbour(text, passage, *best)):
        best = most_resembling(case.folded, passage.exact, apart)
        if best and deleted and overlaps_neighbour(text, passage, *best):
            best = most_resembling(case.folded, passage.exact, apart=best)
        if best and deleted and (passage.words < MORE or not case.likeness_to(*best).is_hardly_other):
            best = None
    if not best and passage.at_start and passage.at_end and likeness(case.words, case.folded.words).is_half:
        best = (0, len(text))  # it was the whole text
    return altered(case, *best) if best else None
