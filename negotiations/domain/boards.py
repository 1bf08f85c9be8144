"""The board: where each party stands on each priority, at a moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..models import CollectiveMember, Meeting, Party, Position, Priority
from ..models.parties import PartyKind
from ..models.priorities import PriorityKind
from ..models.stances import Code
from . import timeline
from .as_of import COPIES, Standing
from .at_moment import recorded
from .comparing import CellChange, Comparison, compare
from .filters import EVERYTHING, Filters
from .moments import Dials, Moment, moment_asked, nothing, stood_at
from .names import Named, named
from .negotiations import Workspace
from .permissions import Who
from .points import NOBODY, read_end, read_start
from .record_days import RecordDay, record_days


@dataclass(frozen=True)
class Column:
    """A priority and how many parties hold each code on it; the unknown are counted as unknown.

    `against` has the names of the parties that oppose or reject it.
    """

    id: int
    number: int
    name: str
    is_linked: bool
    counts: Mapping[str, int]
    against: tuple[str, ...]

    @property
    def known(self) -> int:
        return sum(n for code, n in self.counts.items() if code != Code.UNKNOWN)


@dataclass(frozen=True)
class Cell:
    """One cell: what stands, through which collectives the party stands besides, whether the filters show it.

    `change` is what it was before, where the board is compared and it was something else.
    """

    number: int
    standing: Standing
    through: tuple[str, ...]
    matches: bool
    change: CellChange | None = None


@dataclass(frozen=True)
class Row:
    """`collectives` are the names of those that the party is in."""

    slug: str
    name: str
    kind: str
    collectives: tuple[str, ...]
    cells: tuple[Cell, ...]
    known: int


@dataclass(frozen=True)
class Board:
    """All that the page shows. `counts` and `marks` tell the whole board, whatever the filters show."""

    workspace: Workspace
    moment: Moment
    filters: Filters
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    marks: Mapping[str, int]
    empty_rows: int
    linked_matters: int
    collectives: tuple[tuple[str, str], ...]
    strip: tuple[timeline.Step, ...]
    meetings: tuple[Named, ...]
    record_days: tuple[RecordDay, ...]
    comparison: Comparison | None = None

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows under their headings, in the order of the board; one group without a heading where none is asked.

        A party in several collectives stands once, under all of them; the collectives themselves come first.
        """
        if not self.filters.group:
            return [("", list(self.rows))]
        by_kind = self.filters.group == "kind"
        found: dict[str, list[Row]] = {kind.plural: [] for kind in PartyKind} if by_kind else {_COLLECTIVES: []}
        for row in self.rows:
            heading = PartyKind(row.kind).plural if by_kind else _heading(row)
            found.setdefault(heading, []).append(row)
        if _ALONE in found:
            found[_ALONE] = found.pop(_ALONE)  # last
        return [(heading, rows) for heading, rows in found.items() if rows]

    @property
    def as_of(self) -> date:
        return self.moment.as_of

    @property
    def is_past(self) -> bool:
        return self.moment.is_past

    @property
    def cells(self) -> int:
        return sum(self.counts.values())

    @property
    def known(self) -> int:
        return self.cells - self.counts.get(Code.UNKNOWN, 0)

    @property
    def shown(self) -> int:
        """How many cells the filters show."""
        return sum(cell.matches for row in self.rows for cell in row.cells)

    @property
    def red_lines(self) -> int:
        return self.marks.get("red-line", 0)

    def finding(self) -> str:
        """The news of the whole board in one sentence: what has the most backing, and who is against it."""
        agenda = [column for column in self.columns if not column.is_linked]
        backed = [(c.counts.get(Code.CHAMPIONS, 0) + c.counts.get(Code.SUPPORTS, 0), c) for c in agenda]
        most = max((number for number, _ in backed), default=0)
        if not most:
            if not self.known and self.moment.public_by:
                return "Nothing that was public by then tells a position"
            return "No backing is recorded" if self.known else "No position is recorded"
        leaders = [column for number, column in backed if number == most]
        parties = sum(leaders[0].counts.values())
        sentence = f"{_listed([c.name for c in leaders])}: most backing, {most} of {parties} parties"
        against = leaders[0].against if len(leaders) == 1 else ()  # of several, whoever is against one is not told
        return f"{sentence}; {_listed(against)} against" if against else sentence


