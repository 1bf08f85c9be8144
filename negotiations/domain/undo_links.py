"""Undoing what came of links, such as attendance: they go again, or come back under their number."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Model, UniqueConstraint

from ..models import DELETABLE, Membership, RowEdit
from .parts import Part, Told
from .undo_plans import Blocker, Plan, Undoing, Writing
from .undo_refs import leads, lost

LINKS: tuple[type[Model], ...] = tuple(model for model in DELETABLE if model is not Membership)


def take_away(act: Undoing, model: type[Model], edit: RowEdit, part: Part) -> Plan:
    blockers = edited_since(act, edit, part, None, list(edit.after or {}))
    there = [edit.row] if stored(model, edit.row) else _same_link(model, edit.after or {})
    refusals = () if there or blockers else (f"The {part.noun} is not there any more.",)
    told = Part("", part.noun, part.name, part.link, tuple(Told(f.name, f.new, "nothing") for f in part.fields))
    return Plan((told,), (partial(_delete, model, there),), blockers, refusals)


def _delete(model: type[Model], rows: Sequence[int], writing: Writing) -> None:
    model._default_manager.filter(pk__in=rows, negotiation=writing.workspace.id).delete()


def put_back(act: Undoing, model: type[Model], edit: RowEdit, part: Part) -> Plan:
    """Where a link of the same two was added since, that one stays."""
    before = edit.before or {}
    blockers = _added_since(act, edit.table, _same_link(model, before), part) + lost(leads(model, before))
    told = Part("", part.noun, part.name, part.link, tuple(Told(f.name, "", f.old) for f in part.fields))
    return Plan((told,), (partial(_insert, model, before),), blockers)


def _same_link(model: type[Model], values: Mapping[str, Any]) -> list[int]:
    """Links between the same rows as this one, as the table's constraints tell them apart."""
    found = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            columns = [field.attname for field in model._meta.concrete_fields if field.name in constraint.fields]
            found += _like(model, {column: values.get(column) for column in columns})
    return list(dict.fromkeys(found))


def _like(model: type[Model], values: Mapping[str, Any]) -> list[int]:
    nulls = {f"{name}__isnull": True for name, value in values.items() if value is None}
    rest = {name: value for name, value in values.items() if value is not None}
    return list(model._default_manager.filter(**nulls, **rest).values_list("pk", flat=True))


def _added_since(act: Undoing, table: str, rows: list[int], part: Part) -> tuple[Blocker, ...]:
    found = []
    for row in rows:
        added = RowEdit.objects.filter(table=table, row=row, before__isnull=True)
        revision = added.values_list("change__revision", flat=True).first() or act.revision
        found.append(Blocker(f"The {part.noun} is there again.", revision))
    return tuple(found)


def _insert(model: type[Model], before: Mapping[str, Any], writing: Writing) -> None:
    """With the number that it had, by which later acts know it; one that came in a file as gone gets a new one."""
    table = model._meta.db_table
    values = {**before, "negotiation_id": writing.workspace.id}
    if values.get("id", 0) <= 0:
        values.pop("id", None)
    columns = ", ".join(connection.ops.quote_name(name) for name in values)
    old = ", ".join(f"old.{connection.ops.quote_name(name)}" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {old} FROM jsonb_populate_record(NULL::{table}, %s) old",
            [json.dumps(values)],
        )


# --- what any row was and is


def edited_since(
    act: Undoing, edit: RowEdit, part: Part, now: Mapping[str, Any] | None, columns: list[str]
) -> tuple[Blocker, ...]:
    """Later acts that edited the same fields of a row, or took it away."""
    later = RowEdit.objects.filter(table=edit.table, row=edit.row, change__revision__gt=act.revision)
    revisions = [
        revision
        for revision, after in later.values_list("change__revision", "after")
        if after is None or set(after) & set(columns)
    ]
    name = f"{part.noun} {part.name}".strip()
    return act.built_on(f"The same of {name} was changed since.", revisions)


def stored(model: type[Model], pk: int) -> dict[str, Any] | None:
    """A row as the log would tell it now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {model._meta.db_table} t WHERE id = %s", [pk])
        found = cursor.fetchone()
    return json.loads(found[0]) if found else None
