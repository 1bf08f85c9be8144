"""What of a dossier is missing in the negotiation that it is loaded over, and what differs from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from .cells import differs
from .keys import Key, keys_of
from .nodes import MAPPING, Problems
from .parsing import DATES, identity
from .schema import (
    Change,
    ClaimGrading,
    Commitment,
    Dossier,
    Item,
    OutletGrading,
    Quote,
    Snapshot,
    SourceGrading,
)

# Rows that never change: what the file leaves out, it says is nothing.
WHOLE = (Quote, Snapshot)
# Keys that are worked out, or a short form of something else: they count only where the file gives them.
WORKED_OUT = ("start", "end", "prefix", "suffix", "sha256", "reliability", "status", "credibility", "reason")
GRADINGS = (OutletGrading, SourceGrading, ClaimGrading)


class Missing:
    """What is to be added, by class: pairs of the slug (or number) of its owner and the item."""

    def __init__(self) -> None:
        self.items: dict[type[Item], list[tuple[Any, Any]]] = {}
        self.towards: list[tuple[str, str]] = []  # a commitment and a party

    def of(self, cls: type[Item]) -> list[tuple[Any, Any]]:
        return self.items.get(cls, [])

    def everything(self) -> list[Item]:
        return [item for pairs in self.items.values() for _, item in pairs]

    def add(self, owner: Any, item: Item) -> None:
        """Add an item and all that belongs to it, except stances, which cells.py numbers."""
        self.items.setdefault(type(item), []).append((owner, item))
        if isinstance(item, Commitment):
            self.towards += [(item.slug, party) for party in item.towards]
        for name, _ in _lists(type(item)):
            for child in getattr(item, name):
                self.add(_name_of(item), child)


def compare(dossier: Dossier, stored: Dossier | None, problems: Problems) -> Missing:
    """What to add; `problems` gets a sentence for each difference."""
    missing = Missing()
    if stored is None:
        for name, _ in _top():
            for item in getattr(dossier, name):
                missing.add(None, item)
        for membership in dossier.negotiation.memberships:
            missing.add(None, membership)
        return missing
    _tell_differences(dossier.negotiation, stored.negotiation, problems)
    _match_lists(dossier.negotiation, stored.negotiation, missing, problems)
    for name, key in _top():
        _match(key, getattr(dossier, name), getattr(stored, name), None, missing, problems)
    if dossier.has_a_log:
        _compare_logs(dossier.changes, stored.changes, problems)
    return missing


def _top() -> list[tuple[str, Key]]:
    """The lists of a dossier that hold nouns."""
    apart = ("users", "positions", "changes")
    return [(name, key) for name, key in _lists(Dossier) if name not in apart]


def _lists(cls: type[Item]) -> list[tuple[str, Key]]:
    return [(name, key) for name, key in keys_of(cls).items() if key.items is not None and not key.one]


def _name_of(item: Item) -> Any:
    return getattr(item, "slug", None) or getattr(item, "number", None)


def _match(
    key: Key, mine: Sequence[Any], stored: Sequence[Any], owner: Any, missing: Missing, problems: Problems
) -> None:
    if not key.by:
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
        _match_lists(item, other, missing, problems)


def _match_lists(mine: Item, stored: Item, missing: Missing, problems: Problems) -> None:
    for name, key in _lists(type(mine)):
        _match(key, getattr(mine, name), getattr(stored, name), _name_of(mine), missing, problems)


def _match_grown(mine: Sequence[Any], stored: Sequence[Any], owner: Any, missing: Missing, problems: Problems) -> None:
    """Match rows by what they say. What is new is added behind; a grading's short form only where there is none."""
    with_revision = any(item.revision is not None for item in mine)
    pool = Counter(_content(item, with_revision) for item in stored)
    for item in mine:
        content = _content(item, with_revision)
        if pool[content]:
            pool[content] -= 1
        elif stored and isinstance(item, GRADINGS) and item.node.kind != MAPPING:
            hint = " To grade anew, add to a list of `gradings`."
            problems.add(item.node, differs(_graded(item), ", ".join(_graded(each) for each in stored)) + hint)
        else:
            missing.add(owner, item)


def _graded(item: Any) -> str:
    name = next(name for name in ("reliability", "status", "credibility") if hasattr(item, name))
    return f"{getattr(item, name)} ({item.reason})"


def _content(item: Item, with_revision: bool) -> tuple[Any, ...]:
    names = [name for name in keys_of(type(item)) if with_revision or name != "revision"]
    return tuple(getattr(item, name) for name in names)


def _tell_differences(mine: Item, stored: Item, problems: Problems) -> None:
    whole = isinstance(mine, WHOLE)
    for name, key in keys_of(type(mine)).items():
        if key.items is not None or name == "towards" or not _counts(mine, name, whole):
            continue
        ours, theirs = getattr(mine, name), getattr(stored, name)
        if ours != theirs:
            problems.add(mine.node.at(name), differs(ours, theirs))


def _counts(mine: Item, name: str, whole: bool) -> bool:
    """Whether a key of the file is to be held against what is stored."""
    if name in ("reliability", "status", "credibility", "reason") and hasattr(mine, "gradings"):
        return False  # written out as a grading, and matched there
    if mine.says(name):
        return True
    if name == "precision":
        return any(mine.says(date) for date in DATES)
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
