"""What every mapping of a dossier is."""

from __future__ import annotations

from dataclasses import dataclass, field

from .nodes import MAPPING, Node


@dataclass(frozen=True, kw_only=True)
class Item:
    """A mapping of the file, and where it stands.

    A row that is added once and never changed has a `revision` in exports: the change that brought it.
    """

    node: Node = field(default_factory=lambda: Node(MAPPING, {}), compare=False, repr=False)

    def gives(self, name: str) -> bool:
        """Whether the file gives this key; what it leaves out it says nothing of."""
        return self.node.has(name)
