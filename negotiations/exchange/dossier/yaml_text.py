"""YAML to nodes, with lines. Only its plain part is taken: no anchors, no aliases, no tags, one document.

The tree is built from the parser's events and not by PyYAML's constructors, because those drop the lines, take a key
that stands twice, expand aliases, and turn a bare `no` into false without a word.
"""

from __future__ import annotations

from typing import Any

import yaml

from .nodes import DATE, FLAG, FRACTION, LIST, MAPPING, NOTHING, NUMBER, TEXT, Node, Problems

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20
MOST_VALUES = 4_000_000

_TAG = "tag:yaml.org,2002:"
_KINDS = {"null": NOTHING, "bool": FLAG, "int": NUMBER, "float": FRACTION, "timestamp": DATE}
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_TRUE = ("yes", "true", "on")


def build(text: str, problems: Problems) -> Node | None:
    """The document; None where it is not YAML, which `problems` then tells."""
    builder = _Builder(problems)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = " ".join(part for part in (error.context, error.problem) if part)
        problems.add_line(mark.line + 1 if mark else None, f"This is not YAML: {told}.")
        return None
    except yaml.YAMLError as error:  # a character that YAML does not take
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
        told = " ".join(str(error).split())
        problems.add_line(line, f"This is not YAML: {told}.")
        return None
    if builder.root is None:
        problems.add_line(None, "The file is empty.")
    return builder.root


class _Builder:
    """Puts events together; `open` are the mappings and lists that are not closed yet."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root: Node | None = None
        self.open: list[Node] = []
        self.keys: list[Node | None] = []  # for each open mapping, the key whose value comes next
        self.documents = 0
        self.values = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._check(event)
            self._place(_scalar(event))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._check(event)
            mapping = kind is yaml.MappingStartEvent
            node = Node(MAPPING if mapping else LIST, {} if mapping else [], line=event.start_mark.line + 1)
            self._place(node)
            self.open.append(node)
            self.keys.append(None)
            if len(self.open) > DEEPEST:
                self._give_up(event, f"Values are nested more than {DEEPEST} deep.")
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.open.pop()
            self.keys.pop()
        elif kind is yaml.AliasEvent:
            self._tell(event, f"“*{event.anchor}” is a YAML alias. Aliases are not taken: write the value out.")
            self._place(Node(NOTHING, line=event.start_mark.line + 1))
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents == 2:
                self._tell(event, "A second YAML document begins here. A dossier is one document.")

    def _check(self, event: Any) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            self._give_up(event, f"The file has more than {MOST_VALUES:,} values.")
        if event.anchor is not None:
            self._tell(event, f"“&{event.anchor}” is a YAML anchor. Anchors are not taken: write the value out.")
        if event.tag is not None and event.tag != "!":
            told = event.tag.replace(_TAG, "!!")
            self._tell(event, f"“{told}” is a YAML tag. Tags are not taken; for text, use quotes.")

    def _place(self, node: Node) -> None:
        if not self.open:
            if self.root is None:
                self.root = node
            return
        parent = self.open[-1]
        if parent.kind == LIST:
            parent.put(node, len(parent.value))
            parent.value.append(node)
            return
        key = self.keys[-1]
        if key is None:
            if node.kind in (MAPPING, LIST):
                parent.put(node, "?")
                self.problems.add(node, "A key is a single word here, not a list or a mapping.")
            self.keys[-1] = node
            return
        self.keys[-1] = None
        node.line = key.line
        parent.put(node, key.raw)
        if key.raw in parent.value:
            self.problems.add(node, f"This key stands here twice; first in line {parent.value[key.raw].line}.")
        else:
            parent.value[key.raw] = node

    def _tell(self, event: Any, sentence: str) -> None:
        self.problems.add_line(event.start_mark.line + 1, sentence)

    def _give_up(self, event: Any, sentence: str) -> None:
        self._tell(event, sentence)
        self.problems.stop()


def _scalar(event: Any) -> Node:
    raw: str = event.value
    line = event.start_mark.line + 1
    kind = _kind(raw) if event.implicit[0] else TEXT
    if kind == FLAG:
        return Node(FLAG, raw.lower() in _TRUE, raw=raw, line=line)
    return Node(kind, raw, raw=raw, line=line)


def _kind(raw: str) -> str:
    """What YAML 1.1 takes a bare word for."""
    for tag, pattern in _RESOLVERS.get(raw[:1], ()):
        if pattern.match(raw):
            return _KINDS.get(tag.removeprefix(_TAG), TEXT)
    return TEXT
