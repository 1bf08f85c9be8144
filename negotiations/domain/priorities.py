"""Priorities: who stands where on each, counted in words and never averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..models import Commitment, Party, Position, Priority
from .at_moment import recorded
from .boards import standings_by_cell
from .cell_lines import CellLine, cell_lines, count_codes, finding
from .commitments import CommitmentLine, commitment_lines
from .moments import Dials, Moment, moment_asked, nothing
from .names import Numbered, numbered
from .negotiations import Workspace, get_workspace
from .permissions import Hidden, Who
from .removals import TakenOut, taken_out, with_removed


@dataclass(frozen=True)
class PriorityLine:
    """A priority in the list. `counts` has how many parties hold each code; the unknown are counted as unknown."""

    priority: Numbered
    description: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class PriorityList:
    workspace: Workspace
    moment: Moment
    agenda: tuple[PriorityLine, ...]
    linked: tuple[PriorityLine, ...]


@dataclass(frozen=True)
class PriorityPage:
    workspace: Workspace
    moment: Moment
    priority: Numbered
    description: str
    cells: tuple[CellLine, ...]
    commitments: tuple[CommitmentLine, ...]
    previous: Numbered | None
    next: Numbered | None
    taken_out: TakenOut | None

    @property
    def counts(self) -> Mapping[str, int]:
        return count_codes(cell.code for cell in self.cells)

    @property
    def finding(self) -> str:
        return finding((cell.code for cell in self.cells), among="for {} parties")


def list_priorities(slug: str, *, by: Who, asked: Dials = nothing) -> PriorityList:
    """Every priority, the linked matters apart. Four queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        codes: dict[int, list[str]] = defaultdict(list)
        parties = set(recorded(Party.objects.filter(negotiation_id=workspace.id), moment).values_list("pk", flat=True))
        for (party, priority), standing in standings_by_cell(workspace, moment).items():
            if party in parties:
                codes[priority].append(standing.code)
        rows = recorded(Priority.objects.filter(negotiation_id=workspace.id), moment).order_by("number")
        lines = [PriorityLine(numbered(row), row.description, count_codes(codes[row.pk])) for row in rows]
        return PriorityList(
            workspace,
            moment,
            agenda=tuple(line for line in lines if not line.priority.is_linked),
            linked=tuple(line for line in lines if line.priority.is_linked),
        )


def get_priority(slug: str, number: int, *, by: Who, asked: Dials = nothing) -> PriorityPage:
    """One priority with its column of the board. Four queries; five for the past, and those of a past record."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        mine = Priority.objects.filter(negotiation_id=workspace.id).order_by("number")
        rows = [row for row in with_removed(mine, until=moment.until) if row.removed is None or row.number == number]
        at = next((at for at, row in enumerate(rows) if row.number == number), None)
        if at is None:
            raise Hidden(f"There is no priority {number} here.")
        return PriorityPage(
            workspace=workspace,
            moment=moment,
            priority=numbered(rows[at]),
            description=rows[at].description,
            cells=cell_lines(Position.objects.filter(priority=rows[at]), workspace, moment, but=Priority),
            commitments=commitment_lines(Commitment.objects.filter(priority=rows[at]), workspace, moment),
            previous=numbered(rows[at - 1]) if at else None,
            next=numbered(rows[at + 1]) if at + 1 < len(rows) else None,
            taken_out=taken_out(workspace, rows[at].removed),
        )
