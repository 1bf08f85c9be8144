"""What acts did, part by part: the rows that they added or edited, found by revision and told in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Model, QuerySet, Value

from ..models import (
    Anchoring,
    CommentMention,
    Commitment,
    Contradiction,
    Dependence,
    Evidence,
    Instrument,
    Meeting,
    Original,
    Outlet,
    Party,
    Person,
    Priority,
    Question,
    RowEdit,
    Source,
    Stance,
)
from . import stance_parts
from .log_edits import LINKS, Edit, Raw, edits_in_full
from .parts import Link, Part, Told, text
from .record_parts import TELLERS, Teller

# What is told with something else: with its stance, its text, its quote, its comment.
TOLD_WITH_ANOTHER = (Dependence, Evidence, Original, Anchoring, CommentMention)

# Kinds of parts, in the order in which an act's are told.
MODELS: tuple[type[Model], ...] = (Stance, *TELLERS)
KINDS = {model.__name__: model for model in MODELS}
EDIT = "RowEdit"

# Tables whose rows have a page: the address's name, and the column that stands in it.
PAGES: dict[str, tuple[str, type[Model], str]] = {
    "party": ("party", Party, "slug"),
    "person": ("person", Person, "slug"),
    "meeting": ("meeting", Meeting, "slug"),
    "instrument": ("instrument", Instrument, "slug"),
    "commitment": ("commitment", Commitment, "slug"),
    "source": ("source", Source, "slug"),
    "priority": ("priority", Priority, "number"),
    "contradiction": ("contradiction", Contradiction, "slug"),
    "question": ("question", Question, "slug"),
    "outlet": ("history", Outlet, "slug"),
}


Ref = tuple[int, str, int]  # revision, kind, id of the row


def refs(rows: Iterable[QuerySet[Any]]) -> QuerySet[Any]:
    """Rows of several kinds as one query of Refs, the newest act first, in each act in the order of KINDS."""
    parts = [_as_refs(each) for each in rows]
    return parts[0].union(*parts[1:]).order_by("-at_revision", "rank", "row_id")


def _as_refs(rows: QuerySet[Any]) -> QuerySet[Any]:
    kind = rows.model.__name__
    revision = F("change__revision") if rows.model is RowEdit else F("revision")
    rank = [*KINDS, EDIT].index(kind)
    told = rows.order_by().annotate(at_revision=revision, rank=Value(rank), of_kind=Value(kind), row_id=F("pk"))
    return told.values_list("at_revision", "of_kind", "row_id", "rank")


def of_act(negotiation: int, revision: int) -> QuerySet[Any]:
    """All that one act did, as a query of Refs."""
    rows = [model._default_manager.filter(negotiation_id=negotiation, revision=revision) for model in KINDS.values()]
    return refs([*rows, RowEdit.objects.filter(change__negotiation=negotiation, change__revision=revision)])


def tell(negotiation: int, found: Iterable[Ref]) -> dict[int, list[Part]]:
    """The parts of each act, by its revision. A fixed number of queries for each kind that occurs."""
    found = list(found)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for _, kind, pk in found:
        by_kind[kind].append(pk)
    told = {kind: _teller(negotiation, kind)(ids) for kind, ids in by_kind.items()}
    parts: dict[int, list[Part]] = defaultdict(list)
    for revision, kind, pk in found:
        parts[revision].append(told[kind][pk])
    return parts


def _teller(negotiation: int, kind: str) -> Teller:
    if kind == EDIT:
        return lambda ids: tell_edits(negotiation, ids)
    return stance_parts.tell if kind == "Stance" else TELLERS[KINDS[kind]]


def tell_edits(negotiation: int, ids: Sequence[int]) -> dict[int, Part]:
    edits = edits_in_full(negotiation, ids)
    links = _links(row for row, _ in edits.values())
    return {pk: _edit(row, edit, links) for pk, (row, edit) in edits.items()}


def _edit(row: Raw, edit: Edit, links: Mapping[tuple[str, int], Link]) -> Part:
    fields = tuple(
        text(field.name, field.old, field.new)
        if field.is_text
        else Told(field.name, "" if edit.act == "added" else field.old, "" if edit.act == "removed" else field.new)
        for field in edit.fields
    )
    return Part(edit.act, edit.noun, edit.name, links.get((row.table, row.row)) or _end(row, links), fields)


def _end(row: Raw, links: Mapping[tuple[str, int], Link]) -> Link | None:
    """Where a row that links two others leads: to the second, such as the meeting of an attendance."""
    if row.table not in LINKS:
        return None
    column = LINKS[row.table][2]
    table = {"collective_id": "party"}.get(column, column.removesuffix("_id"))
    return links.get((table, row.whole.get(column, 0)))


def _links(rows: Iterable[Raw]) -> Mapping[tuple[str, int], Link]:
    """Where the rows that were edited, and those that they link, have a page. One query for each table."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for table, pk in row.named():
            wanted[table].add(pk)
    found = {}
    for table, (page, model, column) in PAGES.items():
        if table not in wanted:
            continue
        for pk, key in model._default_manager.filter(pk__in=wanted[table]).values_list("pk", column):
            found[table, pk] = Link(page, (table, key) if page == "history" else (key,))
    return found
