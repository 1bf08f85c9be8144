"""Rows that curators edit in place: saving one with its links as one act, and telling when two people edit the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from django.db import transaction
from django.db.models import Field, Model, Q, QuerySet

from ..models import Change, Negotiation, RowEdit, Source
from . import cell_copies, changes, removals
from .permissions import Who, require_administrator, require_curator
from .places import problem_of_quotes

Link = tuple[type[Model], str]  # a table of links, and its key to the row that they are edited with


NAMES_WHAT_IS_OUT = "Something that this names was taken out meanwhile. Name another, or undo that act first."


class Refused(Exception):
    """This can't be done as it was asked. The message is a sentence to show."""


@transaction.atomic
def save(row: Model, *, by: Who, why: str = "", links: Callable[[], None] | None = None) -> None:
    """Add or change `row`, then write its `links`, as one act with one place in the log.

    Negotiations themselves are for administrators, all else for curators; Forbidden otherwise. Refused where
    something is named that was taken out or undone.
    """
    is_new = row.pk is None
    negotiation = negotiation_of(row)
    if isinstance(row, Negotiation):
        require_administrator(by)
    else:
        require_curator(by, negotiation)
    moves_cells = isinstance(row, Source) and not is_new and _counts_otherwise(row)
    if moves_cells:
        cell_copies.lock_cells(negotiation)
    verb, what = told_of(row)
    taken = changes.take(negotiation, by=by, verb=verb, what=what, why=why.strip())
    write(row, links, revision=taken.revision)
    if moves_cells:
        cell_copies.refresh_cells(negotiation, sources=[row.pk])


def told_of(row: Model) -> tuple[str, str]:
    """How the log tells of saving `row`: what is done, and to what."""
    return "changed" if row.pk else "added", f"{row._meta.verbose_name} {row}"


def write(row: Model, links: Callable[[], None] | None = None, *, revision: int) -> None:
    """Write `row` and then its `links`, once the act has its place in the log. Refused where a link can't be.

    Gone where the row was taken out.
    """
    if row.pk:
        removals.require_present(type(row)._default_manager.filter(pk=row.pk))
    # Only what people edit: a copy such as a status may have moved on since the row was read.
    row.save(update_fields=[field.name for field in _edited(row)] if row.pk else None)
    if links is not None:
        links()
    _refuse_undone(negotiation_of(row), revision)


def _refuse_undone(negotiation: int, revision: int) -> None:
    """What is newly named must count. Forms are checked before the log's lock; an undo may have come first."""
    edits = RowEdit.objects.filter(change__negotiation=negotiation, change__revision=revision)
    told = [(removals.model_of(table), after) for table, after in edits.values_list("table", "after") if after]
    try:
        removals.require_named(told)
    except removals.Gone as gone:
        raise Refused(NAMES_WHAT_IS_OUT) from gone
    named = edits.filter(after__has_key="quote_id").values_list("after__quote_id", flat=True)
    if problem := problem_of_quotes(negotiation, {quote for quote in named if quote is not None}):
        raise Refused(problem)


def _counts_otherwise(source: Source) -> bool:
    """Whether it has another outlet or origin than is stored, so that other cells rest on fewer or more origins."""
    stored = Source.objects.filter(pk=source.pk).values_list("outlet_id", "origin_id").first()
    return stored != (source.outlet_id, source.origin_id)


def lock(row: Model) -> None:
    """Let nobody else save `row` until this transaction ends, and read it again. Before anything else is locked."""
    hold(row)
    row.refresh_from_db()


def hold(row: Model) -> None:
    """The same, but keep what `row` was given to be saved."""
    type(row)._default_manager.select_for_update(no_key=True).values("pk").get(pk=row.pk)


def negotiation_of(row: Model) -> int:
    return row.pk if isinstance(row, Negotiation) else row.negotiation_id  # type: ignore[attr-defined]


def version_of(row: Model, links: Sequence[Link] = ()) -> str:
    """What is stored now of a row and of each of its tables of links, as short hashes joined by hyphens.

    One query for each table of links.
    """
    parts = [_hash([field.value_from_object(row) for field in _edited(row)])]
    for model, key in links:
        parts.append(_hash(list(model._default_manager.filter(**{key: row.pk}).order_by("pk").values_list())))
    return "-".join(parts)


def _edited(row: Model) -> list[Field]:
    return [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]


def _hash(values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()[:16]


def edits_of(row: Model, links: Sequence[Link] = ()) -> QuerySet[RowEdit]:
    """What the log has of a row and its links."""
    edits = Q(table=row._meta.db_table, row=row.pk)
    for model, key in links:
        still_there = model._default_manager.filter(**{key: row.pk}).values("pk")
        ever = Q(**{f"after__{key}_id": row.pk}) | Q(**{f"before__{key}_id": row.pk})
        edits |= Q(table=model._meta.db_table) & (Q(row__in=still_there) | ever)
    return RowEdit.objects.filter(edits)


def changes_of(row: Model, links: Sequence[Link] = (), *, most: int = 100) -> list[Change]:
    """The acts that edited a row or its links, newest first, each with its author."""
    ids = edits_of(row, links).values("change")
    return list(Change.objects.filter(pk__in=ids).select_related("by").order_by("-pk")[:most])
