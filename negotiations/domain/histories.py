"""The history of a thing, a cell or any other: what each act did to it, the newest first, word by word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from ..models import (
    AnchoringDecision,
    Attendance,
    Beneficiary,
    Change,
    ClaimGrading,
    CollectiveMember,
    Commitment,
    CommitmentEvent,
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
    Instrument,
    Meeting,
    Outlet,
    OutletGrading,
    Party,
    PassageJudgement,
    Person,
    Position,
    Priority,
    Question,
    QuestionEvent,
    Quote,
    RowEdit,
    Signature,
    Snapshot,
    Source,
    SourceGrading,
    Stance,
    Stay,
)
from ..texts.sentences import first_sentence
from . import log_parts
from .log import name_of_author, undone_by
from .names import of_cell
from .negotiations import Workspace, get_workspace
from .parts import Link, Part
from .permissions import Hidden, Who
from .removals import TakenOut, taken_out, with_removed

ON_A_PAGE = 25  # acts
MOST = 200  # parts on a page

Rows = list[QuerySet[Any]]


@dataclass(frozen=True)
class Happened:
    """One act, as far as it did something to the thing. `undone_by` is the revision of the act that undid it."""

    revision: int
    at: datetime
    by: str
    verb: str
    what: str
    why: str
    undoes: int | None
    undone_by: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class HistoryPage:
    """`older` is what the next page comes before; None where there is none. `and_more`: some parts are not told."""

    workspace: Workspace
    noun: str
    name: str
    link: Link | None
    happened: tuple[Happened, ...]
    older: int | None
    is_beginning: bool
    and_more: bool
    taken_out: TakenOut | None


def edits_of(row: Model) -> QuerySet[RowEdit]:
    return RowEdit.objects.filter(table=row._meta.db_table, row=row.pk)


def _links_of(row: Model, *links: tuple[type[Model], str]) -> Rows:
    """What was done to the rows that link this one to others: those that are there, and those that came or went."""
    found = []
    for model, key in links:
        table = model._meta.db_table
        there: QuerySet[Any] = model._default_manager.filter(**{key: row.pk})
        came_or_went = Q(after__contains={f"{key}_id": row.pk}) | Q(before__contains={f"{key}_id": row.pk})
        were_there: QuerySet[Any] = RowEdit.objects.filter(came_or_went, table=table)
        for ids in (there.values("pk"), were_there.values("row")):
            found.append(RowEdit.objects.filter(table=table, row__in=ids))
    return found


def _party(row: Party) -> Rows:
    links = (
        (CollectiveMember, "member"),
        (CollectiveMember, "collective"),
        (Attendance, "party"),
        (Signature, "party"),
    )
    return _links_of(row, *links, (Beneficiary, "party"))


def _contradiction(row: Contradiction) -> Rows:
    return [
        ContradictionSide.objects.filter(contradiction=row),
        ContradictionProof.objects.filter(side__contradiction=row),
        ContradictionCell.objects.filter(contradiction=row),
        ContradictionRuling.objects.filter(contradiction=row),
    ]


def _cell(row: Position) -> Rows:
    asked = Question.objects.filter(position=row).values("pk")
    return [
        Stance.objects.filter(position=row),
        Stay.objects.filter(position=row),
        ContradictionCell.objects.filter(position=row),
        PassageJudgement.objects.filter(position=row),
        RowEdit.objects.filter(table=Question._meta.db_table, row__in=asked),
        QuestionEvent.objects.filter(question__position=row),
    ]


def _quote(row: Quote) -> Rows:
    return [
        Quote.objects.filter(pk=row.pk),
        ClaimGrading.objects.filter(quote=row),
        AnchoringDecision.objects.filter(anchoring__quote=row),
    ]


@dataclass(frozen=True)
class Thing:
    """A noun with a history: its model, the column that names a row in its address, and what is told beside the edits
    of the row itself."""

    model: type[Model]
    key: str
    rows: Callable[[Any], Rows]


THINGS = {
    "party": Thing(Party, "slug", _party),
    "priority": Thing(Priority, "number", lambda row: []),
    "person": Thing(Person, "slug", lambda row: _links_of(row, (Attendance, "person"))),
    "meeting": Thing(Meeting, "slug", lambda row: _links_of(row, (Attendance, "meeting"))),
    "instrument": Thing(Instrument, "slug", lambda row: _links_of(row, (Signature, "instrument"))),
    "commitment": Thing(
        Commitment,
        "slug",
        lambda row: [CommitmentEvent.objects.filter(commitment=row), *_links_of(row, (Beneficiary, "commitment"))],
    ),
    "outlet": Thing(Outlet, "slug", lambda row: [OutletGrading.objects.filter(outlet=row)]),
    "source": Thing(
        Source,
        "slug",
        lambda row: [
            SourceGrading.objects.filter(source=row),
            Snapshot.objects.filter(source=row),
            Quote.objects.filter(snapshot__source=row),
        ],
    ),
    "quote": Thing(Quote, "slug", _quote),
    "contradiction": Thing(Contradiction, "slug", _contradiction),
    "question": Thing(Question, "slug", lambda row: [QuestionEvent.objects.filter(question=row)]),
}


def get_history(slug: str, kind: str, key: str, *, by: Who, before: str = "") -> HistoryPage:
    """What was done to a thing before revision `before`, or up to now; Hidden where there is no such thing.

    A fixed number of queries for each kind of what was done.
    """
    workspace = get_workspace(slug, by=by)
    thing = THINGS.get(kind)
    if thing is None or (thing.key == "number" and not _is_number(key)):
        raise Hidden(f"Nothing called {kind!r} has a history.")
    rows = thing.model._default_manager.filter(**{"negotiation_id": workspace.id, thing.key: key})
    row = with_removed(rows).first()
    if row is None:
        raise Hidden(f"There is no {kind} {key!r} here.")
    link = _link_of(kind, row)
    name = first_sentence(str(row), 120)
    out = taken_out(workspace, row.removed)
    return _page(workspace, kind, name, link, [edits_of(row), *thing.rows(row)], before, out)


def get_cell_history(slug: str, party: str, number: int, *, by: Who, before: str = "") -> HistoryPage:
    """The same of a cell."""
    workspace = get_workspace(slug, by=by)
    rows = Position.objects.filter(negotiation_id=workspace.id, party__slug=party, priority__number=number)
    cell = with_removed(rows).select_related("party", "priority").first()
    if cell is None:
        raise Hidden("There is no such cell.")
    name = of_cell(cell.party.name, cell.priority.number, cell.priority.name)
    out = taken_out(workspace, cell.removed)
    return _page(workspace, "cell", name, Link("cell", (party, number)), _cell(cell), before, out)


def _link_of(kind: str, row: Any) -> Link | None:
    if kind == "quote":
        source = Source.objects.filter(snapshots__quotes=row).values_list("slug", flat=True).get()
        return Link("source", (source,), f"q-{row.slug}")
    return None if kind == "outlet" else Link(kind, (row.number if kind == "priority" else row.slug,))


def _page(
    workspace: Workspace, noun: str, name: str, link: Link | None, rows: Rows, before: str, out: TakenOut | None
) -> HistoryPage:
    end = int(before) if _is_number(before) and 1 < int(before) <= workspace.revision else workspace.revision + 1
    found = [ref[:3] for ref in log_parts.refs(_before(each, end) for each in rows)[: MOST + 1]]
    revisions = list(dict.fromkeys(revision for revision, _, _ in found))
    cut = len(found) > MOST
    if cut and len(revisions) > 1:  # the last act may not be there as a whole
        revisions.pop()
    shown = revisions[:ON_A_PAGE]
    return HistoryPage(
        workspace=workspace,
        noun=noun,
        name=name,
        link=link,
        happened=_happened(workspace, shown, log_parts.tell(workspace.id, [ref for ref in found if ref[0] in shown])),
        older=shown[-1] if cut or len(revisions) > ON_A_PAGE else None,
        is_beginning=end > workspace.revision,
        and_more=cut and len(revisions) == 1,
        taken_out=out,
    )


def _before(rows: QuerySet[Any], end: int) -> QuerySet[Any]:
    return rows.filter(**{"change__revision__lt" if rows.model is RowEdit else "revision__lt": end})


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _happened(workspace: Workspace, revisions: list[int], parts: dict[int, list[Part]]) -> tuple[Happened, ...]:
    rows = Change.objects.filter(negotiation_id=workspace.id, revision__in=revisions)
    undone = undone_by(workspace.id, revisions)
    changes = {row.revision: row for row in rows.annotate(by_name=name_of_author())}
    return tuple(
        Happened(
            revision=revision,
            at=changes[revision].at,
            by=changes[revision].by_name,
            verb=changes[revision].verb,
            what=changes[revision].what,
            why=changes[revision].why,
            undoes=changes[revision].undoes,
            undone_by=undone.get(revision),
            parts=tuple(parts[revision]),
        )
        for revision in revisions
    )
