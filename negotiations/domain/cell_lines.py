"""Cells as other pages list them, one line each: what stands today from the copies, else what stood at a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet

from ..models import Position
from ..models.stances import Code
from ..texts.sentences import first_sentence
from .as_of import Standing
from .moments import Moment, stood_at
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace
from .removals import present


@dataclass(frozen=True)
class CellLine:
    """What stands in a cell. `held_from` is None where nothing does; then the code reads `unknown`.

    `version` counts the cell's stances of today, also those that no longer stand; `rechecks` the reasons to look at it
    again. `later_code` and `later_by` tell of a stance dated "by" a later day, whose start is unknown.
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
    later_code: str = ""
    later_by: date | None = None

    @property
    def evidence(self) -> int:
        return self.supporting + self.contradicting + self.in_context

    @property
    def is_known(self) -> bool:
        return self.code != Code.UNKNOWN

    @property
    def gist(self) -> str:
        return first_sentence(self.rationale)


def cell_line(position: Position, stood: Standing | None = None) -> CellLine:
    """A cell with its party and priority, as it stands today, or as it `stood`."""
    stands = stood or position
    return CellLine(
        party=named(position.party),
        priority=numbered(position.priority),
        code=stands.code,
        red_line=stands.red_line,
        confidence=stands.confidence,
        conditions=stands.conditions,
        limits=stands.limits,
        rationale=stands.rationale,
        held_from=stands.held_from,
        precision=stands.precision,
        supporting=stands.supporting,
        contradicting=stands.contradicting,
        in_context=stands.in_context,
        origins=stands.origins,
        version=stands.version,
        rechecks=stands.rechecks,
        later_code=stood.later_code if stood else "",
        later_by=stood.later_by if stood else None,
    )


def cell_lines(
    positions: QuerySet[Position],
    workspace: Workspace | None = None,
    moment: Moment | None = None,
    but: type[Model] | None = None,
) -> tuple[CellLine, ...]:
    """In the order of the board. One query; two for a past `moment` of the `workspace`.

    Without those of what is taken out, but where it is what is asked for, one of `but`.
    """
    there = present(positions, until=moment.until if moment else None, but=but)
    rows = list(there.select_related("party", "priority").order_by("party__order", "party__name", "priority__number"))
    stood: dict[int, Standing] = {}
    if workspace and moment and moment.is_past:
        stood = {each.position_id: each for each in stood_at(workspace, moment, [row.pk for row in rows])}
    return tuple(cell_line(row, stood.get(row.pk)) for row in rows)


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
