"""What of a dossier is missing in the negotiation that it is loaded over, and what differs from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from itertools import count
from typing import Any

from .cells import differs
from .keys import Key, items_of, keys_of
from .nodes import MAPPING, Problems
from .parsing import DATES, identity
from .schema import (
    Cell,
    Change,
    ClaimGrading,
    Comment,
    Commitment,
    Dossier,
    Item,
    Original,
    OutletGrading,
    Proposal,
    Quote,
    Side,
    Snapshot,
    SourceGrading,
    Stance,
    TouchedCell,
)

# Rows that never change: what the file leaves out, it says is nothing.
WHOLE = (Quote, Snapshot, Original, Side, TouchedCell)
# Keys that are worked out, or a short form of something else: they count only where the file gives them.
WORKED_OUT = ("start", "end", "prefix", "suffix", "sha256", "size", "reliability", "status", "credibility", "reason")
GRADINGS = (OutletGrading, SourceGrading, ClaimGrading)


class Missing:
    """What is to be added, by class: pairs of the name of its owner and the item.

    An owner's name is its slug; of a cell, its party and priority; of what has no slug, the name of its own owner and
    its number or its place in the list.
    """

    def __init__(self) -> None:
        self.items: dict[type[Item], list[tuple[Any, Any]]] = {}
        self.towards: list[tuple[str, str]] = []  # a commitment and a party

    def of(self, cls: type[Item]) -> list[tuple[Any, Any]]:
        return self.items.get(cls, [])

    def everything(self) -> list[Item]:
        return [item for pairs in self.items.values() for _, item in pairs]

    def add(self, owner: Any, item: Item, place: int = 0) -> None:
        """Add an item and all that belongs to it. `place` tells it from others of its list that have no name."""
        self.items.setdefault(type(item), []).append((owner, item))
        if isinstance(item, Commitment):
            self.towards += [(item.slug, party) for party in item.towards]
        self.add_parts(name_of(owner, item, place), item)

    def add_parts(self, name: Any, item: Item) -> None:
        """Add all that belongs to an item, except stances, which cells.py numbers."""
        for key_name, key in _parts(type(item)):
            for place, child in enumerate(items_of(item, key_name, key)):
                self.add(name, child, place)


def name_of(owner: Any, item: Any, place: int) -> Any:
    """By what the parts of an item know it."""
    if isinstance(item, Cell):
        return item.party, item.priority
    if isinstance(item, Proposal | Comment):
        return owner, item.revision
    return getattr(item, "slug", None) or (owner, getattr(item, "number", place))


def compare(dossier: Dossier, stored: Dossier | None, problems: Problems) -> Missing:
    """What to add; `problems` gets a sentence for each difference."""
    missing = Missing()
    if stored is None:
        for name, _ in _top():
            for item in getattr(dossier, name):
                missing.add(None, item)
        for cell in dossier.positions:
            missing.add_parts(name_of(None, cell, 0), cell)
        for membership in dossier.negotiation.memberships:
            missing.add(None, membership)
        return missing
    _tell_differences(dossier.negotiation, stored.negotiation, problems)
    _match_parts(dossier.negotiation, stored.negotiation, None, missing, problems)
    for name, key in _top():
        _match(key, getattr(dossier, name), getattr(stored, name), None, missing, problems)
    there = {(cell.party, cell.priority): cell for cell in stored.positions}
    for cell in dossier.positions:
        place = (cell.party, cell.priority)
        other = there.get(place, Cell(party=cell.party, priority=cell.priority))
        _match_parts(cell, other, place, missing, problems)
    if dossier.has_a_log:
        _compare_logs(dossier.changes, stored.changes, problems)
    return missing


def _top() -> list[tuple[str, Key]]:
    """The lists of a dossier that hold nouns."""
    apart = ("negotiation", "users", "positions", "changes")
    return [(name, key) for name, key in _parts(Dossier) if name not in apart]


def _parts(cls: type[Item]) -> list[tuple[str, Key]]:
    return [(name, key) for name, key in keys_of(cls).items() if key.items not in (None, Stance)]


def _match(
    key: Key, mine: Sequence[Any], stored: Sequence[Any], owner: Any, missing: Missing, problems: Problems
) -> None:
    if not key.by and not key.one:
        _match_grown(mine, stored, owner, missing, problems)
        return
    there = {identity(item, key.by): item for item in stored}
    for item in mine:
        other = there.get(identity(item, key.by))
        if other is None:
            missing.add(owner, item)
            continue
        _tell_differences(item, other, problems)
        if isinstance(item, Commitment):
            missing.towards += [(item.slug, party) for party in item.towards if party not in other.towards]
        _match_parts(item, other, name_of(owner, item, 0), missing, problems)


def _match_parts(mine: Item, stored: Item, name: Any, missing: Missing, problems: Problems) -> None:
    for key_name, key in _parts(type(mine)):
        _match(key, items_of(mine, key_name, key), items_of(stored, key_name, key), name, missing, problems)


def _match_grown(mine: Sequence[Any], stored: Sequence[Any], owner: Any, missing: Missing, problems: Problems) -> None:
    """Match rows by what they say. What is new is added behind; a grading's short form only where there is none."""
    with_revision = any(item.revision is not None for item in mine)
    pool: dict[tuple[Any, ...], list[int]] = {}
    for place, item in enumerate(stored):
        pool.setdefault(_content(item, with_revision), []).append(place)
    behind = count(len(stored))
    for item in mine:
        if places := pool.get(_content(item, with_revision)):
            place = places.pop(0)
            _match_parts(item, stored[place], name_of(owner, item, place), missing, problems)
        elif stored and isinstance(item, GRADINGS) and item.node.kind != MAPPING:
            hint = " To grade anew, add to a list of `gradings`."
            problems.add(item.node, differs(_graded(item), ", ".join(_graded(each) for each in stored)) + hint)
        else:
            missing.add(owner, item, next(behind))


