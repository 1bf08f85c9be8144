"""What changed between two moments: which cells, from what to what, in which direction, and for what cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q

from ..models import Party, Priority, Stance
from ..models.fields import Precision
from ..models.stances import SCALE, Cause, Code
from .as_of import Standing
from .asking import Unanswerable
from .cell_names import CellName
from .log import with_change
from .moments import Moment, now, record_of, stood_at
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace
from .parts import Told, text
from .points import LAST_MEETING, NOBODY, Point, read_end, read_start
from .removals import present
from .stances import QUALIFIED, otherwise


class Direction(StrEnum):
    """Where on the scale a cell went; `OTHER` is the same stance with other conditions, limits or red line."""

    TOWARD = "toward"
    AWAY = "away"
    ONTO = "onto"
    OFF = "off"
    BESIDE = "beside"
    OTHER = "other"


IN_WORDS = {
    Direction.TOWARD: "towards it",
    Direction.AWAY: "away from it",
    Direction.ONTO: "onto the scale",
    Direction.OFF: "off the scale",
    Direction.BESIDE: "off the scale before and after",
    Direction.OTHER: "same stance",
}


class Reason(StrEnum):
    """Why a cell shows something else, as the stances between tell."""

    MOVED = "moved"
    FOUND = "found"
    LEARNED = "learned"
    JUDGED = "judged"
    SOURCE = "source"


REASONS = {
    Reason.MOVED: "the party moved",
    Reason.FOUND: "first known then; where it stood before is not",
    Reason.LEARNED: "we learned late",
    Reason.JUDGED: "we judged anew",
    Reason.SOURCE: "a source fell",
}
OURS = (Cause.CORRECTED, Cause.REJUDGED, Cause.EVIDENCE, Cause.WITHDRAWN)


@dataclass(frozen=True)
class Because:
    """A stance that brought a change, and what it says about the cause."""

    reason: Reason
    seq: int
    held_from: date
    precision: str
    revision: int
    at: datetime
    by: str
    why: str

    @property
    def in_words(self) -> str:
        return REASONS[self.reason]


@dataclass(frozen=True)
class CellChange:
    """One cell that shows something else. `steps` counts places on the scale, None where one end is off it."""

    party: Named
    priority: Numbered
    before: Standing
    after: Standing
    direction: Direction
    steps: int | None
    other: tuple[str, ...]
    because: tuple[Because, ...]

    @property
    def direction_in_words(self) -> str:
        """Such as `towards it, 2 steps`."""
        if not self.steps:
            return IN_WORDS[self.direction]
        return f"{IN_WORDS[self.direction]}, {abs(self.steps)} step{'' if abs(self.steps) == 1 else 's'}"

    @property
    def qualified(self) -> tuple[Told, ...]:
        """Conditions and limits that read otherwise, word for word, each named by what was done to it."""
        named = ((words, words.split()[0]) for words in self.other)
        return tuple(
            text(words, getattr(self.before, name), getattr(self.after, name))
            for words, name in named
            if name in QUALIFIED
        )

    @property
    def red_line_in_words(self) -> str:
        """What became of its red line; empty where it has one or none as before."""
        return next((words for words in self.other if words.split()[0] not in QUALIFIED), "")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Each once, in the order of the list above."""
        found = {each.reason for each in self.because}
        return tuple(reason for reason in Reason if reason in found)

    @property
    def reasons_in_words(self) -> str:
        return "; ".join(REASONS[reason] for reason in self.reasons)


@dataclass(frozen=True)
class Comparison:
    """What changed from `start` to `end`, in the order of the board."""

    workspace: Workspace
    start: Point
    end: Point
    changes: tuple[CellChange, ...]

    @property
    def by_cell(self) -> Mapping[int, CellChange]:
        """The changes by the cell's id."""
        return {change.after.position_id: change for change in self.changes}

    @property
    def counts_in_words(self) -> str:
        """How many cells went where, such as `2 towards it, 1 onto the scale`; what there is none of is left out."""
        found = Counter(change.direction for change in self.changes)
        same = found.pop(Direction.OTHER, 0)
        told = [f"{found[direction]} {IN_WORDS[direction]}" for direction in Direction if found[direction]]
        if same:
            keeps = "keeps its stance" if same == 1 else "keep their stance"
            told.append(f"{same} {keeps}, with other conditions, limits or red line")
        return "; ".join(told)


