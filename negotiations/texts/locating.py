"""Where words that somebody typed or selected stand in a text: just so, else as printers write them otherwise."""

from __future__ import annotations

from .folding import fold, fold_text
from .passages import trimmed

Span = tuple[int, int]  # of code points: text[start:end]

MOST = 50  # places that are worth telling apart
REACH = 200  # characters by which a passage may be longer than the words typed, such as by line wraps


def locate(text: str, words: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The places of `words` that begin in `text[start:end]`, at most MOST of them; each may reach beyond `end`.

    Those of the very characters; where there are none, those that differ in what no word hangs on (texts/folding.py):
    line wraps, quotation marks, dashes. Where some are whole words, parts of words are left out.
    """
    words = words.strip()
    end = len(text) if end is None else min(end, len(text))
    if not words or start >= end:
        return []
    found = _just_so(text, words, start, end) or _written_otherwise(text, words, start, end)
    whole = [span for span in found if _is_whole(text, *span)]
    return (whole or found)[:MOST]


def same_words(one: str, other: str) -> bool:
    """Whether two passages have the same words, however they are printed."""
    return one == other or fold_text(one) == fold_text(other)


def _just_so(text: str, words: str, start: int, end: int) -> list[Span]:
    return [(at, at + len(words)) for at in _all(text, words, start, end + len(words) - 1)]


def _written_otherwise(text: str, words: str, start: int, end: int) -> list[Span]:
    here = text[start : end + 2 * len(words) + REACH]
    wanted = fold_text(words)
    folded = fold(here, like=wanted)
    places = [folded.original(at, at + len(wanted)) for at in _all(folded.plain, wanted, 0, len(folded.plain))]
    spans = [trimmed(text, start + first, start + last) for first, last in places]
    return [span for span in spans if span[0] < end]


def _all(text: str, words: str, start: int, end: int) -> list[int]:
    """Where each occurrence within `text[start:end]` begins, as far as they don't overlap."""
    found: list[int] = []
    at = text.find(words, start, end) if words else -1
    while at >= 0 and len(found) <= 10 * MOST:
        found.append(at)
        at = text.find(words, at + len(words), end)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not cut_before and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
