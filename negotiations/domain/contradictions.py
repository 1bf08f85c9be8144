"""Reading contradictions: the list, each with all its sides, and those of one cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from ..models import (
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
    Party,
    Position,
)
from ..models.contradictions import ContradictionKind, ContradictionState
from ..models.priorities import PriorityKind
from . import quotes
from .at_moment import added, standing, touching
from .cell_lines import CellLine, cell_lines
from .cell_names import CellName
from .contradiction_acts import version_of
from .contradiction_details import with_details
from .judged import status_at
from .log import with_change
from .moments import Dials, Moment, moment_asked, nothing, now
from .names import Named, Numbered, named
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Act, Hidden, Who
from .quote_lists import Proof, proof, proofs

Fallen = Mapping[tuple[int, int], tuple[str, ...]]  # by contradiction and the side's number


@dataclass(frozen=True)
class SideLine:
    """One side at a glance: what it says, the words that it rests on first, and how many more pieces there are.

    `words` is empty where the first piece is a place in a source, told by `locator`. `fallen`: what has happened to
    some of what it rests on, such as "words changed".
    """

    says: str
    words: str
    locator: str
    more: int
    fallen: tuple[str, ...] = ()


@dataclass(frozen=True)
class ContradictionLine:
    """One contradiction in a list, with all its sides in their order."""

    slug: str
    title: str
    kind: ContradictionKind
    state: ContradictionState
    sides: tuple[SideLine, ...]
    cells: tuple[CellName, ...]

    @property
    def is_resolved(self) -> bool:
        return self.state == ContradictionState.RESOLVED

    @property
    def has_fallen(self) -> bool:
        """Whether somebody should look at it again: it is not settled, and something under a side has fallen."""
        return not self.is_resolved and any(side.fallen for side in self.sides)


@dataclass(frozen=True)
class ContradictionList:
    """`parties` are those whose cells a contradiction touches, to choose from."""

    workspace: Workspace
    moment: Moment
    page: Page[ContradictionLine]
    state: str
    kind: str
    party: str
    parties: tuple[Named, ...]

    @property
    def is_filtered(self) -> bool:
        return bool(self.state or self.kind or self.party)


@dataclass(frozen=True)
class Made:
    """Who did something, when, and under which revision."""

    at: datetime
    by: str
    revision: int


@dataclass(frozen=True)
class Side:
    """One side with all that it rests on."""

    number: int
    says: str
    proofs: tuple[Proof, ...]
    made: Made
    fallen: tuple[str, ...]


@dataclass(frozen=True)
class Ruling:
    state: ContradictionState
    reason: str
    made: Made


@dataclass(frozen=True)
class ContradictionPage:
    """`rulings` has the oldest first; without one it is open. `version` tells edits apart."""

    workspace: Workspace
    moment: Moment
    contradiction: ContradictionLine
    description: str
    sides: tuple[Side, ...]
    rulings: tuple[Ruling, ...]
    cells: tuple[CellLine, ...]
    version: str


def list_contradictions(
    slug: str,
    *,
    by: Who,
    asked: Dials = nothing,
    state: str = "",
    kind: str = "",
    party: str = "",
    page: str | None = None,
) -> ContradictionList:
    """A page of the contradictions, the open ones first, then the newest. Of what there isn't, nothing is asked."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        touched = touching(ContradictionCell.objects.filter(negotiation_id=workspace.id), moment)
        rows_of = Party.objects.filter(pk__in=touched.values("position__party"))
        parties = tuple(named(row) for row in rows_of.order_by("order", "name"))
        state = state if state in ContradictionState.values else ""
        kind = kind if kind in ContradictionKind.values else ""
        party = party if party in {each.slug for each in parties} else ""
        rows = with_details(Contradiction.objects.filter(negotiation_id=workspace.id), moment)
        if state:
            rows = rows.filter(state_then=state)
        if kind:
            rows = rows.filter(kind=kind)
        if party:
            of_party = touched.filter(position__party__slug=party)
            rows = rows.filter(pk__in=of_party.values("contradiction"))
        found: Page[Any] = page_of(rows, page, lambda row: row)
        fallen = find_fallen(workspace.id, [row.pk for row in found], moment)
        found.object_list = [_line(row, fallen) for row in found]
        return ContradictionList(workspace, moment, found, state, kind, party, parties)


def of_cell(workspace: Workspace, position: int, moment: Moment | None = None) -> tuple[ContradictionLine, ...]:
    """The contradictions that touch a cell, the open ones first. Three queries, or one where there are none."""
    moment = moment or now(workspace)
    touched = touching(ContradictionCell.objects.filter(position_id=position, negotiation_id=workspace.id), moment)
    return _lines(workspace, Contradiction.objects.filter(pk__in=touched.values("contradiction")), moment)


