"""From bytes to characters: by the mark at the beginning, as UTF-8, as the document says, or by a sure guess."""

from __future__ import annotations

import codecs
import contextlib
import re

from .answers import Unreadable
from .guessing import guess_language

# UTF-32 first: its mark for small ends begins like the one of UTF-16.
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
WINDOWS = tuple(f"cp{number}" for number in range(1250, 1259))
# The encodings that browsers read too. UTF-7 is none of them: it hides markup in what looks like plain words.
READABLE = {
    "utf-8", "ascii", "koi8-r", "koi8-u", "cp866", "mac-roman", "mac-cyrillic", "gb2312", "gbk", "gb18030", "big5",
    "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949", "tis-620", *WINDOWS,
    *(f"iso8859-{number}" for number in range(1, 17)),
}  # fmt: skip
# What says Latin-1 has mostly been written on Windows; so browsers read it too.
MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
UTF_7 = re.compile(rb"\+A[A-Za-z0-9+/]{2,}-")
WRONG = re.compile("[\x00\x80-\x84\x86-\x9f]")  # NUL and C1, but for NEL: what a wrong decoding leaves
# What no writer writes: a word in two alphabets, a sign within a word, a small letter with an accent before a capital,
# five letters with accents in a row, a sum in euro as a Serbian word, a capital at the end of a Russian one.
LATIN, OTHER, FAR_EAST = "A-Za-zÀ-ÖØ-öø-ɏ", "Ͱ-ϿЀ-ӿ֐-׿؀-ۿ", "぀-ヿ㐀-鿿가-힯"
NONSENSE = re.compile(
    f"[{LATIN}][{OTHER}]|[{OTHER}][{LATIN}]|[a-z][{FAR_EAST}]{{1,2}}[a-z]"
    r"|[^\W\d_][³¹¼½¾¿¡][^\W\d_]|\b[ß-öø-ɏ][A-Z]|[À-ÖØ-öø-ÿ]{5}|Ђ\d|[а-яі]{2}[А-Я]\b"
)
LOOKED_AT = 500_000  # characters
HOMES = {
    language: page
    for page, languages in {
        "cp1250": "pl cs sk hu hr sl bs ro sq",
        "cp1251": "uk ru be bg mk",
        "cp1252": "en de fr es pt it nl da nb no nn sv fi is ca eu gl ga",
        "cp1253": "el",
        "cp1254": "tr az",
        "cp1257": "et lv lt",
    }.items()
    for language in languages.split()
}
FEW = 3  # letters beyond ASCII, from which nothing can be told
NEAR = 0.1  # two guesses whose mess differs by less are both likely


def decode(content: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The characters of `content`, and a notice where they were guessed; `declared` is the encoding that it names.

    Raises Unreadable (`encoding`, `binary`).
    """
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding), ()
    named = _known(declared)
    if named == "iso2022_jp" and b"\x1b$" in content:
        return _strictly(content, named), ()
    if b"\0" in content:
        raise Unreadable("encoding" if _is_two_bytes(content) else "binary")
    if declared.lower().replace("-", "").endswith("utf7") or len(UTF_7.findall(content)) > 2:
        raise Unreadable("encoding")
    try:
        return content.decode("utf-8"), ()
    except ValueError:
        return _by_page(content, named if named != "utf-8" else "")


def _by_page(content: bytes, named: str) -> tuple[str, tuple[str, ...]]:
    """The characters by the code page that is named; else by a guess, which is told."""
    page = named or _guess(content)
    text = _strictly(content, page)
    if NONSENSE.search(text, 0, LOOKED_AT):
        raise Unreadable("encoding")
    notice = f"The file does not say how its letters are written; they were read as Windows-{page[2:]}."
    return text, () if named else (notice,)


def _known(declared: str) -> str:
    """The encoding that is meant by a name in a document; "" for what no browser reads."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    return MEANT.get(name, name) if name in READABLE else ""


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except ValueError:
        raise Unreadable("encoding") from None
    if WRONG.search(text):
        raise Unreadable("encoding")
    return text


def _is_two_bytes(content: bytes) -> bool:
    """Whether this looks like UTF-16 without its mark: every other byte a NUL, for letters of the Latin alphabet."""
    front = content[:4_096]
    return max(front[0::2].count(0), front[1::2].count(0)) > len(front) // 5


def _guess(content: bytes) -> str:
    """The one code page of Windows that fits. Where several do, the one in which the language of the text is written.

    French read as Polish still looks French, but is not at home there. Where that tells nothing either, nobody can.
    """
    likely = _all_fitting(content) if sum(byte > 127 for byte in content) < FEW else _most_likely(content)
    if len({text for _, text in likely}) > 1:
        likely = [(page, text) for page, text in likely if HOMES.get(guess_language(text)) == page]
    if len({text for _, text in likely}) != 1:
        raise Unreadable("encoding")
    return likely[0][0]


def _most_likely(content: bytes) -> list[tuple[str, str]]:
    """The code pages by which the letters make words, each with what they make of the content."""
    from charset_normalizer import from_bytes

    guesses = [guess for guess in from_bytes(content, cp_isolation=list(WINDOWS)) if guess.encoding in WINDOWS]
    fitting = [guess for guess in guesses if not NONSENSE.search(str(guess), 0, LOOKED_AT)]
    return [(guess.encoding, str(guess)) for guess in fitting if guess.chaos <= fitting[0].chaos + NEAR]


def _all_fitting(content: bytes) -> list[tuple[str, str]]:
    """The same for a text with so few letters beyond ASCII that nothing can be said of how likely they are."""
    fitting = []
    for page in WINDOWS:
        with contextlib.suppress(ValueError):
            text = content.decode(page)
            if not NONSENSE.search(text, 0, LOOKED_AT):
                fitting.append((page, text))
    return fitting
