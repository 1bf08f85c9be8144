"""What stands where in a file: values that know their place, and a list of what is wrong at which place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# What a value is. The words stand in sentences.
MAPPING, LIST, TEXT, NUMBER, FRACTION, FLAG, NOTHING, DATE = (
    "a mapping of keys",
    "a list",
    "text",
    "a number",
    "a number with a fraction",
    "true or false",
    "nothing",
    "a date",
)

MOST_TOLD = 50


class Node:
    """A value of the file: a dict or list of nodes, or a scalar.

    `raw` is a scalar as it is written, `line` counts from 1 (None where the format has no lines to tell, as JSON),
    `step` is its key or index in `parent`.
    """

    __slots__ = ("kind", "line", "parent", "raw", "step", "value")

    def __init__(self, kind: str, value: Any = None, *, raw: str = "", line: int | None = None) -> None:
        self.kind = kind
        self.value = value
        self.raw = raw
        self.line = line
        self.parent: Node | None = None
        self.step: str | int = ""

    def path(self) -> str:
        """Its place, such as `positions[3].stances[0].cause`; empty for the whole file."""
        steps: list[str] = []
        node = self
        while node.parent is not None:
            steps.append(f"[{node.step}]" if isinstance(node.step, int) else f".{node.step}")
            node = node.parent
        return "".join(reversed(steps)).removeprefix(".")

    def at(self, key: str) -> Node:
        """What stands under `key`; this node itself where nothing does."""
        child = self.value.get(key) if self.kind == MAPPING else None
        return self if child is None else child

    def has(self, key: str) -> bool:
        child = self.value.get(key) if self.kind == MAPPING else None
        return child is not None and child.kind != NOTHING

    def put(self, child: Node, step: str | int) -> None:
        child.parent, child.step = self, step


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where (`line` and `path` as far as they are known) and why, as a sentence."""

    file: str
    line: int | None
    path: str
    sentence: str

    def __str__(self) -> str:
        where = [self.file]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.path:
            where.append(self.path)
        return f"{', '.join(where)}: {self.sentence}"


class Refused(Exception):
    """Nothing was loaded. `problems` are the first of them, `total` is how many there are."""

    def __init__(self, problems: Iterable[Problem], total: int) -> None:
        self.problems = list(problems)
        self.total = total
        lines = [str(problem) for problem in self.problems]
        if total > len(lines):
            lines.append(f"… and {total - len(lines)} more.")
        super().__init__("\n".join(lines))


class Problems:
    """Collects what is wrong, in the order in which it stands in the file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []
        self._told: set[tuple[int | None, str, str]] = set()

    def add(self, node: Node | None, sentence: str) -> None:
        problem = Problem(self.file, node.line if node else None, node.path() if node else "", sentence)
        key = (problem.line, problem.path, sentence)
        if key not in self._told:
            self._told.add(key)
            self.found.append(problem)

    def add_line(self, line: int | None, sentence: str) -> None:
        self.found.append(Problem(self.file, line, "", sentence))

    def __bool__(self) -> bool:
        return bool(self.found)

    def stop(self) -> None:
        """Raise Refused if anything is wrong."""
        if self.found:
            in_order = sorted(self.found, key=lambda problem: problem.line or 0)
            raise Refused(in_order[:MOST_TOLD], len(self.found))


def shortened(text: str, limit: int = 60) -> str:
    """A text as it is told in a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= limit else one_line[: limit - 1] + "…"


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """` Did you mean “x”?`, or nothing where no name is near."""
    near = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f" Did you mean “{near[0]}”?" if near else ""