def to_look_at(workspace: Workspace) -> tuple[ContradictionLine, ...]:
    """Those that are not resolved and have a side under which something has fallen. At most three queries."""
    rows = Contradiction.objects.filter(negotiation_id=workspace.id).exclude(state=ContradictionState.RESOLVED)
    return tuple(line for line in _lines(workspace, rows, now(workspace)) if line.has_fallen)


def find_fallen(negotiation: int, contradictions: Sequence[int], moment: Moment) -> Fallen:
    """What had happened to what sides rest on, in words, by contradiction and the side's number. Two queries.

    Words fall where they changed and nobody said that they still hold, and with their source.
    """
    if not contradictions:
        return {}
    mine = {"negotiation_id": negotiation, "side__contradiction__in": contradictions}
    rows = standing(ContradictionProof.objects.filter(**mine), moment)
    rows = rows.annotate(status_then=status_at("source_id", moment.until))
    found: list[Any] = list(rows.select_related("side", "source__merged_into").order_by("pk"))
    cited = proofs(negotiation, found, until=moment.until)
    fallen: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for row in found:
        told = cited[row.quote_id].fallen if row.quote_id else quotes.fall_of(row.source, row.status_then)
        if told:
            fallen[row.side.contradiction_id, row.side.number][told] = None
    return {side: tuple(told) for side, told in fallen.items()}


def _lines(
    workspace: Workspace, contradictions: QuerySet[Contradiction], moment: Moment
) -> tuple[ContradictionLine, ...]:
    rows = list(with_details(contradictions, moment))
    fallen = find_fallen(workspace.id, [row.pk for row in rows], moment)
    return tuple(_line(row, fallen) for row in rows)


def get_contradiction(
    slug: str, contradiction: str, *, by: Who, to: Act = Act.VIEW, asked: Dials = nothing
) -> ContradictionPage:
    """One contradiction with every side; Hidden where there is none. A fixed number of queries."""
    workspace = get_workspace(slug, by=by, to=to)
    with moment_asked(workspace, asked) as (workspace, moment):
        mine = Contradiction.objects.filter(negotiation_id=workspace.id, slug=contradiction)
        row = with_details(mine, moment).first()
        if row is None:
            raise Hidden(f"There is no contradiction {contradiction!r} here.")
        fallen = find_fallen(workspace.id, [row.pk], moment)
        touched = touching(ContradictionCell.objects.filter(contradiction=row), moment).values("position")
        ruled = ContradictionRuling.objects.filter(added(moment), contradiction=row)
        rulings = with_change(ruled).order_by("revision", "pk")
        return ContradictionPage(
            workspace=workspace,
            moment=moment,
            contradiction=_line(row, fallen),
            description=row.description,
            sides=_sides(workspace, row, fallen, moment),
            rulings=tuple(Ruling(ContradictionState(each.state), each.reason, _act(each)) for each in rulings),
            cells=cell_lines(Position.objects.filter(pk__in=touched), workspace, moment),
            version=version_of(row),
        )


def _sides(workspace: Workspace, contradiction: Contradiction, fallen: Fallen, moment: Moment) -> tuple[Side, ...]:
    rows = standing(ContradictionProof.objects.filter(side__contradiction=contradiction), moment).select_related(
        "source"
    )
    found = list(rows.order_by("side", "pk"))
    cited = proofs(workspace.id, found, until=moment.until)
    by_side: dict[int, list[Proof]] = defaultdict(list)
    for each in found:
        by_side[each.side_id].append(proof(each, cited))
    mine = standing(ContradictionSide.objects.filter(contradiction=contradiction), moment)
    sides = with_change(mine).order_by("number")
    return tuple(
        Side(
            number=side.number,
            says=side.says,
            proofs=tuple(by_side[side.pk]),
            made=_act(side),
            fallen=fallen.get((contradiction.pk, side.number), ()),
        )
        for side in sides
    )


def _line(row: Any, fallen: Fallen) -> ContradictionLine:
    return ContradictionLine(
        slug=row.slug,
        title=row.title,
        kind=ContradictionKind(row.kind),
        state=ContradictionState(row.state_then),
        sides=tuple(
            SideLine(
                says=side["says"],
                words=side["words"] or "",
                locator=side["locator"] or "",
                more=side["many"] - 1,
                fallen=fallen.get((row.pk, side["number"]), ()),
            )
            for side in row.told
        ),
        cells=tuple(
            CellName(
                Named(cell["slug"], cell["name"]),
                Numbered(cell["number"], cell["priority"], cell["kind"] == PriorityKind.LINKED),
            )
            for cell in row.touched
        ),
    )


def _act(row: Any) -> Made:
    return Made(row.at, row.by_name, row.revision)
