"""A long text in portions, of which a page shows one; and the places of words that somebody looks for in all of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from ..texts.hits import hits
from ..texts.marking import as_lines, paragraphs, portions

MOST_CHARACTERS = 100_000  # in a portion: some forty printed pages
MOST_PARAGRAPHS = 1_000
MOST_HITS = 500  # places of the words looked for that are marked; all are counted
LONGEST_WORDS = 200  # characters to look for


@dataclass(frozen=True)
class Portion:
    """The paragraphs `first` to `last` of `total`. `before` and `after`: where the neighbouring portions begin.

    A portion is named by the paragraph that it begins with.
    """

    first: int
    last: int
    total: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Hit:
    """A place of the words looked for. `before` and `after` are the portions of its neighbours."""

    number: int
    start: int
    end: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Found:
    """What was looked for, how often it is there, the places that are marked, and the portion of the first."""

    words: str
    count: int
    hits: tuple[Hit, ...]
    first: int | None

    @property
    def and_more(self) -> bool:
        return self.count > len(self.hits)


@dataclass
class Portions:
    """`text` with one kind of line end, and the span of each paragraph."""

    text: str
    spans: list[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.text = as_lines(self.text)
        self.spans = paragraphs(self.text)
        self._starts = [start for start, _ in self.spans]
        self._firsts = [at + 1 for at in portions(self.spans, MOST_CHARACTERS, MOST_PARAGRAPHS)] or [1]

    def around(self, paragraph: int) -> Portion:
        """The portion with this paragraph; the first or the last, where there is no such paragraph."""
        at = max(bisect_right(self._firsts, paragraph) - 1, 0)
        after = self._firsts[at + 1] if at + 1 < len(self._firsts) else None
        return Portion(
            first=self._firsts[at],
            last=after - 1 if after else len(self.spans),
            total=len(self.spans),
            before=self._firsts[at - 1] if at else None,
            after=after,
        )

    def at(self, place: int) -> int:
        """The portion with this place of the text."""
        return self.around(max(bisect_right(self._starts, place), 1)).first

    def look_for(self, words: str) -> Found | None:
        """Where words stand, in whatever case and with whatever accents; None where there are none to look for."""
        words = " ".join(words.split())[:LONGEST_WORDS]
        if not words:
            return None
        spans, count = hits(self.text, words, MOST_HITS)
        at = [self.at(start) for start, _ in spans]
        return Found(
            words=words,
            count=count,
            hits=tuple(
                Hit(n + 1, *span, at[n - 1] if n else None, at[n + 1] if n + 1 < len(at) else None)
                for n, span in enumerate(spans)
            ),
            first=at[0] if at else None,
        )
