"""Undoing edits of rows: fields are set back, links come back or go again. What never goes says so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model, UniqueConstraint

from ..models import (
    DELETABLE,
    CommitmentEvent,
    ContradictionProof,
    Evidence,
    Membership,
    Outlet,
    Question,
    QuestionEvent,
    RowEdit,
    Signature,
    Snapshot,
    Source,
    SourceGrading,
)
from ..models.sources import SourceStatus
from . import log_parts, merging
from .origins import goes_back_to
from .parts import Part, Told, text
from .records import Refused
from .undo_events import plan_asked
from .undo_gradings import to_status
from .undo_plans import Blocker, Plan, Undoing, Writing

ACCESS = "Who has access is not undone here: give or take it where access is kept."
SETTINGS = (
    "What a negotiation is, and who may see it, is not undone here: administrators say so again where they said it."
)
STAYS = (
    "A {} that was added is never taken away, since its address may stand elsewhere. Change it to what it should be."
)
OUTLET = "Outlet “{}” stays: nothing counts by it alone."
LINKS: tuple[type[Model], ...] = tuple(model for model in DELETABLE if model is not Membership)
TOLD_ELSEWHERE = ("contradiction",)  # what was added there is told, and resolved, by its sides


def plan(act: Undoing, ids: Sequence[int]) -> Plan:
    """How the edits of these ids are undone, the last one first."""
    edits = _by_row(RowEdit.objects.filter(pk__in=ids).order_by("pk"))
    told = log_parts.tell_edits(act.workspace.id, [edit.pk for edit in edits])
    with_source = any(edit.table == Source._meta.db_table and edit.before is None for edit in edits)
    found = Plan()
    for edit in edits:
        found += _plan_one(act, edit, told[edit.pk], with_source)
    return found


def _by_row(edits: Iterable[RowEdit]) -> list[RowEdit]:
    """The last edit of each row, with what the row was before the first; what came and went at once is left out."""
    rows: dict[tuple[str, int], RowEdit] = {}
    for edit in edits:
        first = rows.pop((edit.table, edit.row), None)
        if first is not None and first.before is None:
            edit.before = None
        elif first is not None:
            edit.before = {**(edit.before or {}), **(first.before or {})}
        if first is not None and edit.after is not None:
            edit.after = {**(first.after or {}), **edit.after}
        if edit.before is not None or edit.after is not None:
            rows[edit.table, edit.row] = edit
    return list(rows.values())[::-1]


def _plan_one(act: Undoing, edit: RowEdit, part: Part, with_source: bool) -> Plan:
    table = edit.table.removeprefix("negotiations_")
    if table == "membership":
        return Plan(refusals=(ACCESS,))
    if table == "negotiation":
        return Plan(refusals=(SETTINGS,))
    model: type[Model] = apps.get_model("negotiations", table)
    if edit.before is not None and edit.after is not None:
        return _set_back(act, model, edit, part)
    if model in LINKS:
        return _take_away(act, model, edit, part) if edit.before is None else _put_back(act, model, edit, part)
    return _added(act, model, edit, part, with_source)


def _added(act: Undoing, model: type[Model], edit: RowEdit, part: Part, with_source: bool) -> Plan:
    """A row that has an address is never taken away; a few kinds have a word for what is not wanted."""
    row = model._default_manager.get(pk=edit.row)
    if isinstance(row, Question):
        return plan_asked(act, row)
    if isinstance(row, Source):
        plan = to_status(act, row, SourceStatus.REJECTED, now=SourceStatus(row.status))
        return plan + Plan(blockers=_uses_of(act, row))
    if isinstance(row, Outlet) and with_source:
        return Plan(stays=(OUTLET.format(row),))
    if model._meta.model_name in TOLD_ELSEWHERE:
        return Plan()
    return Plan(refusals=(STAYS.format(part.noun),))


def _uses_of(act: Undoing, row: Source) -> tuple[Blocker, ...]:
    """What was built on a source since it was added; quotes are looked at by whoever gives it another status."""
    texts = Snapshot.objects.filter(source=row)
    uses: dict[str, Any] = {
        f"Source “{row.title}” was graded since.": SourceGrading.objects.filter(source=row),
        f"A text was added to source “{row.title}” since.": texts,
        f"A stance rests on source “{row.title}”.": Evidence.objects.filter(source=row),
        f"A contradiction rests on source “{row.title}”.": ContradictionProof.objects.filter(source=row),
        f"A question is answered from source “{row.title}”.": QuestionEvent.objects.filter(source=row),
        f"A step of a commitment rests on source “{row.title}”.": CommitmentEvent.objects.filter(source=row),
    }
    found = [
        blocker
        for sentence, rows in uses.items()
        for blocker in act.built_on(sentence, rows.values_list("revision", flat=True))
    ]
    named = RowEdit.objects.filter(change__negotiation=act.workspace.id, change__revision__gt=act.revision)
    leads = [
        (f"Source “{row.title}” was changed since.", named.filter(table=Source._meta.db_table, row=row.pk)),
        *(
            (sentence, named.filter(table=model._meta.db_table, after__contains={column: row.pk}))
            for model, column, sentence in (
                (Source, "origin_id", f"Another source repeats source “{row.title}”."),
                (Source, "merged_into_id", f"Another source was merged into source “{row.title}”."),
                (Signature, "source_id", f"A signature rests on source “{row.title}”."),
            )
        ),
    ]
    for sentence, rows in leads:
        found += act.built_on(sentence, rows.values_list("change__revision", flat=True))
    return tuple(found)


# --- fields


def _set_back(act: Undoing, model: type[Model], edit: RowEdit, part: Part) -> Plan:
    before, after = edit.before or {}, edit.after or {}
    now = _stored(model, edit.row)
    blockers = _edited_since(act, edit, part, now, list(before))
    if now is None and not blockers:
        blockers = (Blocker(f"The {part.noun} is gone.", act.revision),)
    refusals = _merging_refused(model, edit, before) if not blockers else ()
    if now is not None and not blockers and any(now.get(name) != after.get(name) for name in before):
        refusals += (f"The {part.noun} is no longer what this act made of it, and the log does not say since when.",)
    moves = {"outlet_id", "origin_id", "merged_into_id"} & set(before)
    sources = _sources_of(model, edit.row) if moves else frozenset()
    fields = tuple(
        text(field.name, field.new, field.old) if field.pieces else Told(field.name, field.new, field.old or "nothing")
        for field in part.fields
    )
    told = Part("", part.noun, part.name, part.link, fields)
    return Plan((told,), (partial(_write_fields, model, edit.row, before),), blockers, refusals, sources=sources)


def _edited_since(
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


def _merging_refused(model: type[Model], edit: RowEdit, before: Mapping[str, Any]) -> tuple[str, ...]:
    """Why a source or an outlet can't lead again where it led before."""
    if model not in (Source, Outlet):
        return ()
    row: Any = model._default_manager.get(pk=edit.row)
    kept, origin = before.get("merged_into_id"), before.get("origin_id")
    if kept is not None:
        try:
            merging.check(row, model._default_manager.get(pk=kept))
        except Refused as refused:
            return (str(refused),)
    if origin is not None and goes_back_to(Source.objects.get(pk=origin), row):
        return (f"By now “{row}” would repeat itself. Change its origin first.",)
    return ()


