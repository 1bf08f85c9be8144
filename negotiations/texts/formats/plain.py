"""Plain text and Markdown: read as they are, with their own lines and paragraphs."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from . import limits
from .answers import Found, Unreadable
from .decoding import decode
from .page_facts import language, web_address
from .tidying import controls, one_line, tidy

HEADING = re.compile(r"^#{1,2}[ \t](.{1,400})$", re.MULTILINE)
FRONT = re.compile(r"---[ \t]*\n(?P<facts>(?:[^\n]{0,2000}\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
FACT = re.compile(r"(\w+)[ \t]*:[ \t]*(.+)")


def read_text(content: bytes) -> Found:
    """A .txt file. It says nothing of itself."""
    text, notices = decode(content)
    strange = controls(text)
    if strange > 5 + len(text) // 100 or "\0" in text:
        raise Unreadable("binary")
    found = Found(tidy(text), notices=notices)
    return found.noting("Characters that can't be shown were left out.") if strange else found


def read_markdown(content: bytes) -> Found:
    """A .md file: its marks are kept as they were written; its title is what its front matter or first heading says.

    The front matter, lines of `name: value` between two rules, tells of the text and is none of it.
    """
    found = read_text(content)
    front = FRONT.match(found.text)
    facts = _facts(front["facts"]) if front else {}
    text = found.text[front.end() :] if front and facts else found.text
    heading = HEADING.search(text)
    return Found(
        tidy(text),
        title=one_line(facts.get("title") or (heading and heading[1].rstrip("# \t")), limits.TITLE_CHARACTERS),
        outlet=one_line(facts.get("publisher") or facts.get("outlet"), limits.OUTLET_CHARACTERS),
        url=web_address(facts.get("url") or facts.get("source")),
        published_on=_day(facts.get("date", "")),
        language=language(facts.get("lang") or facts.get("language") or ""),
        notices=found.notices,
    )


def _facts(front: str) -> dict[str, str]:
    """What the front matter names, without quotation marks; nothing where a line is none of it."""
    lines = front.splitlines()
    facts = [
        FACT.fullmatch(line.strip()) for line in lines if not line.startswith((" ", "\t", "-", "#")) and line.strip()
    ]
    return {fact[1].lower(): fact[2].strip("\"' ") for fact in facts if fact}


def _day(told: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(told[:10])
    return None
