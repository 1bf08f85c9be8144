"""What pages of one thing show of another: the slug or number to link to, and the name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..models import Priority
from ..models.priorities import PriorityKind


@dataclass(frozen=True)
class Named:
    slug: str
    name: str


@dataclass(frozen=True)
class Numbered:
    """A priority. A linked matter stands outside the agenda, and is never counted with it."""

    number: int
    name: str
    is_linked: bool


class HasName(Protocol):
    slug: str

    def __str__(self) -> str: ...


def named(row: HasName) -> Named:
    return Named(row.slug, str(row))


def named_or_none(row: HasName | None) -> Named | None:
    return None if row is None else named(row)


def numbered(priority: Priority) -> Numbered:
    return Numbered(priority.number, priority.name, priority.kind == PriorityKind.LINKED)


def numbered_or_none(priority: Priority | None) -> Numbered | None:
    return None if priority is None else numbered(priority)


def of_cell(party: object, number: int, priority: str = "") -> str:
    """A cell as people read it everywhere: `Germany × 3`, and its priority's name behind where there is room."""
    return f"{party} × {number} {priority}".rstrip()
