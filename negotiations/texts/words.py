"""Words as search tells them apart: what stands between two of them, and their form without accents.

The database does the same (sql/0008_search_words.sql), so that what was found can also be marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Drawn as nothing, and no part of a word: soft hyphens, joiners, marks of direction.
HIDDEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# Whatever parts words: blanks, punctuation, symbols.
SIGNS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u02b9-\u02ff\u0375\u037e\u0387\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b-\u061f"
    r"\u066a-\u066d\u06d4\u0964\u0965\u1680\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2190-\u2bff"
    r"\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ufe10-\ufe1f\ufe30-\ufe6f\ufeff\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff"
)
# Marks that stand on or under a letter.
ACCENTS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
# Letters that are no letter with an accent to Unicode, but are to whoever has no such key.
LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i"}

WORD = re.compile(rf"[^{SIGNS}](?:[{HIDDEN}]*[^{SIGNS}])*")
_GONE = re.compile(f"[{ACCENTS}{HIDDEN}]+")
_LETTERS = str.maketrans(LETTERS)


def folded(text: str) -> str:
    """`text` in small letters and without accents: `Żelaźń` as `zelazn`."""
    return _GONE.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_LETTERS)


def words(text: str) -> Iterator[re.Match[str]]:
    """Each word of `text`, with its place. Where the scripts part no words, a sentence is one."""
    return WORD.finditer(text)


def spelt(text: str) -> tuple[str, ...]:
    """The words of `text`, folded: two spellings are the same name where these are equal."""
    return tuple(folded(word.group()) for word in words(text))
