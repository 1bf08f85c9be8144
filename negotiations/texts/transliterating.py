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


# Ukrainian and Russian, as English writes them; "ї" and "й" have lost their signs where accents are taken off.
_LATIN = str.maketrans(
    dict(zip("абвгґдезиійклмнопрстуфыэ", "abvhgdezyiiklmnoprstufye", strict=True))
    | {"є": "ye", "ж": "zh", "ї": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ё": "yo", "ь": "", "ъ": "", "ʼ": "", "’": ""}
)


def latin(word: str) -> str:
    """A word in Cyrillic as English writes it, in small letters and without accents; another word without accents."""
    return unaccented(word).casefold().translate(_LATIN)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a name sounds, roughly; "" where that is too little to know it by."""
    found = latin(word)
    for letters, one in _SAME:
        found = letters.sub(one, found)
    return found if len(found) >= SHORT else ""


# Two names of one place, not two spellings: Ukrainian and Russian, and what other languages made of them.
PLACES = tuple(
    tuple(line.split())
    for line in (
        "Kyiv Kiev Kiew Kyjiw Київ Киев",
        "Kharkiv Kharkov Charkiw Charkow Харків Харьков",
        "Lviv Lvov Lwiw Lemberg Львів Львов",
        "Odesa Odessa Одеса Одесса",
        "Luhansk Lugansk Louhansk",
        "Donbas Donbass Донбас Донбасс",
        "Dnipro Dnepr",
        "Chernihiv Chernigov Tschernihiw",
        "Mykolaiv Nikolaev Mykolajiw",
        "Zaporizhzhia Zaporizhia Zaporozhye Saporischschja",
        "Crimea Krim Crimée Крим Крым",
    )
)
_PLACE_OF = {unaccented(name).casefold(): names for names in PLACES for name in names}
_SKY = re.compile(r"(.{2,}[sc]k)(?:yy|iy|yi|ij|ii|yj|y|i)")
_SKY_ENDS = ["y", "yy", "iy", "yi", "ij", "yj", "i"]
_OV = re.compile(r".{2,}[eo](?:v|w|ff)a?")
VOICED = re.compile(r"s[aeiou]")  # in German; where it was translated, English has a "z"
_GERMAN = (("shch", "schtsch"), ("zh", "sch"), ("kh", "ch"), ("z", "s"), ("v", "w"), ("ya", "ja"), ("ye", "je"))
_ENGLISH = (("schtsch", "shch"), ("sch", "sh"), ("ff", "v"), ("w", "v"), ("ja", "ya"), ("je", "ye"))


def spellings(name: str) -> tuple[str, ...]:
    """Other spellings of a name, likely ones; none of a word that doesn't look like a name from Cyrillic.

    For whoever can't compare sounds, as an index of words. A word in small letters is a name too: people type so.
    """
    plain = unaccented(name).casefold()
    if plain in _PLACE_OF:
        return tuple(other for other in _PLACE_OF[plain] if unaccented(other).casefold() != plain)
    small = latin(name)
    stem, ends = small, [""]
    if sky := _SKY.fullmatch(small):
        stem, ends = sky[1], _SKY_ENDS
    elif not _OV.fullmatch(small) or (small[-1] == "w" and name[0].islower()):
        return ()  # "window" is no Vindov
    english = _written(stem, _ENGLISH)
    stems = dict.fromkeys(
        [english, _written(english, _GERMAN), *(["z" + english[1:]] if VOICED.match(english) else [])]
    )
    found = dict.fromkeys((way + end).capitalize() for way in stems for end in ends)
    return tuple(other for other in found if other.casefold() != plain)


def _written(stem: str, letters: tuple[tuple[str, str], ...]) -> str:
    for some, others in letters:
        stem = stem.replace(some, others)
    return stem
