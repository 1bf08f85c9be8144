"""JSON to nodes. Its parser tells no lines, so places are told by path alone."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from .nodes import FLAG, FRACTION, LIST, MAPPING, NOTHING, NUMBER, TEXT, Node, Problems
from .yaml_text import DEEPEST, MOST_VALUES


class _Pairs(list[tuple[str, Any]]):
    """An object with its keys as they stand, so that one written twice is seen."""


class _Number(str):
    """A number as it is written."""


class _Fraction(str):
    """The same, with a fraction or an exponent."""


def build(text: str, problems: Problems) -> Node | None:
    """The document; None where it is not JSON, which `problems` then tells."""
    if text.count("[") + text.count("{") > MOST_VALUES:
        problems.add_line(None, f"The file has more than {MOST_VALUES:,} values.")
        return None
    try:
        document = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_int=_Number,
            parse_float=_Fraction,
            parse_constant=_refuse,
        )
    except RecursionError:
        problems.add_line(None, f"Values are nested more than {DEEPEST} deep.")
    except json.JSONDecodeError as error:
        problems.add_line(error.lineno, f"This is not JSON: {error.msg} (column {error.colno}).")
    except ValueError as error:
        problems.add_line(None, f"This is not JSON: {error}.")
    else:
        return _Builder(problems).node(document, 0)
    return None


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")


class _Builder:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.values = 0

    def node(self, value: Any, depth: int) -> Node:
        self.values += 1
        if self.values > MOST_VALUES or depth > DEEPEST:
            told = (
                f"more than {MOST_VALUES:,} values" if depth <= DEEPEST else f"values nested more than {DEEPEST} deep"
            )
            self.problems.add_line(None, f"The file has {told}.")
            self.problems.stop()
        if isinstance(value, _Pairs):
            return self._mapping(value, depth)
        if isinstance(value, list):
            node = Node(LIST, [self.node(each, depth + 1) for each in value])
            for index, child in enumerate(node.value):
                node.put(child, index)
            return node
        if isinstance(value, _Number | _Fraction):
            return Node(NUMBER if isinstance(value, _Number) else FRACTION, raw=str(value))
        if isinstance(value, str):
            return Node(TEXT, value, raw=value)
        if isinstance(value, bool):
            return Node(FLAG, value, raw=str(value).lower())
        return Node(NOTHING, raw="null")

    def _mapping(self, pairs: _Pairs, depth: int) -> Node:
        node = Node(MAPPING, {})
        for key, value in pairs:
            child = self.node(value, depth + 1)
            node.put(child, key)
            if key in node.value:
                self.problems.add(child, "This key stands here twice.")
            else:
                node.value[key] = child
        return node
