"""Whether everything that a dossier names is there: in the file, or in the negotiation that it is loaded over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .keys import Key, keys_of
from .nodes import Node, Problems, did_you_mean
from .parsing import walk
from .schema import Dossier, Item

# Kinds of thing that a file names, and the list in which each stands. Users need not be there: accounts are made.
LISTS = {
    "priority": ("priorities", "number"),
    "party": ("parties", "slug"),
    "person": ("people", "slug"),
    "meeting": ("meetings", "slug"),
    "instrument": ("instruments", "slug"),
    "outlet": ("outlets", "slug"),
    "source": ("sources", "slug"),
    "quote": ("quotes", "slug"),
}


def check(dossier: Dossier, stored: Dossier | None, problems: Problems) -> None:
    names = {kind: _names(kind, [dossier, stored]) for kind in LISTS}
    for item in walk(dossier):
        for name, key in _naming(type(item)):
            value = getattr(item, name)
            if isinstance(value, tuple):
                for index, each in enumerate(value):
                    _check_one(names, key, each, _element(item, name, index), problems)
            elif value is not None:
                _check_one(names, key, value, item.node.at(name), problems)


def _names(kind: str, dossiers: Iterable[Dossier | None]) -> set[Any]:
    where, by = LISTS[kind]
    return {getattr(item, by) for dossier in dossiers if dossier for item in getattr(dossier, where)} - {None}


_NAMING: dict[type[Item], list[tuple[str, Key]]] = {}


def _naming(cls: type[Item]) -> list[tuple[str, Key]]:
    if cls not in _NAMING:
        _NAMING[cls] = [(name, key) for name, key in keys_of(cls).items() if key.to in LISTS]
    return _NAMING[cls]


def _element(item: Item, name: str, index: int) -> Node:
    node = item.node.at(name)
    return node.value[index] if isinstance(node.value, list) and index < len(node.value) else node


def _check_one(names: dict[str, set[Any]], key: Key, name: Any, node: Node, problems: Problems) -> None:
    if name in names[key.to]:
        return
    if key.to == "priority":
        there = ", ".join(str(number) for number in sorted(names["priority"])[:30]) or "none"
        problems.add(node, f"There is no priority {name}; there are: {there}.")
    else:
        problems.add(node, f"There is no {key.to} “{name}”.{did_you_mean(name, names[key.to])}")
