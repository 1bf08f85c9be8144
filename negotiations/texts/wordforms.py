"""Words as they are compared: without case, accents and endings, so that "monitoring" is found by "monitor".

Endings are those of English, British and American alike; words of other languages lose at most a letter or two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

WORD = re.compile(r"[^\W_]+")
JOINED = "-\u2010\u2011\xad"  # between the parts of a word that may be written as one: multi-national


def word_set(words: str) -> frozenset[str]:
    """The words of a text with nothing but white space between them."""
    return frozenset(words.split())


STOPWORDS = word_set(
    "a about above after again against all also an and any are as at be been before being between both but by can "
    "could did do does done during each either else for from further had has have he her here his how i if in "
    "into is it its itself more most no nor not of off on once one only or other others our out over own s same "
    "she should so some such than that the their them then there these they this those through to under until up "
    "upon us was way we were what when where whether which while who whom whose why will with within without "
    "would you your "
)
# Longest first; the number of letters that must be left before each.
ENDINGS = (
    ("ations", 4), ("ation", 4), ("ating", 4), ("ances", 5), ("ences", 5), ("ments", 4), ("ance", 5), ("ence", 5),
    ("ated", 4), ("ates", 4), ("ment", 4), ("ate", 4), ("ings", 4), ("ions", 5), ("ing", 3), ("ion", 5), ("ial", 5),
    ("ers", 5), ("ed", 3), ("er", 5), ("es", 3), ("ly", 5), ("al", 5), ("e", 3), ("s", 3),
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of a text, side by side: as written but without accents, in small letters, where, and their stems."""

    plain: list[str]
    small: list[str]
    starts: list[int]
    ends: list[int]
    stems: list[str]


def words(text: str) -> Words:
    """The words of `text`, in order. Places are in code points of the text as it came."""
    even = unaccented(text)
    found = list(WORD.finditer(even))
    plain = [intern(match[0]) for match in found]  # each word is kept once, however many texts have it
    small = [intern(word.casefold()) for word in plain]
    starts, ends = [match.start() for match in found], [match.end() for match in found]
    return Words(plain, small, starts, ends, [stem(word) for word in small])


def unaccented(text: str) -> str:
    """`text` with plain letters for accented ones, as long as it was."""
    if text.isascii():
        return text
    return text.translate({ord(letter): _base(letter) for letter in set(text) if ord(letter) > 191})


def _base(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "’": "'"}.get(letter, base)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What is compared of a word: "deployments" and "deployed" are "deploy", "defense" is "defence"."""
    word = word.casefold()
    if len(word) < 4 or word[0].isdigit():
        return word
    word = re.sub(r"is(?=(?:e[sd]?|ing|ations?)$)", "iz", word)
    word = re.sub(r"if(?:ications?|ied|ies|ying)$", "ify", word)
    word = re.sub(r"(?<=[^aeiou])ies$", "y", word)
    word = re.sub(r"(?<=en)c(?=es?$)", "s", word)
    for ending, left in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            if ending == "s" and word[-2] in "su":
                continue
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] in "bdgmnprt":
                word = word[:-1]
            break
    return re.sub(r"e+$|(?<=[^aeiou])y$" if len(word) > 6 else r"(?<=e)e$", "", word)


def phrase(term: str) -> tuple[str, ...]:
    """The stems of a term's words that count; all of them where none counts by itself."""
    found = [word.casefold() for word in WORD.findall(unaccented(term))]
    return tuple(stem(word) for word in found if word not in STOPWORDS) or tuple(stem(word) for word in found)
