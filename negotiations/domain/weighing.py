"""The one pass after citing: what a quote means for the stances of several cells, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..models import Party, Position, Priority, Source
from ..models.evidence import Bearing
from ..models.stances import Cause, Code, Confidence
from . import confidence, quotes
from .as_of import Standing
from .asking import Unanswerable
from .cell_names import read_name
from .cells import Cell, Identified, Record, histories
from .moments import Moment, now, stood_at
from .names import Numbered, numbered
from .negotiations import Workspace, get_workspace
from .permissions import Act, Hidden, Who
from .quotes import Cited
from .reasons import Reason, of_cells
from .removals import present
from .stances import Draft, Item

MOST_CELLS = 20  # in one pass, so that each is looked at


class Choice(StrEnum):
    """What somebody decides for one cell."""

    SAME = "same"
    CHANGE = "change"
    CONTEXT = "context"
    LATER = "later"


@dataclass(frozen=True)
class Weighing:
    """A quote of a source and the cells chosen for it. `parties` and `priorities` are those to choose from.

    `reasons`: why cells are to be re-checked, by their ids.
    """

    workspace: Workspace
    source: Identified
    quote: Cited
    text: int
    cells: tuple[Cell, ...]
    reasons: Mapping[int, tuple[Reason, ...]]
    parties: tuple[Identified, ...]
    priorities: tuple[Numbered, ...]


def read_cells(names: Iterable[str]) -> list[tuple[str, int]]:
    """The cells that an address or a form names, such as `germany:3`; what reads otherwise is left out.

    Unanswerable where there are more than MOST_CELLS.
    """
    found = dict.fromkeys(cell for name in names if (cell := read_name(name)))
    if len(found) > MOST_CELLS:
        raise Unanswerable(
            f"At most {MOST_CELLS} cells are weighed in one pass. Choose fewer, and weigh the others after."
        )
    return list(found)


def get_weighing(slug: str, source: str, quote: str, cells: Iterable[tuple[str, int]], *, by: Who) -> Weighing:
    """At most seventeen queries, however many cells; cells that are not there are left out.

    Hidden where there is no such quote in this source; Forbidden for those who may not record stances.
    """
    workspace = get_workspace(slug, by=by, to=Act.EDIT)
    row = Source.objects.filter(negotiation_id=workspace.id, slug=source).first()
    found = quotes.of_negotiation(workspace.id).filter(snapshot__source=row, slug=quote).first() if row else None
    if row is None or found is None:
        raise Hidden(f"There is no quote {quote!r} in a source {source!r} here.")
    parties = present(Party.objects.filter(negotiation_id=workspace.id)).order_by("order", "name")
    priorities = present(Priority.objects.filter(negotiation_id=workspace.id)).order_by("number")
    chosen = get_cells(workspace, cells)
    return Weighing(
        workspace=workspace,
        source=Identified(row.pk, row.slug, row.title),
        quote=quotes.cited(found),
        text=found.snapshot.number,
        cells=chosen,
        reasons=of_cells(workspace, [cell.id for cell in chosen]),
        parties=tuple(Identified(party.pk, party.slug, party.name) for party in parties),
        priorities=tuple(numbered(priority) for priority in priorities),
    )


def get_cells(workspace: Workspace, wanted: Iterable[tuple[str, int]]) -> tuple[Cell, ...]:
    """The cells of these parties' slugs and priorities' numbers as of today, in the order of the board.

    Those that are not there are left out; neighbours are not told. Five queries, however many cells.
    """
    wanted = set(wanted)
    rows = Position.objects.filter(
        negotiation_id=workspace.id,
        party__slug__in={slug for slug, _ in wanted},
        priority__number__in={number for _, number in wanted},
    )
    rows = present(rows).select_related("party", "priority").order_by("party__order", "party__name", "priority__number")
    positions = [row for row in rows if (row.party.slug, row.priority.number) in wanted]
    ids = [position.pk for position in positions]
    moment = now(workspace)
    stood = {standing.position_id: standing for standing in stood_at(workspace, moment, ids)}
    recorded = histories(workspace, ids)
    return tuple(_cell(workspace, p, moment, stood[p.pk], recorded[p.pk]) for p in positions)


def _cell(
    workspace: Workspace, position: Position, moment: Moment, standing: Standing, history: Sequence[Record]
) -> Cell:
    return Cell(
        workspace=workspace,
        id=position.pk,
        party=Identified(position.party_id, position.party.slug, position.party.name),
        number=position.priority.number,
        priority=position.priority.name,
        is_linked=numbered(position.priority).is_linked,
        version=position.version,
        moment=moment,
        standing=standing,
        current=next((record for record in history if record.seq == standing.seq), None),
        history=tuple(history),
        neighbours=(),
        through=(),
    )


def choices_for(cell: Cell) -> tuple[Choice, ...]:
    """What can be decided for a cell: nothing stays the same where nothing stands any more."""
    if cell.current is None:
        return (Choice.CHANGE, Choice.LATER) if cell.history else (Choice.SAME, Choice.CHANGE, Choice.LATER)
    if cell.current.code == Code.UNKNOWN:
        return (Choice.SAME, Choice.CHANGE, Choice.LATER)
    return tuple(Choice)


def rests_on(cell: Cell, quote: int) -> str:
    """How the standing stance of a cell rests on a quote, in words such as `supports the judgement`; empty if not."""
    proofs = cell.current.evidence if cell.current else ()
    return next((Bearing(p.bearing).label.lower() for p in proofs if p.quote and p.quote.id == quote), "")


def same(record: Record | None, quote: int, bearing: str, why: str) -> Draft:
    """A stance once more as it is, resting on the quote too; its bearing is said anew if it did so already.

    `unknown` stays so with the quote as context, and becomes a cell's first record where there is none.
    """
    if record is None:
        evidence = (Item(Bearing.CONTEXT, quote=quote),)
        first = Cause.FIRST
        return Draft(first, Code.UNKNOWN, why, confidence=Confidence.LOW, evidence=evidence)
    bearing = Bearing.CONTEXT if record.code == Code.UNKNOWN else bearing
    return Draft(
        cause=Cause.EVIDENCE,
        code=record.code,
        rationale=record.rationale,
        conditions=record.conditions,
        limits=record.limits,
        depends_on=tuple(party.id for party in record.depends_on),
        red_line=record.red_line,
        confidence=record.confidence,
        held_from=record.held_from,
        precision=record.precision,
        replaces=record.seq,
        evidence=(*(item for item in record.items if item.quote != quote), Item(bearing, quote=quote)),
    )


def proposed(cell: Cell, quote: Cited, bearing: str) -> Confidence:
    """The confidence that a cell's evidence allows once it rests on the quote too (domain/confidence.py)."""
    supporting = {
        proof.quote.id: proof.quote
        for proof in (cell.current.evidence if cell.current else ())
        if proof.quote and proof.bearing == Bearing.SUPPORTS
    }
    supporting.pop(quote.id, None)
    if bearing == Bearing.SUPPORTS:
        supporting[quote.id] = quote
    return confidence.propose(each.graded for each in supporting.values() if each.counts)
