"""Reading the values of a dossier, each with a sentence for what is wrong: a reader gives back the value, or BAD."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode, encodebytes
from collections.abc import Callable, Sequence
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

# --- text ------------------------------------------------------------------------------------------


def as_text(node: Node, problems: Problems, limit: int | None = None) -> Any:
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


def text(limit: int | None, *, required: bool) -> Reader:
    def read(node: Node, problems: Problems) -> Any:
        value = as_text(node, problems, limit)
        if required and value is not BAD and not value.strip():
            problems.add(node, "This text is empty.")
            return BAD
        return value

    return read


def name(limit: int) -> Reader:
    """The same name however its accents are spelt (Unicode's form NFC)."""
    plain = text(limit, required=True)

    def read(node: Node, problems: Problems) -> Any:
        value = plain(node, problems)
        return value if value is BAD else unicodedata.normalize("NFC", value)

    return read


def matching(pattern: re.Pattern[str], wanted: str, limit: int) -> Reader:
    def read(node: Node, problems: Problems) -> Any:
        value = as_text(node, problems, limit)
        if value is not BAD and not pattern.fullmatch(value):
            problems.add(node, f"“{shortened(value)}” is not {wanted}.")
            return BAD
        return value

    return read


slug = matching(_SLUG, "a name of small letters, digits and single hyphens", 80)
LONGEST_USERNAME = 150  # characters
username = matching(re.compile(r"\S(?:.*\S)?"), "a user name", LONGEST_USERNAME)
uuid = matching(_UUID, "a UUID in small letters", 36)


def url(limit: int) -> Reader:
    pattern = re.compile(r"https?://\S+", re.IGNORECASE)
    return matching(pattern, "an address that begins with http:// or https://", limit)


def zone(node: Node, problems: Problems) -> Any:
    value = as_text(node, problems, 64)
    if value is not BAD and value not in available_timezones():
        near = did_you_mean(value, available_timezones())
        problems.add(node, f"“{shortened(value)}” is no time zone such as Europe/Paris.{near}")
        return BAD
    return value


def choice(words: Sequence[str]) -> Reader:
    def read(node: Node, problems: Problems) -> Any:
        value = as_text(node, problems)
        if value is not BAD and value not in words:
            near = did_you_mean(value, words)
            problems.add(node, f"“{shortened(value)}” is none of {', '.join(words)}.{near}")
            return BAD
        return value

    return read


def each(one: Reader) -> Reader:
    """A list of values of one kind, each once."""

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


def content(largest: int) -> Reader:
    """The bytes of a file as base64. The value is that text in lines of 76 characters, however it was wrapped."""

    def read(node: Node, problems: Problems) -> Any:
        value = as_text(node, problems)
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

    return read


# --- dates, numbers and the rest -----------------------------------------------------------------------


def day(node: Node, problems: Problems) -> Any:
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


def moment(node: Node, problems: Problems) -> Any:
    if node.kind in (TEXT, DATE) and _MOMENT.fullmatch(node.raw):
        try:
            return datetime.fromisoformat(node.raw).astimezone(UTC)
        except ValueError:
            pass
    problems.add(node, f"“{shortened(node.raw)}” is no time. A time is written 2026-01-06T16:30:00.000000Z, in UTC.")
    return BAD


def integer(lowest: int, highest: int) -> Reader:
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


def flag(node: Node, problems: Problems) -> Any:
    if node.kind != FLAG:
        problems.add(node, f"true or false is wanted here; this is {node.kind}.")
        return BAD
    return node.value


def anything(node: Node, problems: Problems) -> Any:
    """Any JSON value: what a log says of a row."""
    if node.kind == MAPPING:
        return {key: anything(child, problems) for key, child in node.value.items()}
    if node.kind == LIST:
        return [anything(child, problems) for child in node.value]
    if node.kind == NUMBER and _INTEGER.fullmatch(node.raw):
        return int(node.raw)
    if node.kind == NOTHING:
        return None
    return node.value if node.kind == FLAG else as_text(node, problems)
