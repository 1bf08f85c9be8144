"""What a conflict takes piece by piece: each piece of evidence, each party that must move first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ..domain.stances import Item
from ..models.evidence import Bearing
from .evidence import BEARING, LOCATOR, LOCATOR_BEARING, SOURCE

BOTH = "both-"  # both-rationale: the text of both together; both-bearing-12: how quote 12 bears in it


@dataclass(frozen=True)
class Piece:
    """One piece: what it is, who did what to it, and what is proposed. `value` is how it bears, or the party's slug.

    `hidden` are fields that go with it: the source and the place of a record without a text.
    """

    name: str
    text: str
    told: str
    value: str
    taken: bool
    hidden: tuple[tuple[str, str], ...] = ()


def combine(base: str, theirs: str, mine: str) -> str:
    """How one piece bears when both are taken together; empty where it is not there.

    Whoever changed it has it their way. If both did, what one of them keeps stays, and else mine stands.
    """
    if theirs == base:
        return mine
    if mine == base:
        return theirs
    return mine or theirs


def of_evidence(
    base: Iterable[Item], theirs: Iterable[Item], mine: Iterable[Item], *, words: Mapping[Item, str], them: str
) -> list[Piece]:
    """Every piece of evidence that one of the three versions has; quotes first."""
    was, here, typed = _bearings(base), _bearings(theirs), _bearings(mine)
    pieces, rows = [], 0
    for what in sorted({**was, **here, **typed}, key=lambda item: item.quote is None):
        bearings = (was.get(what, ""), here.get(what, ""), typed.get(what, ""))
        if not bearings[1] and not bearings[2]:
            continue  # both took it away
        proposed = combine(*bearings)
        name = f"{BOTH}{BEARING}{what.quote}"
        hidden: tuple[tuple[str, str], ...] = ()
        if what.quote is None:
            name = f"{BOTH}{LOCATOR_BEARING}{rows}"
            hidden = ((f"{BOTH}{SOURCE}{rows}", str(what.source or "")), (f"{BOTH}{LOCATOR}{rows}", what.locator))
            rows += 1
        pieces.append(Piece(name, words[what], _told(*bearings, them=them), proposed, bool(proposed), hidden))
    return pieces


def of_parties(
    base: Collection[str], theirs: Collection[str], mine: Collection[str], *, names: Mapping[str, str], them: str
) -> list[Piece]:
    """The same for parties, by slug."""
    pieces = []
    for slug in dict.fromkeys([*base, *theirs, *mine]):
        there = ["yes" if slug in version else "" for version in (base, theirs, mine)]
        if there[1] or there[2]:
            told = _told(*there, them=them)
            pieces.append(Piece(f"{BOTH}depends_on", names.get(slug, slug), told, slug, bool(combine(*there))))
    return pieces


def what(item: Item) -> Item:
    """A piece of evidence without how it bears."""
    return Item("", item.quote, item.source, item.locator)


def _bearings(items: Iterable[Item]) -> dict[Item, str]:
    return {what(item): item.bearing for item in items}


def _told(base: str, theirs: str, mine: str, *, them: str) -> str:
    """Who did what to a piece."""
    if theirs == mine:
        return "" if mine == base else "added by both" if not base else f"both: {_word(mine)}"
    if theirs == base:
        return _did(base, mine, "you")
    if mine == base:
        return _did(base, theirs, them)
    if not base:
        return f"{them}: {_word(theirs)}, you: {_word(mine)}"
    return f"{_did(base, theirs, them)}, {_did(base, mine, 'you')}"


def _did(base: str, now: str, who: str) -> str:
    if not now:
        return f"removed by {who}"
    return f"added by {who}" if not base else f"{who}: {_word(now)}"


def _word(bearing: str) -> str:
    return Bearing(bearing).label.lower() if bearing in Bearing.values else bearing
