"""Texts cut into sentences: where each stands, and the first alone, where there is room for a line only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .wordforms import word_set

# Begun only where a run of signs begins, and never given back: linear also where a text is nothing but full stops.
STOP = re.compile(r"(?<![.!?…])[.!?…]++[”’»\"')\]]*+(?=\s)|[。！？]")
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Hon|Messrs|Mme|No|vs|approx|cf|al|i\.e|e\.g"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|bzw|ca|Nr|Abs|Art|Mio|Mrd)|\b[^\W\d_]|\.[^\W\d_])\.\Z"
)
# German counts days and much else with a full stop: "am 6. Januar", "zum 35. Mal".
ORDINAL = re.compile(
    r"\b(?:[Aa]m|[Dd](?:er|ie|as|em|en|es)|[Ii]m|[Vv]om|[Zz]u[mr]|[Bb]eim|[Bb]is|[Aa]b|[Ss]eit|[Ee]ine[mnrs]?|[Jj]ede[mnrs]?"
    r"|und|oder) \d{1,3}\.\Z"
)
DAY = re.compile(r"\b\d{1,2}\.\Z")
MONTH = re.compile(
    r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)(?:uar|ner|ruar|z|il|i|ust|tember|ober|ember)?\b"
)
OPENERS = word_set("The A An He She It They We In On But And At As For This That There His Her Its Their")
CLOSED = re.compile(r"[.!?…:;。！？][”’»\"')\]]*\s*\Z")
BULLET = re.compile(r"\s*(?:[-–—•*·‣]|\d{1,2}[.)])\s")
NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+")
LABEL = re.compile(r"(?:Source|Sources|Quote|Details|Background|Q|A|By)\b:?\s")
WRAPPED = range(50, 100)  # characters of the longest line of a text whose lines are wrapped
HEADING = 140  # characters that a heading has at most
LONGEST = 2_000  # characters of one sentence; what has no end is cut there, for its words are compared with each other


@dataclass(frozen=True)
class Sentence:
    """`text[start:end]`, without white space around it. `paragraph` counts headings and points of lists too."""

    start: int
    end: int
    paragraph: int
    is_heading: bool = False
    is_point: bool = False


def first_sentence(text: str, most: int = 200) -> str:
    """The first sentence of `text`; one longer than `most` characters is cut at a word, with an ellipsis."""
    text = " ".join(text.split())
    ends = (stop.end() for stop in STOP.finditer(text) if not _goes_past(text, 0, stop, len(text)))
    sentence = text[: next(ends, len(text))]
    if len(sentence) <= most:
        return sentence
    return sentence[:most].rsplit(" ", 1)[0][: most - 1].rstrip(",;:.") + "…"


def sentences(text: str) -> list[Sentence]:
    """The sentences of `text` in order: what ends with a full stop or its like, a heading, or a point of a list.

    Linear in the text's length. What ends without a sign, on a line of its own and short, counts as a heading.
    """
    found = []
    for number, (start, end) in enumerate(blocks(text)):
        is_heading = _is_heading(text, start, end)
        is_point = not is_heading and BULLET.match(text, start, end) is not None
        for first, last in [(start, end)] if is_heading else _short(text, _cut(text, start, end)):
            found.append(Sentence(first, last, number, is_heading, is_point))
    return found


def blocks(text: str) -> list[tuple[int, int]]:
    """The paragraphs, headings and points of lists, also where only a line's end stands between them."""
    lines = [(line.start(), line.end()) for line in re.finditer(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+", text)]
    lines = [(start, end) for start, end in lines if not text[start:end].isspace()]
    is_wrapped = max((end - start for start, end in lines), default=0) in WRAPPED
    found: list[tuple[int, int]] = []
    for start, end in lines:
        if found and _goes_on(text, *found[-1], start, end, is_wrapped):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [_trimmed(text, start, end) for start, end in found]


def _goes_on(text: str, first: int, last: int, start: int, end: int, is_wrapped: bool) -> bool:
    """Whether the line from `start` to `end` goes on with the paragraph that ends, so far, at `last`."""
    if text[last:start].count("\n") > 1 or BULLET.match(text, start, end):
        return False
    if text[start:end].lstrip()[:1].islower() and not CLOSED.search(text, max(first, last - 8), last):
        return True
    return is_wrapped and last - max(first, text.rfind("\n", first, last) + 1) >= WRAPPED.start


def _is_heading(text: str, start: int, end: int) -> bool:
    block = text[start:end]
    number = NUMBER.match(block)
    if number and end - start <= HEADING // 2:
        block = block[number.end() :]
    if block.endswith("?") and len(block) <= HEADING // 2 and not STOP.search(block):
        return True
    if CLOSED.search(block) or BULLET.match(block) or LABEL.match(block):
        return False
    return len(block) <= HEADING and not STOP.search(block)


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one paragraph."""
    found = []
    for stop in STOP.finditer(text, start, end):
        if stop.end() < end and not _goes_past(text, start, stop, end):
            found.append(_trimmed(text, start, stop.end()))
            start = stop.end()
    return [*found, _trimmed(text, start, end)]


def _short(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same spans, those that are too long cut at white space where there is any."""
    for start, end in spans:
        while end - start > LONGEST:
            blank = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
            first, last = _trimmed(text, start, blank if blank > 0 else start + LONGEST)
            if first < last:
                yield first, last
            start = blank if blank > 0 else start + LONGEST
        yield _trimmed(text, start, end)


def _goes_past(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether the sentence goes on after this sign."""
    after = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    if after[:1].islower():
        return True
    near = (max(start, stop.end() - 12), stop.end())
    if stop[0] == "." and (ORDINAL.search(text, *near) or (DAY.search(text, *near) and MONTH.match(after))):
        return True
    if stop[0] != "." or not ABBREVIATION.search(text, max(start, stop.end() - 8), stop.end()):
        return False
    opener = re.match(r"\w+", after)
    return not (opener and opener[0] in OPENERS and text[stop.start() - 2 : stop.start() - 1] == ".")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    block = text[start:end]
    return start + len(block) - len(block.lstrip()), end - len(block) + len(block.rstrip())
