"""Getting to a cell by typing: `ger 3` is Germany on priority 3."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Party, Priority
from ..texts.words import spelt
from .negotiations import Workspace
from .removals import present

MOST = 8  # cells offered at once


@dataclass(frozen=True)
class Hit:
    """A cell that may be meant: the party's slug and name, the priority's number and name."""

    party: str
    party_name: str
    number: int
    priority: str


def find(workspace: Workspace, text: str) -> list[Hit]:
    """The cells that `text` may mean, best first, at most MOST of them. Two queries.

    Each word of it begins a word of the party's name or of another of its spellings, or one of the priority's name; a
    number is the priority's. A party whose whole name was typed comes before one whose name begins so.
    """
    wanted = spelt(text)
    digits = [word for word in wanted if word.isdecimal() and len(word) < 6]
    numbers = {int(word) for word in digits}
    typed = [word for word in wanted if word not in digits]
    if len(numbers) > 1 or not wanted:
        return []
    parties = list(present(Party.objects.filter(negotiation_id=workspace.id)).order_by("order", "name"))
    priorities = list(present(Priority.objects.filter(negotiation_id=workspace.id)).order_by("number"))
    columns = [(p, spelt(p.name)) for p in priorities if not numbers or p.number in numbers]
    found = []
    for at, party in enumerate(parties):
        spellings = [spelt(each) for each in (party.name, *party.aliases)]
        for priority, named in columns:
            of_party = [word for word in typed if any(_begins(word, spelling) for spelling in spellings)]
            rest = [word for word in typed if word not in of_party]
            if typed and (not of_party or not all(_begins(word, named) for word in rest)):
                continue
            hit = Hit(party.slug, party.name, priority.number, priority.name)
            found.append((_closeness(of_party, spellings), at, priority.number, hit))
    return [hit for *_, hit in sorted(found, key=lambda each: each[:3])[:MOST]]


def _begins(word: str, spelling: tuple[str, ...]) -> bool:
    return any(each.startswith(word) for each in spelling)


def _closeness(typed: list[str], spellings: list[tuple[str, ...]]) -> int:
    """0 where it is a whole name, 1 where a name begins so, 2 where a later word of one does."""
    if tuple(typed) in spellings:
        return 0
    return 1 if any(spelling and spelling[0].startswith(typed[0]) for spelling in spellings if typed) else 2
