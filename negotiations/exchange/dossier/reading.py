"""From a file to nodes: size, encoding, YAML or JSON."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from . import json_text, yaml_text
from .nodes import Node, Problems

LARGEST = 512 * 1024 * 1024  # bytes; original files come along


def read(path: Path, problems: Problems) -> Node | None:
    """The file's content; None where it can't be read, which `problems` then tells."""
    text = _text(path, problems)
    if text is None:
        return None
    return (json_text if _is_json(path, text) else yaml_text).build(text, problems)


def _text(path: Path, problems: Problems) -> str | None:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        problems.add_line(None, f"The file can't be read: {error.strerror or error}.")
        return None
    if len(content) > LARGEST:
        problems.add_line(None, f"The file is larger than {LARGEST // 1024 // 1024} MB.")
        return None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        problems.add_line(None, "The file is UTF-16. Save it as UTF-8.")
        return None
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.add_line(line, f"Byte {error.start + 1} is not UTF-8. Save the file as UTF-8.")
        return None
    if "\x00" in text:
        problems.add_line(text[: text.index("\x00")].count("\n") + 1, "There is a NUL character here.")
        return None
    if not text.strip():
        problems.add_line(None, "The file is empty.")
        return None
    return text


def _is_json(path: Path, text: str) -> bool:
    """By the suffix, else by what the text begins with."""
    suffix = path.suffix.lower()
    if suffix in (".json", ".yaml", ".yml"):
        return suffix == ".json"
    return re.match(r"\s*[{\[]", text) is not None
