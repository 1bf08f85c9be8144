"""Undoing edits of rows: fields are set back, links come back or go again. What never goes says so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Model

from ..models import Membership, Negotiation, Outlet, Question, RowEdit, Source
from ..models.sources import SourceStatus
from . import log_parts, merging, undo_nouns
from .origins import goes_back_to
from .parts import Part, Told, text
from .records import Refused
from .removals import NOUNS, model_of
from .undo_events import plan_asked
from .undo_gradings import to_status
from .undo_links import LINKS, edited_since, put_back, stored, take_away
from .undo_plans import Blocker, Plan, Undoing, Writing
from .undo_refs import leads, lost, uses

ACCESS = "Who has access is not undone here: give or take it where access is kept."
SETTINGS = (
    "What a negotiation is, and who may see it, is not undone here: administrators say so again where they said it."
)
OUTLET = "Outlet “{}” stays: nothing counts by it alone."


def plan(act: Undoing, ids: Sequence[int]) -> Plan:
    """How the edits of these ids are undone, the last one first."""
    edits = _by_row(RowEdit.objects.filter(pk__in=ids).order_by("pk"))
    nouns = _nouns_added(edits)
    told = log_parts.tell_edits(act.workspace.id, [edit.pk for edit in edits])
    found = undo_nouns.plan(act, nouns, again=False)
    for edit in edits:
        if edit not in nouns:
            found += _plan_one(act, edit, told[edit.pk], nouns)
    return found


def plan_again(act: Undoing, ids: Sequence[int], *, again: bool) -> Plan:
    """How nouns that these edits added are there again or not. `ids` are of an act that `act` undid."""
    edits = _by_row(RowEdit.objects.filter(pk__in=ids).order_by("pk"))
    return undo_nouns.plan(act, _nouns_added(edits), again=again)


def _nouns_added(edits: Sequence[RowEdit]) -> list[RowEdit]:
    """Those that added what can be taken out. An outlet that came with a source stays where that one is rejected."""
    added = [edit for edit in edits if edit.before is None]
    with_source = any(model_of(edit.table) is Source for edit in added)
    kinds = [model for model in NOUNS if not (model is Outlet and with_source)]
    return [edit for edit in added if model_of(edit.table) in kinds]


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


def _plan_one(act: Undoing, edit: RowEdit, part: Part, nouns: Sequence[RowEdit]) -> Plan:
    model = model_of(edit.table)
    if model is Membership:
        return Plan(refusals=(ACCESS,))
    if model is Negotiation:
        return Plan(refusals=(SETTINGS,))
    if edit.before is not None and edit.after is not None:
        return _set_back(act, model, edit, part)
    if model in LINKS and edit.before is not None:
        return put_back(act, model, edit, part)
    if model in LINKS:
        return Plan() if undo_nouns.is_of_one(model, edit.after or {}, nouns) else take_away(act, model, edit, part)
    return _added(act, model._default_manager.get(pk=edit.row))


def _added(act: Undoing, row: Model) -> Plan:
    """What is not taken out, but has a word for what is not wanted."""
    if isinstance(row, Question):
        return plan_asked(act, row)
    if isinstance(row, Source):
        plan = to_status(act, row, SourceStatus.REJECTED, now=SourceStatus(row.status))
        return plan + Plan(blockers=uses(act, row))
    if isinstance(row, Outlet):
        return Plan(stays=(OUTLET.format(row),))
    return Plan()  # a contradiction is told, and resolved, by its sides


# --- fields


def _set_back(act: Undoing, model: type[Model], edit: RowEdit, part: Part) -> Plan:
    before, after = edit.before or {}, edit.after or {}
    now = stored(model, edit.row)
    blockers = edited_since(act, edit, part, now, list(before))
    if now is None and not blockers:
        blockers = (Blocker(f"The {part.noun} is gone.", act.revision),)
    blockers += lost([(model, edit.row), *leads(model, before)])
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