def get_board(
    workspace: Workspace,
    *,
    asked: Dials = nothing,
    filters: Filters = EVERYTHING,
    at: date | None = None,
    by: Who = NOBODY,
) -> Board:
    """The board of a negotiation. Six queries, whatever its size; those of a past record, and seven to compare it.

    `asked` says the moment as an address does; Unanswerable where there is none such. `at` is today, for tests.
    """
    with moment_asked(workspace, asked, today=at) as (workspace, moment):
        comparison = _compared(workspace, asked("compare") or "", moment, by)
        changes = comparison.by_cell if comparison else {}
        priorities = list(recorded(Priority.objects.filter(negotiation_id=workspace.id), moment).order_by("number"))
        parties = list(recorded(Party.objects.filter(negotiation_id=workspace.id), moment).order_by("order", "name"))
        cells = standings_by_cell(workspace, moment)
        collectives = _collectives(workspace, moment)
        meetings = recorded(Meeting.objects.filter(negotiation_id=workspace.id, starts_on__isnull=False), moment)
        events = [timeline.Event(end, m.precision, (m.name,)) for m in meetings if (end := m.ends_on or m.starts_on)]

        agenda = [p for p in priorities if p.kind == PriorityKind.PRIORITY]
        linked = [p for p in priorities if p.kind == PriorityKind.LINKED]
        shown = agenda + (linked if filters.linked else [])
        columns = tuple(_column(p, parties, cells) for p in shown)
        names = {p.pk: p.name for p in parties}
        slugs = {p.pk: p.slug for p in parties}
        wholes = {p.slug: p.name for p in parties if p.kind == PartyKind.COLLECTIVE}
        numbers = [p.number for p in shown]
        filters = filters.among(
            collectives=wholes, numbers=numbers, is_past=moment.is_past, is_compared=comparison is not None
        )
        everything, rows, empty = [], [], 0
        for party in parties:
            row = _row(party, shown, cells, collectives, names, filters, changes)
            everything.append(row)
            empty += not row.known
            of = {slugs[c] for c in collectives[party.pk]} | {party.slug}
            if filters.takes_row(kind=party.kind, collectives=of, is_empty=not row.known):
                rows.append(row)
        flat = [cell for row in everything for cell in row.cells]
        return Board(
            workspace=workspace,
            moment=moment,
            filters=filters,
            columns=columns,
            rows=tuple(rows),
            counts=Counter(cell.standing.code for cell in flat),
            marks=Counter(mark for cell in flat for mark in marks_of(cell.standing, cell.through, cell.change)),
            empty_rows=empty,
            linked_matters=len(linked),
            collectives=tuple(wholes.items()),
            meetings=tuple(named(m) for m in meetings if (m.ends_on or m.starts_on or moment.today) < moment.as_of),
            strip=tuple(timeline.strip(events, chosen=moment.as_of, today=moment.today)),
            record_days=record_days(workspace, moment),
            comparison=comparison,
        )


def marks_of(standing: Standing, through: Iterable[str], change: CellChange | None = None) -> list[str]:
    """The marks of a cell, by the names that filters and pages use."""
    marks = {
        "if": bool(standing.conditions),
        "but": bool(standing.limits),
        "red-line": standing.red_line,
        "through": bool(tuple(through)),
        "contested": standing.contradicting > 0,
        "recheck": standing.rechecks > 0,
        "proposed": standing.proposed > 0,
        "changed": change is not None,
    }
    return [mark for mark, there in marks.items() if there]


def current_standings(negotiation: int, *, with_proposals: bool = False, **only: int) -> list[Standing]:
    """What stands today in each cell, from the copies. `only` narrows, such as `party_id=3`.

    Proposals are counted only where asked for: readers are not told of them.
    """
    fields = ["proposed", "rechecks", "pk", "party_id", "priority_id", "version", "standing", *COPIES]
    rows = Position.objects.filter(negotiation_id=negotiation, **only).values_list(*fields)
    # a list of its own: the stubs count the columns of a tuple, and these come from a list of names
    return [Standing(*[*row[2:6], None, *row[6:], "", None, row[1], row[0] if with_proposals else 0]) for row in rows]


def standings_by_cell(workspace: Workspace, moment: Moment) -> dict[tuple[int, int], Standing]:
    """What stood in each cell, by its party and priority: today from the copies, else by the rule. One query."""
    found = (
        stood_at(workspace, moment)
        if moment.is_past
        else current_standings(workspace.id, with_proposals=workspace.may_edit)
    )
    return {(s.party_id, s.priority_id): s for s in found}


def _compared(workspace: Workspace, since: str, moment: Moment, by: Who) -> Comparison | None:
    if not since:
        return None
    end = read_end(workspace, "", moment, by=by)
    return compare(workspace, read_start(workspace, since, end, by=by), end)


def _collectives(workspace: Workspace, moment: Moment) -> dict[int, list[int]]:
    """For each party the collectives that it was in at that moment; an unknown start counts as always."""
    members = recorded(CollectiveMember.objects.filter(negotiation_id=workspace.id), moment).order_by("id")
    found: dict[int, list[int]] = defaultdict(list)
    for collective, member, since in members.values_list("collective_id", "member_id", "since"):
        if since is None or since <= moment.as_of:
            found[member].append(collective)
    return found


def _column(priority: Priority, parties: list[Party], cells: Mapping[tuple[int, int], Standing]) -> Column:
    codes = Counter(cells[party.pk, priority.pk].code for party in parties)
    counts = {code: codes[code] for code in Code.values if codes[code]}
    against = tuple(p.name for p in parties if cells[p.pk, priority.pk].code in (Code.OPPOSES, Code.REJECTS))
    return Column(priority.pk, priority.number, priority.name, priority.kind == PriorityKind.LINKED, counts, against)


def _row(
    party: Party,
    priorities: list[Priority],
    cells: Mapping[tuple[int, int], Standing],
    collectives: Mapping[int, list[int]],
    names: Mapping[int, str],
    filters: Filters,
    changes: Mapping[int, CellChange],
) -> Row:
    row = []
    for priority in priorities:
        standing = cells[party.pk, priority.pk]
        through = tuple(names[c] for c in collectives.get(party.pk, ()) if cells[c, priority.pk].is_known)
        change = changes.get(standing.position_id)
        matches = filters.takes_cell(standing, marks=marks_of(standing, through, change), number=priority.number)
        row.append(Cell(priority.number, standing, through, matches, change))
    known = sum(cell.standing.is_known for cell in row)
    of = tuple(names[c] for c in collectives.get(party.pk, ()))
    return Row(party.slug, party.name, party.kind, of, tuple(row), known)


_COLLECTIVES = "Collectives"
_ALONE = "In no collective"


def _heading(row: Row) -> str:
    if row.kind == PartyKind.COLLECTIVE:
        return _COLLECTIVES
    return " and ".join(row.collectives) or _ALONE


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} others"
