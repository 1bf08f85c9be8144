"""The kinds of value that may stand under a key of a dossier, each read with a sentence for what is wrong."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode, encodebytes
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import available_timezones

from .nodes import DATE, FLAG, FRACTION, LIST, MAPPING, NOTHING, NUMBER, TEXT, Node, Problems, did_you_mean, shortened

BAD: Any = object()  # what a reader gives back where it has told a problem

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_HALF = re.compile("[\ud800-\udfff]")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Reader = Callable[[Node, Problems], Any]


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


def _as_text(node: Node, problems: Problems, limit: int | None = None) -> Any:
    if node.kind != TEXT:
        if node.line is not None and node.kind in (NUMBER, FRACTION, FLAG, DATE):
            told = f"“{node.raw}” without quotes is read as {node.kind}. Put it in quotes."
            problems.add(node, told)
        else:
            problems.add(node, f"Text is wanted here; this is {node.kind}.")
        return BAD
    value: str = node.value
    if "\x00" in value:
        problems.add(node, "There is a NUL character in this text.")
        return BAD
    if _HALF.search(value):
        problems.add(node, "There is half of a character (a lone surrogate) in this text.")
        return BAD
    if limit is not None and len(value) > limit:
        problems.add(node, f"This text has {len(value)} characters; {limit} is the most here.")
        return BAD
    return value


def name(limit: int) -> Any:
    """What a thing is called: the same name however its accents are spelt (Unicode's form NFC)."""

    def read(node: Node, problems: Problems) -> Any:
        value = _as_text(node, problems, limit)
        if value is not BAD and not value.strip():
            problems.add(node, "This text is empty.")
            return BAD
        return value if value is BAD else unicodedata.normalize("NFC", value)

    return _key(Key(read, True, ""))


def text(limit: int | None = None, *, required: bool = False) -> Any:
    def read(node: Node, problems: Problems) -> Any:
        value = _as_text(node, problems, limit)
        if required and value is not BAD and not value.strip():
            problems.add(node, "This text is empty.")
            return BAD
        return value

    return _key(Key(read, required, ""))


def matching(pattern: re.Pattern[str], wanted: str, limit: int) -> Reader:
    def read(node: Node, problems: Problems) -> Any:
        value = _as_text(node, problems, limit)
        if value is not BAD and not pattern.fullmatch(value):
            problems.add(node, f"“{shortened(value)}” is not {wanted}.")
            return BAD
        return value

    return read


_read_slug = matching(_SLUG, "a name of small letters, digits and single hyphens", 80)


_read_username = matching(re.compile(r"\S(?:.*\S)?"), "a user name", 150)


def slug() -> Any:
    return _key(Key(_read_slug, required=True))


def username() -> Any:
    return _key(Key(_read_username, required=True))


def url(limit: int) -> Any:
    pattern = re.compile(r"https?://\S+", re.IGNORECASE)
    return _key(Key(matching(pattern, "an address that begins with http:// or https://", limit), default=""))


def key_of_an_act() -> Any:
    return _key(Key(matching(_UUID, "a UUID in small letters", 36), default=""))


def zone() -> Any:
    def read(node: Node, problems: Problems) -> Any:
        value = _as_text(node, problems, 64)
        if value is not BAD and value not in available_timezones():
            near = did_you_mean(value, available_timezones())
            problems.add(node, f"“{shortened(value)}” is no time zone such as Europe/Paris.{near}")
            return BAD
        return value

    return _key(Key(read, default="UTC"))


def choice(words: Sequence[str], *, required: bool = False, default: str = "") -> Any:
    def read(node: Node, problems: Problems) -> Any:
        value = _as_text(node, problems)
        if value is not BAD and value not in words:
            near = did_you_mean(value, words)
            problems.add(node, f"“{shortened(value)}” is none of {', '.join(words)}.{near}")
            return BAD
        return value

    return _key(Key(read, required, default))


# --- names of other things ---------------------------------------------------------------------------


def ref(to: str, *, required: bool = False) -> Any:
    """The slug of a thing of the kind `to`; of a priority its number, of a user the name."""
    reader = {"priority": _integer(1, 32_767), "user": _read_username}
    return _key(Key(reader.get(to, _read_slug), required, None, to))


def refs(to: str) -> Any:
    return _key(Key(_each(_read_slug), default=(), to=to))


def texts(limit: int) -> Any:
    def one(node: Node, problems: Problems) -> Any:
        return _as_text(node, problems, limit)

    return _key(Key(_each(one), default=()))


def _each(one: Reader) -> Reader:
    def read(node: Node, problems: Problems) -> Any:
        if node.kind != LIST:
            problems.add(node, f"A list is wanted here; this is {node.kind}.")
            return BAD
        found: list[Any] = []
        for child in node.value:
            value = one(child, problems)
            if value is BAD:
                continue
            if value in found:
                problems.add(child, f"“{shortened(value)}” stands in this list twice.")
            found.append(value)
        return tuple(found)

    return read


# --- dates, numbers and the rest -----------------------------------------------------------------------


def _read_day(node: Node, problems: Problems) -> Any:
    if node.kind in (TEXT, DATE) and _DAY.fullmatch(node.raw):
        try:
            value = date.fromisoformat(node.raw)
        except ValueError:
            problems.add(node, f"{node.raw} is no day of the calendar.")
            return BAD
        if value == date.min:
            problems.add(node, f"{node.raw} is too early. Where no date is known, leave it out.")
            return BAD
        return value
    problems.add(node, f"“{shortened(node.raw)}” is no date. A date is written 2026-01-06.")
    return BAD


def day(*, required: bool = False) -> Any:
    return _key(Key(_read_day, required))


def moment() -> Any:
    def read(node: Node, problems: Problems) -> Any:
        if node.kind in (TEXT, DATE) and _MOMENT.fullmatch(node.raw):
            try:
                return datetime.fromisoformat(node.raw).astimezone(UTC)
            except ValueError:
                pass
        problems.add(
            node, f"“{shortened(node.raw)}” is no time. A time is written 2026-01-06T16:30:00.000000Z, in UTC."
        )
        return BAD

    return _key(Key(read, required=True))


def _integer(lowest: int, highest: int) -> Reader:
    def read(node: Node, problems: Problems) -> Any:
        if node.kind != NUMBER or not _INTEGER.fullmatch(node.raw):
            told = f"“{shortened(node.raw)}” is not one" if node.raw else f"this is {node.kind}"
            problems.add(node, f"A whole number is wanted here, without quotes; {told}.")
            return BAD
        value = int(node.raw)
        if not lowest <= value <= highest:
            problems.add(node, f"{value} is not between {lowest} and {highest}.")
            return BAD
        return value

    return read


def number(lowest: int = 1, highest: int = 2_147_483_647, *, required: bool = False) -> Any:
    return _key(Key(_integer(lowest, highest), required))


def flag(*, required: bool = False) -> Any:
    def read(node: Node, problems: Problems) -> Any:
        if node.kind != FLAG:
            problems.add(node, f"true or false is wanted here; this is {node.kind}.")
            return BAD
        return node.value

    return _key(Key(read, required, default=False))


def content(largest: int) -> Any:
    """The bytes of a file as base64. The value is that text in lines of 76 characters, however it was wrapped."""

    def read(node: Node, problems: Problems) -> Any:
        value = _as_text(node, problems)
        if value is BAD:
            return BAD
        try:
            plain = b64decode("".join(value.split()), validate=True)
        except ValueError:
            problems.add(node, "This is not base64, in which the bytes of a file are written here.")
            return BAD
        if not 1 <= len(plain) <= largest:
            problems.add(node, f"A file has 1 to {largest} bytes; this one has {len(plain)}.")
            return BAD
        return encodebytes(plain).decode("ascii")

    return _key(Key(read, required=True))


def anything(*, required: bool = False) -> Any:
    """Any JSON value: what a log says of a row."""
    return _key(Key(_read_anything, required))


def _read_anything(node: Node, problems: Problems) -> Any:
    if node.kind == MAPPING:
        return {key: _read_anything(child, problems) for key, child in node.value.items()}
    if node.kind == LIST:
        return [_read_anything(child, problems) for child in node.value]
    if node.kind == NUMBER and _INTEGER.fullmatch(node.raw):
        return int(node.raw)
    if node.kind == NOTHING:
        return None
    return node.value if node.kind == FLAG else _as_text(node, problems)


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
