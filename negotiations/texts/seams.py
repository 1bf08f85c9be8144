"""The edges of a passage: whether it begins and ends with whole words, and what is new right beside it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise

from .folded import DASH, ITEM, PARAGRAPH

REACH = 80  # characters that are looked at beside a passage
CUT = "_"  # stands at the end of surroundings where a word is cut
NEAR_BEFORE, NEAR_AFTER = 5, 4  # words that count as directly beside it
FEW = 3  # words that go with a negation that is taken out

SCALES = "hundred|thousand|million|billion|trillion|per ?cent|percentage|bn|mn|m|k"
# Two characters, a NUL between them where the passage begins or ends, that are parts of one word or one number.
JOINED = re.compile(
    rf"""
      \w\0\w | \w[-'/&@]\0\w | \w\0[-'/&@]\w
    | \d[.,:]\0\d | \d\0[.,:]\d | (?<!\w)[A-Z]\.\0[A-Z] | (?<!\w)[A-Z]\0\.[A-Z]
    | [-+±~≈<>≤≥=$€£¥₴#№§]\0\d | \d\0[ ]?[%‰°$€£¥₴] | \d\0[ ](?:{SCALES})\b
    | (?<!\d)\d{{1,3}}[ ]\0\d{{3}}(?!\d) | (?<!\d)\d{{1,3}}\0[ ]\d{{3}}(?!\d)
    """,
    re.VERBOSE,
)
# Where a clause ends; "U.S." does not end one.
CLAUSE_END = re.compile(rf"(?:[!?;:]|(?<!\b[A-Z])\.)['\")\]]*(?=[\s{DASH}•*]|\Z)|[|{PARAGRAPH}{ITEM}]")
NEGATION = re.compile(
    r"""
    (?<!\w)(?:
      no|not|never|nor|neither|none|nobody|nothing|nowhere|without|cannot|\w+n't|hardly|scarcely|barely|rarely|seldom
    | unlikely|impossible|unable|unless|lack\w*|absence|contrary|rather\ than|instead\ of|far\ from
    | rul(?:e[sd]?|ing)\ out
    | false|falsely|untrue|wrong|wrongly|incorrect|unfounded|baseless|den(?:y|ies|ied|ying|ials?)|refut\w+|disput\w+
    | refus\w+|reject\w*|declin(?:e[sd]?|ing)|fail(?:s|ed|ing|ure)?|doubt\w*|dismiss\w*|oppos(?:e[sd]?|ing)|refrain\w*
    | stop(?:s|ped)?|cease[sd]?|avoid\w*|abandon\w*|cancel\w*|prevent\w*|forb\w+|prohibit\w*
    | nicht|nie|niemals|niemand\w*|nichts|kein\w*|weder|kaum|ohne|ne|n'\w+|pas|jamais|rien|aucun\w*|sans
    | nunca|ningun\w*|jamás|non|(?-i:mai)|nessun\w*|senza|não|nie|nigdy|bez|niet|nooit|geen|zonder
    | inte|ikke|aldrig?|(?-i:ei)|değil
    | не|ні|нет|ни|ніколи|ніхто|никогда|немає|без|δεν|δε|μην|ποτέ|χωρίς
    | [وف]?(?:لا|لن|لم|ليس\w*)|غير|دون|לא|אין|אינו|בלי
    )(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What tells after a comma that the words before it do not hold.
DENIAL = re.compile(
    r"(?<!\w)(?:not true|false|untrue|wrong|incorrect|unfounded|baseless|denie[sd]|reject(?:s|ed))(?!\w)", re.I
)
NAME = re.compile(r"[^\W\d_][\w'-]*|\d[\w.,]*")  # with a capital; scripts without capitals do not show names
CAPITALS = "The A An This That These Those In On At Of For From By And But Or As If When While After It"
NO_NAMES = frozenset(CAPITALS.split())  # words that have a capital at the beginning of a sentence only


def stubs(text: str, start: int, end: int) -> tuple[str, str]:
    """What of a word or number stands outside `text[start:end]` though it began or goes on inside; mostly "", ""."""
    return _stub_before(text, start), _stub_after(text, end)


def same_stubs(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two passages are cut out of their words alike. Either may be known in part only."""
    (a, b), (c, d) = one, other
    before = a == c or (bool(a and c) and (a.endswith(c) or c.endswith(a)))
    return before and (b == d or (bool(b and d) and (b.startswith(d) or d.startswith(b))))


def _seam(text: str, at: int) -> tuple[str, str]:
    return text[max(0, at - 24) : at], text[at : at + 24]


def _stub_before(text: str, at: int) -> str:
    if not at or (text[at - 1].isspace() and not text[at : at + 1].isdigit()):
        return ""
    left, right = _seam(text, at)
    return re.findall(r"\S* ?\Z", left)[0] if JOINED.search(f"{left[-8:]}\0{right}") else ""


def _stub_after(text: str, at: int) -> str:
    if at == len(text) or (text[at].isspace() and not text[at - 1 : at].isdigit()):
        return ""
    left, right = _seam(text, at)
    return re.findall(r"\A ?\S*", right)[0] if JOINED.search(f"{left[-8:]}\0{right}") else ""


def turned_before(now: str, then: str, known: bool = True) -> int:
    """How many characters of `now`, the text before the passage, tell that its sense is turned; 0 where none do.

    A negation, put in or taken out (as against `then`), in the same clause and directly beside; or, where the clause
    begins to differ, another name or number. Where it is not `known` what stood there, only a word that touches it.
    """
    words = [len(now) - word.start() for word in re.finditer(r"\S+", now)][::-1]
    now, then = _last_clause(now), _last_clause(then)
    new, taken = _negations(then, now, NEAR_BEFORE if known else 1, -1)
    if new:
        return words[max(new)]
    if not known:
        return 0
    return words[0] if words and (taken or _renamed(then.split()[::-1], now.split()[::-1])) else 0


def turned_after(now: str, then: str, known: bool = True) -> int:
    """The same for the text after the passage. Behind a comma, or where not `known`, only a plain denial counts."""
    words = [word.end() for word in re.finditer(r"\S*\w\S*", now)]
    now, then = _first_clause(now), _first_clause(then)
    denial = DENIAL.search(now)
    if denial and len(now[: denial.start()].split()) < NEAR_AFTER and not DENIAL.search(then):
        return denial.end()
    if not known:
        return 0
    now, then = _up_to_comma(now), _up_to_comma(then)
    new, taken = _negations(then, now, NEAR_AFTER, 1)
    if new:
        return [word.end() for word in re.finditer(r"\S+", now)][max(new)]
    return words[0] if words and (taken or _renamed(then.split()[:2], now.split()[:2])) else 0


def _last_clause(text: str) -> str:
    ends = list(CLAUSE_END.finditer(text))
    return text[ends[-1].end() :] if ends else text


def _first_clause(text: str) -> str:
    end = CLAUSE_END.search(text)
    return text[: end.start()] if end else text


def _up_to_comma(text: str) -> str:
    return re.split(r",(?!\d)", text, maxsplit=1)[0]


def _negations(then: str, now: str, near: int, outwards: int) -> tuple[list[int], bool]:
    """Which of the `near` words of `now`, outwards, are negations that `then` had not, and whether one is taken out.

    One that is missing counts only where it went with few others, and the words beyond are still there, or there were
    and are none in the clause.
    """
    old, new = then.lower().split()[::outwards], now.lower().split()[::outwards]
    denied, denies = _denying(then, outwards), _denying(now, outwards)
    if CUT in (then[:1], then[-1:]):
        near = min(near, max(2, len(old) - 1))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changes = [step for step in steps if step[0] != "equal"]
    put_in = [at for *_, first, last in changes for at in range(first, min(near, last)) if at in denies]
    out = any(
        at in denied
        for (kind, first, last, *_), (*_, begin, end) in pairwise([*steps, ("end", 0, 0, 0, 0)])
        if kind != "equal" and last - first <= FEW
        if any(map(str.isalnum, "".join(new[begin:end]))) or (not new and CUT not in (then[:1], then[-1:]))
        for at in range(first, min(near, last))
    )
    return put_in, out


def _denying(text: str, outwards: int) -> set[int]:
    """The numbers, outwards, of the words that are negations or part of one."""
    words = [word.span() for word in re.finditer(r"\S+", text)][::outwards]
    found = [match.span() for match in NEGATION.finditer(text)]
    return {at for at, (start, end) in enumerate(words) for first, last in found if start < last and first < end}


def _renamed(then: list[str], now: list[str]) -> bool:
    """Whether the first word, outwards, that is another one now was a name or number and is another name or number."""
    pairs = ((old.strip(" ,'()"), new.strip(" ,'()")) for old, new in zip(then, now, strict=False))
    old, new = next(((old, new) for old, new in pairs if not _same_word(old, new)), ("", ""))
    was_name = old[:1] == CUT or _is_name(old.rstrip(CUT))
    return bool(was_name and _is_name(new)) and not NO_NAMES & {old, new} and _spelt(old) != _spelt(new)


def _is_name(word: str) -> bool:
    return (word[:1].isupper() or word[:1].isdigit()) and bool(NAME.fullmatch(word))


def _spelt(name: str) -> str:
    """A name in one of its spellings: Zelensky, Zelenskyy and Zelenskiy; U.S. and US."""
    return re.sub(r"(?<=\w\w\w)[iyj]+\Z", "y", name.replace(".", ""))


def _same_word(old: str, new: str) -> bool:
    if old[:1] == CUT:
        return new.endswith(old[1:])
    return new.startswith(old[:-1]) if old[-1:] == CUT else old == new
