"""Where a passage's very words stand in a text, and how far what stands around them agrees with what stood there."""

from __future__ import annotations

from dataclasses import dataclass

from .folded import WORD, Folded
from .passages import EDGES, SENTENCE_END, Passage
from .seams import same_stubs, stubs

TELLING = 12  # characters of agreement, with two words in them, that tell one place from another
TAIL = 24  # characters of a neighbour that are enough to look for
MARKED = 16  # characters of surroundings that hardly stand anywhere else by chance
MOST = 64  # places of the same words that are still worth comparing
NEARBY = 200  # characters within which a neighbour still stands beside a passage
FEW = 5  # places with the same surroundings that are looked at
LONGEST = 300  # characters that a sentence may have
SLACK = 2  # characters by which a place may be off, where signs were cut or a letter is missing


@dataclass(frozen=True)
class Place:
    """Where the passage's words stand in the folded text, and how much around them agrees, outwards.

    all_before: everything that is known of what stood before it, which is something; likewise all_after.
    own: everything that is known of its own sentence.
    """

    start: int
    end: int
    before: int
    after: int
    all_before: bool
    all_after: bool
    own: bool

    @property
    def in_part(self) -> bool:
        """Some words of its surroundings agree, but not all on any side: words that only read alike do so."""
        return not self.sides and not self.own and max(self.before, self.after) >= TELLING

    @property
    def sides(self) -> int:
        return self.all_before + self.all_after

    @property
    def agreement(self) -> int:
        return self.before + self.after


def place(folded: Folded, passage: Passage, start: int) -> Place:
    """Measure the place where the passage's words begin at `start`."""
    text, end = folded.plain, start + len(passage.exact)
    before = agreeing(text[max(0, start - len(passage.before)) : start][::-1], passage.before[::-1])
    after = agreeing(text[end : end + len(passage.after)], passage.after)
    first = start - before < 64 and not text[: start - before].strip(EDGES)  # the text begins there, or with part of it
    last = not text[end + after : end + after + 64].strip(EDGES)
    begins, ends = first and passage.at_start, last and passage.at_end  # as the text did, and as it ended
    all_before = before == len(passage.before) and (tells(passage.before) or (begins and has_words(passage.before)))
    all_after = after == len(passage.after) and (tells(passage.after) or (ends and has_words(passage.after)))
    own = before >= len(passage.own_before) and after >= len(passage.own_after.rstrip(EDGES))
    told = own and before + after >= TELLING
    return Place(
        start,
        end,
        before,
        after,
        all_before=all_before or (first and (all_after or last or told)),
        all_after=all_after or (last and (all_before or first or told)),
        own=own,
    )


def places(folded: Folded, passage: Passage) -> list[Place]:
    """Where the words stand with all that was known around them; failing that, on one side; failing that, wherever.

    Never more than MOST + 1, which are too many to tell them apart.
    """
    found: dict[int, Place] = {}
    before, exact, after = passage.before, passage.exact, passage.after
    if tells(before) and tells(after):
        found = _places(folded, passage, before + exact + after, len(before), FEW)
    if not found and tells(before):
        found |= _places(folded, passage, before + exact, len(before), FEW)
    if tells(after) and not any(at.sides == 2 for at in found.values()):
        found |= _places(folded, passage, exact + after, 0, FEW)
    return list((found or _places(folded, passage, exact, 0, MOST + 1)).values())


def _places(folded: Folded, passage: Passage, words: str, shift: int, most: int) -> dict[int, Place]:
    """The first places where `words` stand, by where the passage begins in them, `shift` on, as whole words."""
    found: dict[int, Place] = {}
    at = folded.plain.find(words)
    for _ in range(100 + 2 * most):
        if at < 0 or len(found) == most:
            break
        start = at + shift
        if same_stubs(stubs(folded.text, start, start + len(passage.exact)), passage.joined):
            found[start] = place(folded, passage, start)
        at = folded.plain.find(words, at + 1)
    return found


def chosen(found: list[Place]) -> Place | None:
    """The one place whose surroundings agree clearly better than all others'; None where there is none."""
    first, *others = sorted(found, key=lambda at: (-at.sides, -at.own, -at.agreement))
    if not others or (first.sides, first.own) > (others[0].sides, others[0].own):
        return first
    return first if first.agreement - others[0].agreement >= TELLING else None


def unmoved(folded: Folded, passage: Passage, start: int) -> int:
    """Where the text ends that stood before the passage, or its sentence, at `start`, and still stands there; else 0.

    The passage is not before that: had it moved there, it would have pushed this on.
    """
    text, (_, at) = folded.plain, folded.folded(start - 1, start) if start else (0, 0)
    for before, own in ((passage.before, ""), (passage.neighbour_before + " ", passage.own_before)):
        then = before.rstrip(EDGES)
        last = at - len(own) - len(before) + len(then)
        slack = 2 * SLACK if tells(then) and text.count(then) == 1 else 1
        found = text.rfind(then, max(0, last - slack - len(then)), last + slack) if tells(then) else -1
        if found >= 0:
            return found + len(then)
    return 0


def is_neighbour(folded: Folded, passage: Passage, at: Place) -> bool:
    """Whether `at` is in the very sentence that stood before the passage's own, or in the one that stood after it."""
    text = folded.plain
    before, after = passage.neighbour_before[-TAIL:], passage.neighbour_after[:TAIL]
    if not at.all_after and _is_apart(passage, before, text, text[max(0, at.start - NEARBY) : at.start]):
        tail = text.find(before, at.end - len(before) + 1, at.end + LONGEST)
        if tail >= 0 and not SENTENCE_END.search(folded.text[at.end - 2 : tail + len(before)]):
            return True
    if not at.all_before and _is_apart(passage, after, text, text[at.end : at.end + NEARBY]):
        head = text.rfind(after, max(0, at.start - LONGEST), at.start + len(after) - 1)
        return head >= 0 and not SENTENCE_END.search(folded.text[head : at.start])
    return False


def overlaps_neighbour(text: str, passage: Passage, start: int, end: int) -> bool:
    """Whether `text[start:end]` has to do with what stood right before the passage's own sentence, or right after."""
    parts = (passage.neighbour_before[-TAIL:], passage.neighbour_after[:TAIL])
    near = text[max(0, start - TAIL) : end + TAIL]
    return any(tells(part) and part in near for part in parts)


def is_displaced(text: str, passage: Passage, at: Place) -> bool:
    """Whether what stood around the passage still stands in the text, but nowhere beside `at`."""
    near_before, near_after = text[max(0, at.start - NEARBY) : at.start], text[at.end : at.end + NEARBY]
    parts = (
        (passage.neighbour_before[-TAIL:], near_before),
        (passage.before.strip(EDGES), near_before),
        (passage.neighbour_after[:TAIL], near_after),
        (passage.after.strip(EDGES), near_after),
    )
    return any(len(part) >= MARKED and _is_apart(passage, part, text, near) for part, near in parts)


def _is_apart(passage: Passage, part: str, text: str, near: str) -> bool:
    return tells(part) and part not in passage.exact and part in text and part not in near


def agreeing(now: str, then: str) -> int:
    """How many characters are the same, from the first on."""
    if now == then:
        return len(then)
    pairs = enumerate(zip(now, then, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(now), len(then)))


def has_words(part: str) -> bool:
    return bool(WORD.search(part))


def tells(part: str) -> bool:
    """Whether a stretch of surroundings is long enough to tell one place from another."""
    return len(part) >= TELLING and len(WORD.findall(part)) > 1