def compare(workspace: Workspace, start: Point, end: Point) -> Comparison:
    """Compare two moments of a negotiation, linked matters too, without cells that are taken out at the later one.

    Five queries; four where nothing changed.
    """
    if end.moment.public_by is not None:
        raise Unanswerable("What was public by a day can't be compared; choose a day or a revision.")
    before = {each.position_id: each for each in stood_at(workspace, start.moment)}
    after = {each.position_id: each for each in stood_at(workspace, end.moment)}
    until = end.moment.until
    with record_of(workspace, end.moment):
        parties = {p.pk: p for p in present(Party.objects.filter(negotiation_id=workspace.id), until=until)}
        priorities = {p.pk: p for p in present(Priority.objects.filter(negotiation_id=workspace.id), until=until)}
    there = {pk for pk, each in after.items() if each.party_id in parties and each.priority_id in priorities}
    differing = [pk for pk, then in before.items() if pk in there and look(then) != look(after[pk])]
    brought = _brought(differing, before, after, start.moment, end.moment) if differing else {}
    order = sorted(differing, key=lambda pk: _place(parties, priorities, after[pk]))
    changes = []
    for pk in order:
        then, now = before[pk], after[pk]
        party, priority = named(parties[now.party_id]), numbered(priorities[now.priority_id])
        changes.append(_change(party, priority, then, now, brought.get(pk, ())))
    return Comparison(workspace, start, end, tuple(changes))


def of_cell(comparison: Comparison, cell: CellName) -> Comparison:
    """What changed in this cell alone."""
    here = (each for each in comparison.changes if (each.party, each.priority) == (cell.party, cell.priority))
    return replace(comparison, changes=tuple(here))


def since_last_meeting(workspace: Workspace) -> Comparison | None:
    """What has changed since the meeting that ended last; None where none has."""
    end = read_end(workspace, "", now(workspace), by=NOBODY)
    try:
        start = read_start(workspace, LAST_MEETING, end, by=NOBODY)
    except Unanswerable:
        return None
    return compare(workspace, start, end)


def look(standing: Standing) -> tuple[Any, ...]:
    """What makes a cell another to its reader: the stance and its qualifications, not how much evidence there is."""
    return (standing.code, standing.red_line, standing.conditions, standing.limits)


def direction(before: str, after: str) -> tuple[Direction, int | None]:
    """Where a change of code goes, and how many steps of the scale."""
    if before == after:
        return Direction.OTHER, None
    start, end = SCALE.get(Code(before)), SCALE.get(Code(after))
    if start is None or end is None:
        way = Direction.BESIDE if start is None and end is None else Direction.ONTO if start is None else Direction.OFF
        return way, None
    return (Direction.TOWARD if end > start else Direction.AWAY), end - start


def _place(parties: Mapping[int, Party], priorities: Mapping[int, Priority], cell: Standing) -> tuple[Any, ...]:
    party = parties[cell.party_id]
    return (party.order, party.name, priorities[cell.priority_id].number)


def _change(
    party: Named, priority: Numbered, before: Standing, after: Standing, because: Iterable[Because]
) -> CellChange:
    way, steps = direction(before.code, after.code)
    return CellChange(party, priority, before, after, way, steps, _other(before, after), tuple(because))


def _other(before: Standing, after: Standing) -> tuple[str, ...]:
    """What else is said otherwise, in words; nothing where one of the two says nothing, so that all would be new."""
    if not (before.is_known and after.is_known):
        return ()
    return otherwise(before, after)


def _brought(
    cells: list[int], before: Mapping[int, Standing], after: Mapping[int, Standing], start: Moment, end: Moment
) -> dict[int, list[Because]]:
    """The stances that make the difference: the one that stands now and did not, and what replaced the one before."""
    seqs = {seq for pk in cells for seq in (before[pk].seq, after[pk].seq) if seq}
    rows = Stance.objects.filter(position__in=cells, revision__lte=end.known_at)
    found: dict[int, list[Because]] = {}
    for row in with_change(rows.filter(Q(seq__in=seqs) | Q(replaces__in=seqs))).order_by("position_id", "seq"):
        then, now = before[row.position_id], after[row.position_id]
        is_new = row.revision > start.known_at or row.held_from > start.as_of
        if is_new and (row.seq == now.seq or (row.replaces is not None and row.replaces == then.seq)):
            found.setdefault(row.position_id, []).append(_because(row, then, start))
    return found


def _because(row: Any, before: Standing, start: Moment) -> Because:
    return Because(
        reason=_reason(row, before, start),
        seq=row.seq,
        held_from=row.held_from,
        precision=row.precision,
        revision=row.revision,
        at=row.at,
        by=row.by_name,
        why=row.why,
    )


def _reason(row: Any, before: Standing, start: Moment) -> Reason:
    """What a stance says about the cause. Our own acts count only if they came between the two revisions."""
    is_new = row.revision > start.known_at
    if is_new and row.cause == Cause.SOURCE:
        return Reason.SOURCE
    if is_new and row.cause in OURS:
        return Reason.JUDGED
    if row.held_from <= start.as_of:
        return Reason.LEARNED
    return Reason.MOVED if before.is_known and row.precision != Precision.BY else Reason.FOUND
