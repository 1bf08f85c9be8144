"""What was taken out, because its adding was undone: for filters, and for pages that say so.

Nouns, texts, and what was added to contradictions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, BooleanField, Model, QuerySet, Value
from django.db.models.functions import Coalesce

from ..models import (
    Anchoring,
    Assignment,
    Attendance,
    Beneficiary,
    Change,
    CollectiveMember,
    Commitment,
    ContradictionCell,
    ContradictionProof,
    ContradictionSide,
    Draft,
    Instrument,
    Meeting,
    Original,
    Outlet,
    Party,
    Person,
    Position,
    Priority,
    Signature,
    Snapshot,
    Watch,
)
from .in_sql import asked
from .negotiations import Workspace
from .permissions import Forbidden

NOUNS: tuple[type[Model], ...] = (Priority, Party, Person, Meeting, Instrument, Commitment, Outlet)
OF_CONTRADICTIONS: tuple[type[Model], ...] = (ContradictionSide, ContradictionProof, ContradictionCell)
REMOVABLE: tuple[type[Model], ...] = (*NOUNS, Snapshot, *OF_CONTRADICTIONS)
CELL = ("party", "priority")
# What goes, and comes back, with the nouns that it belongs to.
BELONGS_TO: dict[type[Model], tuple[str, ...]] = {
    CollectiveMember: ("collective",),
    Attendance: ("meeting",),
    Signature: ("instrument",),
    Beneficiary: ("commitment",),
}
# What is left out with them beside that: cells, places in a text, and what people keep for themselves.
SHOWN_WITH: dict[type[Model], tuple[str, ...]] = {
    Position: CELL,
    Watch: CELL,
    Anchoring: ("snapshot",),
    Original: ("snapshot",),
    ContradictionProof: ("side",),
    Draft: tuple(f"position__{noun}" for noun in CELL),
    Assignment: tuple(f"position__{noun}" for noun in CELL),
}


def _at_the_end(model: Any, path: str) -> type[Model]:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


# What may be taken out, so that rows of a model are not there; and the path that leads to it.
OWNERS: dict[type[Model], list[tuple[type[Model], str]]] = {model: [(model, "pk")] for model in REMOVABLE}
for _model, _paths in (BELONGS_TO | SHOWN_WITH).items():
    OWNERS.setdefault(_model, []).extend((_at_the_end(_model, path), f"{path}_id") for path in _paths)

GONE = "This was taken out, so nothing can be added to it. To have it back, undo the act that took it out."


class Gone(Forbidden):
    """It was taken out, maybe since a form was opened: what was typed there is shown again."""


def present(rows: QuerySet[Any], *, until: int | None = None, but: type[Model] | None = None) -> QuerySet[Any]:
    """Those that are not taken out, or were not at revision `until`, nor what they belong to. No query of its own.

    `but` is what they belong to and may be out: the noun whose page is shown.
    """
    out = [
        asked(f"NOT EXISTS (SELECT FROM {_removal(model, until)})", path, kind=BooleanField())
        for model, path in OWNERS.get(rows.model, ())
        if model is not but
    ]
    return rows.filter(*out) if out else rows


def with_removed(rows: QuerySet[Any], *, until: int | None = None) -> QuerySet[Any]:
    """All, each with `removed`: the revision of the act that took it out, or what it belongs to; None where there."""
    out = [
        asked(f"(SELECT m.since FROM {_removal(model, until)} LIMIT 1)", path, kind=BigIntegerField())
        for model, path in OWNERS.get(rows.model, ())
    ]
    never = Value(None, BigIntegerField())
    return rows.annotate(removed=Coalesce(*out, never) if out else never)


def _removal(model: type[Model], until: int | None) -> str:
    """The removal of a row of `model`, now or at revision `until`: what follows FROM."""
    return removal_of(model._meta.db_table, "%(expressions)s", until)


def is_present(model: type[Model], alias: str, until: int | None = None) -> str:
    """What keeps of the rows of `model` that SQL calls `alias` those of `present`; each condition after an AND."""
    return " ".join(
        f"AND NOT EXISTS (SELECT FROM {removal_of(owner._meta.db_table, f'{alias}.{_column(path)}', until)})"
        for owner, path in OWNERS[model]
    )


def _column(path: str) -> str:
    return "id" if path == "pk" else path


def removal_of(table: str, row: str, until: int | None = None) -> str:
    """The removal of the row of `table` whose id is `row`, in SQL, now or at revision `until`: what follows FROM."""
    then = "m.until IS NULL"
    if until is not None:
        then = f"m.since <= {int(until)} AND (m.until IS NULL OR m.until > {int(until)})"
    return f"""negotiations_removal m WHERE m."table" = '{table}' AND m."row" = {row} AND {then}"""


def require_present(rows: QuerySet[Any]) -> None:
    """Gone where one of these was taken out. One query, for what can be."""
    if rows.model in OWNERS and rows.exclude(pk__in=present(rows).values("pk")).exists():
        raise Gone(GONE)


def model_of(table: str) -> type[Model]:
    """The model of a table that the log names."""
    return apps.get_model("negotiations", table.removeprefix("negotiations_"))


def require_named(edits: Iterable[tuple[type[Model], Mapping[str, Any]]]) -> None:
    """Gone where rows with these values, by column, name a noun that was taken out. A query for each kind."""
    named: dict[type[Model], set[int]] = defaultdict(set)
    for model, values in edits:
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model in NOUNS and values.get(field.attname) is not None:
                named[field.remote_field.model].add(values[field.attname])
    for noun, ids in named.items():
        require_present(noun._default_manager.filter(pk__in=ids))


@dataclass(frozen=True)
class TakenOut:
    """The act that took a noun out: to have it back, undo that act."""

    revision: int
    at: datetime
    by: str
    why: str


def taken_out(workspace: Workspace, removed: int | None) -> TakenOut | None:
    """How it was taken out by the act of that revision; None, and no query, where it was not."""
    from .log import name_of_author  # which reads the log by what was taken out

    if removed is None:
        return None
    rows = Change.objects.filter(negotiation_id=workspace.id, revision=removed)
    change = rows.annotate(by_name=name_of_author()).get()
    return TakenOut(removed, change.at, change.by_name, change.why)
