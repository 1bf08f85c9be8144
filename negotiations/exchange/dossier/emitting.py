"""From a dossier to text, the same bytes for the same content: YAML that people can read, or JSON.

The YAML is written by this file and not by PyYAML, whose output differs with and without libyaml. It needs little:
block mappings and lists, bare words where every reader takes them for text, `|` for several lines, quotes for the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from .keys import keys_of
from .schema import Item

# Text that any YAML reader takes as it stands: begins with a letter, and nothing in it has a meaning.
_BARE = re.compile(r"[^\W\d_](?:[\w .,;/()’‘“”–—!?%+*'…-]*[\w.,;/()’“”–—!?%+*'…-])?")
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
# What may stand in YAML as it is; all else is escaped.
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def plain(item: Item) -> dict[str, Any]:
    """An item as dicts, lists and scalars, in the order of the format, without what says nothing."""
    said: dict[str, Any] = {}
    for name, key in keys_of(type(item)).items():
        value = getattr(item, name)
        if key.one and value is not None:
            said[name] = plain(value)
        elif key.items is not None and value:
            said[name] = [plain(child) for child in value]
        elif value is not None and value != "" and value != () and (value is not False or key.required):
            said[name] = list(value) if isinstance(value, tuple) else value
    return said


def to_json(item: Item) -> str:
    return json.dumps(plain(item), ensure_ascii=False, indent=1, default=_moment) + "\n"


def to_yaml(item: Item) -> str:
    return "\n".join(_mapping(plain(item), "")) + "\n"


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.isoformat()


def _mapping(values: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(f"{indent}{_text(key)}:", value, indent)


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    """`head` is a key with its colon, or the dash of a list."""
    if isinstance(value, dict) and value:
        yield head
        yield from _mapping(value, indent + "  ")
    elif isinstance(value, list) and value:
        yield head
        for each in value:
            yield from _element(each, indent + "  ")
    elif isinstance(value, str) and _is_block(value):
        yield f"{head} {'|' if value.endswith(chr(10)) else '|-'}"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{indent}  {line}" if line else ""
    else:
        yield f"{head} {_scalar(value)}"


def _element(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        lines = _mapping(value, indent + "  ")
        yield f"{indent}- {next(lines).lstrip(' ')}"
        yield from lines
    else:
        yield from _entry(f"{indent}-", value, indent)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return _moment(value)
    return json.dumps(value)  # numbers, true, null, [] and {}


def _text(value: str) -> str:
    if _BARE.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return _UNPRINTABLE.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _is_block(value: str) -> bool:
    """Whether a text can stand as lines of its own, exactly as it is."""
    return (
        "\n" in value
        and not value.endswith("\n\n")
        and value[0] not in " \t\n"
        and not _UNPRINTABLE.search(value)
        and all(not line or line.strip(" \t") for line in value.split("\n"))
    )