def _sources_of(model: type[Model], pk: int) -> frozenset[int]:
    """The sources that may count otherwise where this row leads elsewhere."""
    if model is Outlet:
        return frozenset(Source.objects.filter(outlet=pk).values_list("pk", flat=True))
    return frozenset({pk}) if model is Source else frozenset()


def _write_fields(model: type[Model], pk: int, before: Mapping[str, Any], writing: Writing) -> None:
    """The database reads the values as it told them to the log."""
    table = model._meta.db_table
    columns = ", ".join(connection.ops.quote_name(name) for name in before)
    old = ", ".join(f"old.{connection.ops.quote_name(name)}" for name in before)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET ({columns}) = (SELECT {old} FROM jsonb_populate_record(NULL::{table}, %s) old)"
            " WHERE id = %s AND negotiation_id = %s",
            [json.dumps(before), pk, writing.workspace.id],
        )


def _stored(model: type[Model], pk: int) -> dict[str, Any] | None:
    """A row as the log would tell it now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {model._meta.db_table} t WHERE id = %s", [pk])
        found = cursor.fetchone()
    return json.loads(found[0]) if found else None


# --- links


def _take_away(act: Undoing, model: type[Model], edit: RowEdit, part: Part) -> Plan:
    blockers = _edited_since(act, edit, part, None, list(edit.after or {}))
    there = [edit.row] if _stored(model, edit.row) else _same_link(model, edit.after or {})
    refusals = () if there or blockers else (f"The {part.noun} is not there any more.",)
    told = Part("", part.noun, part.name, part.link, tuple(Told(f.name, f.new, "nothing") for f in part.fields))
    return Plan((told,), (partial(_delete, model, there),), blockers, refusals)


def _delete(model: type[Model], rows: Sequence[int], writing: Writing) -> None:
    model._default_manager.filter(pk__in=rows, negotiation=writing.workspace.id).delete()


def _put_back(act: Undoing, model: type[Model], edit: RowEdit, part: Part) -> Plan:
    """Where a link of the same two was added since, that one stays."""
    before = edit.before or {}
    blockers = _added_since(act, edit.table, _same_link(model, before), part)
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
