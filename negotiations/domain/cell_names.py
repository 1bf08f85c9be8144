"""Cells as addresses and forms name them, such as `germany:3`, and the parties and priorities to choose them from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.validators import slug_re

from ..models import Party, Position, Priority
from .names import Named, Numbered, named, numbered
from .permissions import Hidden
from .removals import present


@dataclass(frozen=True)
class CellName:
    """A cell as it is linked."""

    party: Named
    priority: Numbered

    def __str__(self) -> str:
        return f"{self.party.slug}:{self.priority.number}"


@dataclass(frozen=True)
class Grid:
    """All parties and priorities of a negotiation, in the order of the board."""

    parties: tuple[Named, ...]
    priorities: tuple[Numbered, ...]

    def rows(self, chosen: Iterable[str]) -> list[tuple[Named, list[tuple[Numbered, bool]]]]:
        """Each party with its priorities and whether their cell is among the `chosen` names."""
        names = set(chosen)
        return [(p, [(n, f"{p.slug}:{n.number}" in names) for n in self.priorities]) for p in self.parties]


def get_grid(negotiation: int) -> Grid:
    """Two queries."""
    parties = present(Party.objects.filter(negotiation_id=negotiation)).order_by("order", "name")
    priorities = present(Priority.objects.filter(negotiation_id=negotiation)).order_by("number")
    return Grid(tuple(named(party) for party in parties), tuple(numbered(priority) for priority in priorities))


def read_name(name: str) -> tuple[str, int] | None:
    """The party's slug and the priority's number that a name says; None where it says none, so can't be asked for."""
    party, _, number = name.partition(":")
    if slug_re.match(party) and number.isascii() and number.isdigit() and len(number) < 6:
        return party, int(number)
    return None


def get_name(negotiation: int, name: str) -> CellName:
    """The cell that is named; Hidden where there is none. One query."""
    if asked := read_name(name):
        rows = Position.objects.filter(
            negotiation_id=negotiation, party__slug=asked[0], priority__number=asked[1]
        ).select_related("party", "priority")
        if row := rows.first():
            return CellName(named(row.party), numbered(row.priority))
    raise Hidden("There is no such cell here.")


def ids_of(negotiation: int, names: Iterable[str]) -> dict[str, int]:
    """The ids of the cells named; a name that no cell has is left out. One query."""
    asked = {cell: name for name in names if (cell := read_name(name))}
    cells = Position.objects.filter(
        negotiation_id=negotiation,
        party__slug__in={party for party, _ in asked},
        priority__number__in={number for _, number in asked},
    )
    rows = present(cells).values_list("party__slug", "priority__number", "pk")
    return {asked[party, number]: pk for party, number, pk in rows if (party, number) in asked}