def _graded(item: Any) -> str:
    name = next(name for name in ("reliability", "status", "credibility") if hasattr(item, name))
    return f"{getattr(item, name)} ({item.reason})"


def _content(item: Item, with_revision: bool) -> tuple[Any, ...]:
    keys = keys_of(type(item)).items()
    names = [name for name, key in keys if key.items is None and (with_revision or name != "revision")]
    return tuple(getattr(item, name) for name in names)


def _tell_differences(mine: Item, stored: Item, problems: Problems) -> None:
    whole = isinstance(mine, WHOLE)
    for name, key in keys_of(type(mine)).items():
        if key.items is not None or name in ("towards", "content") or not _counts(mine, name, whole):
            continue
        ours, theirs = getattr(mine, name), getattr(stored, name)
        if ours != theirs:
            problems.add(mine.node.at(name), differs(ours, theirs))


def _counts(mine: Item, name: str, whole: bool) -> bool:
    """Whether a key of the file is to be held against what is stored."""
    if name in ("reliability", "status", "credibility", "reason") and hasattr(mine, "gradings"):
        return False  # written out as a grading, and matched there
    if mine.gives(name) or (name == "sha256" and isinstance(mine, Original)):
        return True
    if name == "precision":
        return any(mine.gives(date) for date in DATES)
    return whole and name not in WORKED_OUT and name not in ("revision", "snapshot", "number")


def _compare_logs(mine: Sequence[Change], stored: Sequence[Change], problems: Problems) -> None:
    """The file's log must be the stored one, or its beginning: nothing is added to a log but by acting."""
    for ours, theirs in zip(mine, stored, strict=False):
        for each in fields(Change):
            if each.compare and getattr(ours, each.name) != getattr(theirs, each.name):
                told = f"This differs from change {theirs.revision} as it is stored."
                problems.add(ours.node.at(each.name), told)
    for ours in mine[len(stored) :]:
        told = f"The stored log ends with change {len(stored)}. Load a longer one where the negotiation is absent."
        problems.add(ours.node, told)
        break
