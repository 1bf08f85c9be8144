"""The edges of a passage: whether it begins and ends with whole words, and what is new right beside it."""

from __future__ import annotations

import re

from .folding import PARAGRAPH

REACH = 80  # characters that are looked at beside a passage
CUT = "_"  # stands at the end of surroundings where a word is cut
NEAR_BEFORE, NEAR_AFTER = 5, 4  # words that count as directly beside it

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
CLAUSE_END = re.compile(rf"(?:[!?;:]|(?<!\b[A-Z])\.)['\")\]]*(?=[\s{PARAGRAPH}]|\Z)|{PARAGRAPH}")
NEGATION = re.compile(
    r"""
    (?<!\w)(?:
      no|not|never|nor|neither|none|nobody|nothing|nowhere|without|cannot|\w+n't|hardly|scarcely|barely|rarely|seldom
    | unlikely|impossible|unable|unless|lack\w*|absence|contrary|rather\ than|instead\ of|far\ from
    | rul(?:e[sd]?|ing)\ out
    | false|falsely|untrue|wrong|wrongly|incorrect|unfounded|baseless|den(?:y|ies|ied|ying|ials?)|refut\w+|disput\w+
    | refus\w+|reject\w*|declin(?:e[sd]?|ing)|fail(?:s|ed|ing|ure)?|doubt\w*|dismiss\w*|oppos(?:e[sd]?|ing)|refrain\w*
    | stop(?:s|ped)?|cease[sd]?|avoid\w*|abandon\w*|cancel\w*|prevent\w*|forb\w+|prohibit\w*
    | nicht|kein\w*|niemals|weder|ohne|pas|jamais|aucun\w*|sans|nunca|ningun\w*|не|ні|нет|ни|немає|без
    )(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What tells after a comma that the words before it do not hold.
DENIAL = re.compile(
    r"(?<!\w)(?:not true|false|untrue|wrong|incorrect|unfounded|baseless|denie[sd]|reject(?:s|ed))(?!\w)", re.I
)
NAME = re.compile(r"[^\W\d_a-zà-öø-ÿ][\w'-]*|\d[\w.,]*")
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
    left, right = _seam(text, at)
    return re.findall(r"\S* ?\Z", left)[0] if JOINED.search(f"{left[-8:]}\0{right}") else ""


def _stub_after(text: str, at: int) -> str:
    left, right = _seam(text, at)
    return re.findall(r"\A ?\S*", right)[0] if JOINED.search(f"{left[-8:]}\0{right}") else ""


def turned_before(now: str, then: str) -> int:
    """How many characters of `now`, the text before the passage, tell that its sense is turned; 0 where none do.

    A negation, put in or taken out (as against `then`), in the same clause and directly beside; or, where the clause
    begins to differ, another name or number.
    """
    now, then = _last_clause(now), _last_clause(then)
    if not now.strip():
        return 0
    new, taken = _negations(now, then, NEAR_BEFORE, outwards=-1)
    if new:
        return len(now) - min(match.start() for match in new)
    renamed = _renamed(then.split()[::-1], now.split()[::-1])
    return len(now) - now.rstrip().rfind(" ") - 1 if taken or renamed else 0


def turned_after(now: str, then: str) -> int:
    """The same for the text after the passage. Behind a comma only a plain denial counts."""
    now, then = _first_clause(now), _first_clause(then)
    denial = DENIAL.search(now)
    if denial and len(now[: denial.start()].split()) < NEAR_AFTER and not DENIAL.search(then):
        return denial.end()
    now, then = _up_to_comma(now), _up_to_comma(then)
    if not now.strip():
        return 0
    new, taken = _negations(now, then, NEAR_AFTER, outwards=1)
    if new:
        return max(match.end() for match in new)
    first = re.findall(r"\s*\S+", now)[0]
    return len(first) if taken or _renamed(then.split(), now.split()) else 0


def _last_clause(text: str) -> str:
    ends = list(CLAUSE_END.finditer(text))
    return text[ends[-1].end() :] if ends else text


def _first_clause(text: str) -> str:
    end = CLAUSE_END.search(text)
    return text[: end.start()] if end else text


def _up_to_comma(text: str) -> str:
    return re.split(r",(?!\d)", text, maxsplit=1)[0]


def _negations(now: str, then: str, near: int, outwards: int) -> tuple[list[re.Match[str]], bool]:
    """The negations among the `near` words of `now` that `then` had not there, and whether one of its own is missing.

    A missing one counts only where some of the words beside it are still there: else it went with its clause.
    """
    known, found = _placed(then, outwards), _placed(now, outwards)
    if CUT in (then[:1], then[-1:]):
        near = min(near, max(2, len(then.split()) - 1))
    left, new = list(known), []
    for at, word, match in found[::outwards]:
        kept = next((old for old in left if old[1] == word and abs(old[0] - at) <= 2), None)
        if kept:
            left.remove(kept)
        elif at < near:
            new.append(match)
    words = {word for _, word, _ in found}
    beside = set(now.lower().split()[::outwards][:near]) & set(then.lower().split()[::outwards][:near])
    return new, bool(beside) and any(at < near and word not in words for at, word, _ in known)


def _placed(text: str, outwards: int) -> list[tuple[int, str, re.Match[str]]]:
    """Each negation, and how many words lie between it and the passage."""
    found = NEGATION.finditer(text)
    if outwards > 0:
        return [(len(text[: match.start()].split()), match[0].lower(), match) for match in found]
    return [(len(text[match.end() :].split()), match[0].lower(), match) for match in found]


def _renamed(then: list[str], now: list[str]) -> bool:
    """Whether the first word, outwards, that is another one now was a name or number and is another name or number."""
    pairs = ((old.strip(" ,'()"), new.strip(" ,'()")) for old, new in zip(then, now, strict=False))
    old, new = next(((old, new) for old, new in pairs if not _same_word(old, new)), ("", ""))
    was_name = old[:1] == CUT or NAME.fullmatch(old.rstrip(CUT))
    return bool(was_name and NAME.fullmatch(new)) and not NO_NAMES & {old, new}


def _same_word(old: str, new: str) -> bool:
    if old[:1] == CUT:
        return new.endswith(old[1:])
    return new.startswith(old[:-1]) if old[-1:] == CUT else old == new
