"""The keys of a dossier's mappings, as fields of the format's classes; values.py reads what stands under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from . import values
from .values import BAD, Reader

__all__ = ["BAD", "Key", "items_of", "keys_of"]


@dataclass(frozen=True)
class Key:
    """What stands under one key. `to` is the kind of thing that it names, `items` the class of a list's items.

    `by` are the keys by which an item is told from the others of its list; where it is empty, items are alike if
    all that they say is.
    """

    read: Reader | None = None
    required: bool = False
    default: Any = None
    to: str = ""
    items: Any = None
    by: tuple[str, ...] = ()
    one: bool = False  # a single item instead of a list


def _key(key: Key) -> Any:
    return field(default=MISSING if key.required else key.default, metadata={"key": key})


_KEYS: dict[Any, dict[str, Key]] = {}


def keys_of(cls: Any) -> dict[str, Key]:
    """The keys of a mapping, in the order in which they are written."""
    if cls not in _KEYS:
        _KEYS[cls] = {each.name: each.metadata["key"] for each in fields(cls) if "key" in each.metadata}
    return _KEYS[cls]


# --- text ------------------------------------------------------------------------------------------


def text(limit: int | None = None, *, required: bool = False) -> Any:
    return _key(Key(values.text(limit, required=required), required, ""))


def name(limit: int) -> Any:
    """What a thing is called."""
    return _key(Key(values.name(limit), True, ""))


def slug() -> Any:
    return _key(Key(values.slug, required=True))


def username() -> Any:
    return _key(Key(values.username, required=True))


def url(limit: int) -> Any:
    return _key(Key(values.url(limit), default=""))


def key_of_an_act() -> Any:
    return _key(Key(values.uuid, default=""))


def zone() -> Any:
    return _key(Key(values.zone, default="UTC"))


def choice(words: Sequence[str], *, required: bool = False, default: str = "") -> Any:
    return _key(Key(values.choice(words), required, default))


def content(largest: int) -> Any:
    """The bytes of a file as base64 text, `largest` bytes at most."""
    return _key(Key(values.content(largest), required=True))


# --- names of other things ---------------------------------------------------------------------------


def ref(to: str, *, required: bool = False) -> Any:
    """The slug of a thing of the kind `to`; of a priority its number, of a user the name."""
    reader = {"priority": values.integer(1, 32_767), "user": values.username}
    return _key(Key(reader.get(to, values.slug), required, None, to))


def refs(to: str) -> Any:
    return _key(Key(values.each(values.slug), default=(), to=to))


def users() -> Any:
    """Names of users, each once."""
    return _key(Key(values.each(values.username), default=(), to="user"))


def texts(limit: int) -> Any:
    return _key(Key(values.each(values.text(limit, required=False)), default=()))


# --- dates, numbers and the rest -----------------------------------------------------------------------


def day(*, required: bool = False) -> Any:
    return _key(Key(values.day, required))


def moment() -> Any:
    return _key(Key(values.moment, required=True))


def number(lowest: int = 1, highest: int = 2_147_483_647, *, required: bool = False) -> Any:
    return _key(Key(values.integer(lowest, highest), required))


def flag(*, required: bool = False) -> Any:
    return _key(Key(values.flag, required, default=False))


def anything(*, required: bool = False) -> Any:
    """Any JSON value: what a log says of a row."""
    return _key(Key(values.anything, required))


# --- items -----------------------------------------------------------------------------------------


def many(items: Any, by: Sequence[str] = ()) -> Any:
    return _key(Key(default=(), items=items, by=tuple(by)))


def one(items: Any, *, required: bool = True) -> Any:
    return _key(Key(required=required, items=items, one=True))


def items_of(item: Any, name: str, key: Key) -> tuple[Any, ...]:
    """The items that stand under a key of `item`, as a list, also where there is at most one."""
    value = getattr(item, name)
    if not key.one:
        return tuple(value)
    return () if value is None else (value,)
