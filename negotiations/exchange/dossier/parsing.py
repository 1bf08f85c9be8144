"""From nodes to the classes of the format, telling all that is wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from .keys import BAD, Key, items_of, keys_of
from .nodes import LIST, MAPPING, NOTHING, Node, Problems, did_you_mean, shortened
from .schema import Dossier, Item

# The dates that a precision may belong to. A date without one is exact to the day.
DATES = ("since", "starts_on", "dated", "published_on", "said_on", "held_from", "due", "on")

T = TypeVar("T", bound=Item)


def parse(cls: type[T], node: Node, problems: Problems) -> T | None:
    """The item that stands at `node`; None where it is no mapping. What is wrong in it is left at its default."""
    if node.kind != MAPPING:
        problems.add(node, f"A mapping of keys is wanted here; this is {node.kind}.")
        return None
    keys = keys_of(cls)
    for name, child in node.value.items():
        if name not in keys:
            near = did_you_mean(name, keys)
            problems.add(child, f"There is no key “{shortened(name)}” here.{near}")
    values = {name: _value(key, name, node, problems) for name, key in keys.items()}
    if values.get("precision") == "" and any(values.get(date) is not None for date in DATES):
        values["precision"] = "day"
    return cls(node=node, **values)


def _value(key: Key, name: str, node: Node, problems: Problems) -> Any:
    child = node.value.get(name)
    if child is None or child.kind == NOTHING:
        if key.required:
            problems.add(node, f"`{name}` is missing.")
        return key.default
    if key.one:
        return parse(key.items, child, problems)
    if key.items is not None:
        return _items(key, child, problems)
    assert key.read is not None
    value = key.read(child, problems)
    return key.default if value is BAD else value


def _items(key: Key, node: Node, problems: Problems) -> tuple[Item, ...]:
    if node.kind != LIST:
        problems.add(node, f"A list is wanted here; this is {node.kind}.")
        return ()
    found = [item for child in node.value if (item := parse(key.items, child, problems)) is not None]
    _tell_doubles(key, found, problems)
    return tuple(found)


def _tell_doubles(key: Key, items: list[Any], problems: Problems) -> None:
    if not key.by:
        return
    seen: dict[tuple[Any, ...], Node] = {}
    for item in items:
        name = identity(item, key.by)
        if all(part is None for part in name):
            continue
        if name in seen:
            first = seen[name]
            told = ", ".join(str(part) for part in name if part is not None)
            where = f"line {first.line}" if first.line is not None else first.path()
            problems.add(item.node, f"“{told}” is here already, in {where}.")
        else:
            seen[name] = item.node


def identity(item: Item, by: tuple[str, ...]) -> tuple[Any, ...]:
    """What tells an item from the others of its list."""
    return tuple(getattr(item, name) for name in by)


def parse_dossier(node: Node, problems: Problems) -> Dossier | None:
    dossier = parse(Dossier, node, problems)
    return dossier if dossier is not None and dossier.negotiation is not None else None


def walk(item: Item) -> Iterator[Item]:
    """An item and all that stand in it."""
    yield item
    for name, key in keys_of(type(item)).items():
        if key.items is not None:
            for child in items_of(item, name, key):
                yield from walk(child)
