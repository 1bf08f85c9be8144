"""Cells as other pages list them, one line each, from the copies of what stands today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..models import Position
from ..models.stances import Code
from ..texts.sentences import first_sentence
from .names import Named, Numbered, named, numbered


@dataclass(frozen=True)
class CellLine:
    """What stands in a cell today. `held_from` is None where nothing does; then the code reads `unknown`.

    `version` counts the cell's stances, also those that no longer stand; `rechecks` the reasons to look at it again.
    """

    party: Named
    priority: Numbered
    code: str
    red_line: bool
    confidence: str
    conditions: str
    limits: str
    rationale: str
    held_from: date | None
    precision: str
    supporting: int
    contradicting: int
    in_context: int
    origins: int
    version: int
    rechecks: int

    @property
    def evidence(self) -> int:
        return self.supporting + self.contradicting + self.in_context

    @property
    def is_known(self) -> bool:
        return self.code != Code.UNKNOWN

    @property
    def gist(self) -> str:
        return first_sentence(self.rationale)


def cell_line(position: Position) -> CellLine:
    return CellLine(
        party=named(position.party),
        priority=numbered(position.priority),
        code=position.code,
        red_line=position.red_line,
        confidence=position.confidence,
        conditions=position.conditions,
        limits=position.limits,
        rationale=position.rationale,
        held_from=position.held_from,
        precision=position.precision,
        supporting=position.supporting,
        contradicting=position.contradicting,
        in_context=position.in_context,
        origins=position.origins,
        version=position.version,
        rechecks=position.rechecks,
    )


def cell_lines(positions: QuerySet[Position]) -> tuple[CellLine, ...]:
    """One query. In the order of the board."""
    rows = positions.select_related("party", "priority")
    return tuple(cell_line(row) for row in rows.order_by("party__order", "party__name", "priority__number"))


def count_codes(codes: Iterable[str]) -> dict[str, int]:
    """How often each code of the book is there, in the book's order; those that are not are left out."""
    found = Counter(codes)
    return {str(code): found[code] for code in Code if found[code]}


def finding(codes: Iterable[str], *, among: str) -> str:
    """What is known, in words and counts: `Known on 2 of 5 priorities: rejects 1, ambiguous 1`. No averages.

    `among` says what is counted, with its preposition, such as `on {} priorities`.
    """
    counts = count_codes(codes)
    total = sum(counts.values())
    unknown = counts.pop(Code.UNKNOWN, 0)
    if not total:
        return "There is nothing to judge yet"
    if unknown == total:
        return f"Nothing is known yet {among.format(f'any of the {total}')}"
    words = ", ".join(f"{Code(code).label.lower()} {number}" for code, number in counts.items())
    return f"Known {among.format(f'{total - unknown} of {total}')}: {words}"
