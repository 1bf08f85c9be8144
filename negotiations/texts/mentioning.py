"""Whom a text calls by @username. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Not within an address such as anna@example.org; signs that end a sentence are none of a name's.
MENTION = re.compile(r"(?<![\w@.+-])@([\w.+-]*\w)")


@dataclass(frozen=True)
class Stretch:
    """A piece of a text; `is_name` where it is an @ with a name."""

    text: str
    is_name: bool


def names_in(text: str) -> list[str]:
    """The names that a text calls, without the @, each once, in its order."""
    return list(dict.fromkeys(MENTION.findall(text)))


def stretches(text: str) -> tuple[Stretch, ...]:
    """The text cut into names and what is between them; put together it is what came in."""
    found, end = [], 0
    for match in MENTION.finditer(text):
        found += [Stretch(text[end : match.start()], False), Stretch(match.group(), True)]
        end = match.end()
    return tuple(each for each in [*found, Stretch(text[end:], False)] if each.text)
