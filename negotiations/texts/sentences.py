"""The beginning of a text, where there is room for a line only."""

from __future__ import annotations

import re

# A mark that ends a sentence, before a space and a capital: so that "e.g. a" goes on.
END = re.compile(r"[.!?][”’\")\]]*(?=\s+[A-ZÀ-ÖØ-Þ“‘\"(]|\s*\Z)")


def first_sentence(text: str, most: int = 200) -> str:
    """The first sentence of `text`; one longer than `most` characters is cut at a word, with an ellipsis."""
    text = " ".join(text.split())
    end = END.search(text)
    sentence = text[: end.end()] if end else text
    if len(sentence) <= most:
        return sentence
    return sentence[:most].rsplit(" ", 1)[0][: most - 1].rstrip(",;:.") + "…"
