"""A passage with what stood around it, folded, and told apart: its own sentence and the neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .folded import ITEM, LINE, PARAGRAPH, WORD, WRAP, Folded, plain
from .folding import HYPHENS, Reading, compounds, fold
from .seams import CUT, stubs

CONTEXT = 32  # code points of surroundings that a selector keeps on each side
LONGEST_REST = 30  # characters of a word that a selection may have missed

# "U.S." does not end a sentence.
SENTENCE_END = re.compile(rf"(?:[!?]|(?<!\b[A-Z])\.)['\")\]]*(?=[\s•*]|\Z)|[{PARAGRAPH}{LINE}{ITEM}]")
OPENED, CLOSED = re.compile(r"[\s(]'[\s-]*\Z"), re.compile(r"[.,;!?]?['\"]")  # also a mark after a digit
EDGES = " .,;:!?'\"()[]-"


@dataclass(frozen=True)
class Passage:
    """A passage and its surroundings, in the form to compare.

    before, after: the surroundings, without signs at their outer ends, which the selector may have cut.
    own_before, own_after: the parts of them in the passage's own sentence.
    neighbour_before, neighbour_after: the other parts, without the signs in between.
    clause_before, clause_after: the surroundings as folded, with paragraphs, and CUT where a word is cut.
    joined: the parts of its first and last word that stood outside it.
    at_start, at_end: nothing stood before, or after, what is known.
    """

    exact: str
    before: str
    after: str
    own_before: str
    own_after: str
    neighbour_before: str
    neighbour_after: str
    clause_before: str
    clause_after: str
    joined: tuple[str, str]
    at_start: bool
    at_end: bool

    @cached_property
    def words(self) -> int:
        return len(WORD.findall(self.exact))

    @cached_property
    def ends_sentence(self) -> bool:
        return _ends_sentence(self.exact)

    @property
    def is_sentence(self) -> bool:
        """It is one or more whole sentences, headings or lines of a list."""
        begins = not self.own_before and (self.at_start or bool(self.neighbour_before))
        return begins and not self.own_after.strip(EDGES) and (self.at_end or bool(self.neighbour_after))

    @property
    def enclosed(self) -> bool:
        """It stood between quotation marks, so what stands around it may be another author's text about it."""
        return bool(OPENED.search(f" {self.before}"[-4:]) and CLOSED.match(self.after))

    @property
    def bare(self) -> bool:
        """Nothing is known of what stood around it."""
        return not self.before and not self.after


def read(prefix: str, exact: str, suffix: str, start: int, reading: Reading) -> tuple[Passage, Folded]:
    """The passage, and the text that it is to be found in, each folded with an eye on the other.

    `exact` holds more than white space; `start` is its place in the text that it was taken from.
    """
    folded = fold(prefix + exact + suffix)
    whole = reading.like(folded.plain)
    begin = len(prefix) + len(exact) - len(exact.lstrip())
    first, last = folded.folded(begin, len(prefix) + len(exact.rstrip()))
    first, last = trimmed(folded.text, first, last)
    parts = [folded.text[:first], folded.text[first:last], folded.text[last:]]
    if WRAP in folded.text:
        parts = _unwrapped(folded.text, parts, whole.plain)
    at_start = start == len(prefix) or prefix.isspace()
    reach = CONTEXT if at_start else min(CONTEXT, len(prefix))  # of a shorter prefix, the suffix is cut short, too
    at_end = len(suffix) < reach or suffix.isspace()
    cut = (not at_start and prefix[:1].isalnum(), not at_end and suffix[-1:].isalnum())
    return _passage(parts, at_start, at_end, cut), whole


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the rest of the words that it cuts, at most LONGEST_REST characters on each side."""
    first, last = max(0, start - LONGEST_REST), min(len(text), end + LONGEST_REST)
    while first < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < last and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _unwrapped(folded: str, parts: list[str], like: str) -> list[str]:
    """Hyphens at a line's end, decided as the other text has the word."""
    known = compounds(like)
    hyphens = []
    for match in re.finditer(rf"([\w-]*){WRAP}(?=(\w*))", folded):
        ways = (hyphen for hyphen in HYPHENS if f"{match[1]}{hyphen}{match[2]}" in known)
        hyphens.append(next(ways, ""))
    decided = iter(hyphens)
    return [re.sub(WRAP, lambda _: next(decided), part) for part in parts]


def _passage(parts: list[str], at_start: bool, at_end: bool, cut: tuple[bool, bool]) -> Passage:
    """Tell the passage's own sentence from its neighbours. `cut`: the surroundings end within a word, on each side."""
    before, exact, after = parts
    joined = stubs("".join(parts), len(before), len(before) + len(exact))
    before = before if at_start else re.sub(r"\A\W+", "", before)
    after = after if at_end else re.sub(r"\W*.?\Z", "", after, flags=re.DOTALL)
    begin = max((end.end() for end in SENTENCE_END.finditer(before)), default=0)
    end = SENTENCE_END.search(after)
    stop = 0 if _ends_sentence(exact) else end.end() if end else len(after)
    own = plain(before[begin:]).lstrip()
    return Passage(
        exact=plain(exact),
        before=plain(before),
        after=plain(after),
        own_before=own if own.strip(EDGES) else "",
        own_after=plain(after[:stop]).rstrip(),
        neighbour_before=plain(before[:begin]).strip(EDGES),
        neighbour_after=plain(after[stop:]).strip(EDGES),
        clause_before=CUT * cut[0] + before,
        clause_after=after + CUT * cut[1],
        joined=joined,
        at_start=at_start,
        at_end=at_end,
    )


def _ends_sentence(text: str) -> bool:
    return any(end.end() == len(text) for end in SENTENCE_END.finditer(text, max(0, len(text) - 8)))
