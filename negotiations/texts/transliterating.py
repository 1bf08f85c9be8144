"""Names that were written in Cyrillic, however a language spells them: Zelenskyy, Zelensky, Selenskyj, Zelenskiy.

A rough sound tells that two spellings are the same name. It compares names with names: of other words it says nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .wordforms import unaccented

SHORT = 5  # letters of a sound that may be some other name's by chance
# In order: English, German and French each have their letters for one Cyrillic letter.
_SAME = (
    (re.compile(r"shch|s?tsch|tch|sch|[szkc]h"), "h"),  # Ushakov, Uschakow, Ouchakov
    (re.compile(r"ou"), "u"),
    (re.compile(r"w|ff?\Z"), "v"),
    (re.compile(r"z"), "s"),
    (re.compile(r"[iyj]+"), "i"),
    (re.compile(r"i(?=e)"), ""),  # Yermak, Jermak
    (re.compile(r"(.)\1"), r"\1"),
    (re.compile(r"e\Z"), ""),  # Poutine
)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a name sounds, roughly; "" where that is too little to know it by."""
    found = unaccented(word).casefold()
    for letters, one in _SAME:
        found = letters.sub(one, found)
    return found if len(found) >= SHORT else ""
