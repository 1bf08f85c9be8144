"""From the lines of a PDF to paragraphs. A PDF knows only where letters stand, so this goes by what a reader sees.

A paragraph ends before a wider gap, a line set in (but for those below a bullet), letters of another size or a bullet,
and after a line that ends a sentence though the next word would have fitted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median_low

# Two or three letters that are printed as one: a matter of type, which would hide a word from a search.
PRINTED = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]\d]*$")
BULLET = re.compile(r"(?:[•◦▪‣·–—*-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
HYPHEN = re.compile(r"[^\W_][-\u2010\xad]$")
JOINING = frozenset({"and", "or", "to", "und", "oder", "et", "ou", "y"})
# First and second parts of compounds, which keep their hyphen. A first part alone may be a syllable: pro-cess.
COMPOUNDING = frozenset(
    {"all", "anti", "cross", "ex", "far", "full", "half", "high", "ill", "long", "low", "mid", "near", "non", "post"}
    | {"pro", "self", "semi", "short", "so", "three", "two", "vice", "well"}
)
COMPOUNDED = frozenset({"defence", "known", "lasting", "level", "range", "scale", "standing", "term", "time"})
WORD = re.compile(r"[^\W_][\w-]*")
WIDER = 1.3  # a gap between paragraphs, against the distance of lines within one
INDENT = 0.8  # how far a paragraph's first line is set in, in sizes of its letters
LARGER = 1.15  # a heading's letters, against those of the text
FULL = 0.95  # of the width of a page's lines: a line that long had no room for another word


@dataclass(frozen=True)
class Line:
    """One line, or a piece of one.

    `x` and `y` are where it begins, from the page's lower left corner, and `size` that of its letters, in points.
    """

    text: str
    x: float
    y: float
    size: float


class Lines:
    """Takes the pieces of a page's text, each with its place, and puts lines together."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pieces: list[Line] = []

    def take(self, text: str, page: list[float], matrix: list[float], font: object, size: float) -> None:
        """What pypdf calls for each piece: its text, the two matrices that place it, and the letters' size."""
        for part in re.split("(\n)", text):
            if part == "\n":
                self._end()
            elif part:
                self._pieces.append(Line(part, *_placed(page, matrix, size)))

    def taken(self) -> list[Line]:
        self._end()
        return self._lines

    def _end(self) -> None:
        """A line begins where its first piece does; its letters are those of the longest, not of a bullet."""
        pieces = [piece for piece in self._pieces if piece.text.strip()]
        if pieces:
            text = " ".join("".join(piece.text for piece in self._pieces).translate(PRINTED).split())
            size = max(pieces, key=lambda piece: len(piece.text)).size
            self._lines.append(Line(text, pieces[0].x, pieces[0].y, size))
        self._pieces = []


def _placed(page: list[float], matrix: list[float], size: float) -> tuple[float, float, float]:
    a, b, c, d, e, f = page
    x, y = matrix[4], matrix[5]
    return a * x + c * y + e, b * x + d * y + f, abs(size * d * matrix[3]) or abs(size * b * matrix[2]) or size


def joined(pages: list[list[Line]]) -> list[str]:
    """The paragraphs of all pages; one goes on over the end of a page or column if its sentence does."""
    parts: list[list[str]] = []
    last: Line | None = None
    for page in pages:
        usual = _usual(page)
        for at, line in enumerate(page):
            after = page[at + 1] if at + 1 < len(page) else None
            if last is None or (_breaks(last, line, after, usual) if at else not _goes_on(last, line)):
                parts.append([])
            parts[-1].append(line.text)
            last = line
    known = Counter(word for line in chain(*pages) for word in WORD.findall(line.text.lower()))
    return [_run_on(part, known) for part in parts]


@dataclass(frozen=True)
class Usual:
    """How the lines of a page mostly are: characters in a full one, and points from one to the next."""

    width: int
    leading: float


def _usual(page: list[Line]) -> Usual:
    lengths = sorted(len(line.text) for line in page)
    gaps = [one.y - next_.y for one, next_ in pairwise(page) if 0 < one.y - next_.y < 4 * one.size]
    return Usual(lengths[len(lengths) * 9 // 10] if lengths else 0, median_low(gaps) if gaps else 0.0)


def _breaks(last: Line, line: Line, after: Line | None, usual: Usual) -> bool:
    """Whether `line` begins a paragraph, being on the same page as the `last` one."""
    if _differ(last, line):
        return True
    if line.y > last.y + last.size:  # the next column
        return not _goes_on(last, line)
    if last.y - line.y > WIDER * max(usual.leading, last.size) or BULLET.match(line.text):
        return True
    if line.x > last.x + INDENT * line.size and not BULLET.match(last.text):
        return True
    runs_on = after and not _differ(line, after) and line.y - after.y <= WIDER * max(usual.leading, line.size)
    if after and runs_on and abs(line.x - last.x) < 1 and line.x > after.x + INDENT * line.size:
        return True
    would_fit = len(last.text) + 1 + len(line.text.split()[0]) < FULL * usual.width
    return would_fit and SENTENCE_END.search(last.text) is not None


def _differ(last: Line, line: Line) -> bool:
    larger, smaller = max(last.size, line.size), min(last.size, line.size)
    return larger > LARGER * smaller


def _goes_on(last: Line, line: Line) -> bool:
    """Whether a sentence goes on from the end of a page or column to the top of the next."""
    return not SENTENCE_END.search(last.text) and not _differ(last, line) and line.text[0].islower()


def _run_on(lines: list[str], known: Counter[str]) -> str:
    """The lines of a paragraph as one, with words put together that were parted at a line's end."""
    text = ""
    for line in lines:
        if HYPHEN.search(text) and line[0].isalnum():
            text = _put_together(text, line, known)
        else:
            text += f" {line}" if text else line
    return text


def _put_together(text: str, line: str, known: Counter[str]) -> str:
    """A hyphen at a line's end goes, but where the word has it: before a capital, in compounds, in "pre- and post-".

    Which words have one is seen from the rest of the document, then from their parts.
    """
    before, hyphen = text[:-1], text[-1]
    left, right = WORD.findall(before.lower())[-1], WORD.findall(line.lower())[0]
    if right in JOINING:
        return f"{before}- {line}"
    plain, compound = known[left + right], known[f"{left}-{right}"]
    is_word = known[right] > 1 or right in COMPOUNDED  # once it stands here
    keeps = compound > plain or (not plain and left in COMPOUNDING and is_word) or not line[0].islower()
    return f"{before}-{line}" if keeps and hyphen != "\xad" else before + line
