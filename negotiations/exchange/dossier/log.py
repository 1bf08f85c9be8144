"""The log of a negotiation: from its tables to a dossier and back, with names for ids."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ...models import Change, Negotiation, RowEdit, User
from . import schema
from .log_tables import PREFIX, TABLES, Table, hashable, key_from, plain, with_ids, with_names
from .names import Names


def read(negotiation: Negotiation, names: Names, accounts: dict[str, str]) -> tuple[schema.Change, ...]:
    """All changes in their order. Whoever they name is put into `names` and `accounts` (user name to name)."""
    changes = list(Change.objects.filter(negotiation=negotiation).order_by("revision").select_related("by"))
    edits = list(RowEdit.objects.filter(change__negotiation=negotiation).order_by("pk"))
    for user in [change.by for change in changes if change.by] + _users_in(edits):
        names.put("user", user.username, user.pk)
        accounts[user.username] = user.name
    of_change: dict[int, list[schema.RowEdit]] = {change.pk: [] for change in changes}
    for edit, told in zip(edits, _edits(edits, names), strict=True):
        of_change[edit.change_id].append(told)
    return tuple(
        schema.Change(
            revision=change.revision or 0,
            at=change.at,
            by=change.by.username if change.by else None,
            verb=change.verb,
            what=change.what,
            why=change.why,
            undoes=change.undoes,
            key=str(change.key) if change.key else "",
            request_hash=change.request_hash,
            edits=tuple(of_change[change.pk]),
        )
        for change in changes
    )


def _users_in(edits: list[RowEdit]) -> list[User]:
    found = {
        values["user_id"]
        for edit in edits
        if edit.table == f"{PREFIX}membership"
        for values in (edit.before, edit.after)
        if values and "user_id" in values
    }
    return list(User.objects.filter(pk__in=found)) if found else []


def _edits(edits: list[RowEdit], names: Names) -> list[schema.RowEdit]:
    kinds = [edit.table.removeprefix(PREFIX) for edit in edits]
    tables = [TABLES.get(kind, Table()) for kind in kinds]
    said = [
        (with_names(table, edit.before, names), with_names(table, edit.after, names))
        for table, edit in zip(tables, edits, strict=True)
    ]
    last: dict[tuple[str, int], dict[str, Any]] = {}  # what was last said of each row, deleted or not
    for kind, edit, (before, after) in zip(kinds, edits, said, strict=True):
        last.setdefault((kind, edit.row), {}).update(after if after is not None else before or {})
    gone: dict[tuple[str, int], Any] = {}
    lost = 0  # rows that went without a word, say by TRUNCATE
    for (kind, row), values in last.items():
        if names.maybe_name(kind, row) is None:
            key = key_from(TABLES.get(kind, Table()), values)
            lost += key is None
            gone[kind, row] = f"lost {lost}" if key is None else key
    return [
        schema.RowEdit(
            table=kind,
            row=plain(gone.get((kind, edit.row), names.maybe_name(kind, edit.row))),
            before=before,
            after=after,
        )
        for kind, edit, (before, after) in zip(kinds, edits, said, strict=True)
    ]


def write_changes(negotiation: int, changes: tuple[schema.Change, ...], names: Names) -> list[Change]:
    """Bring a log along, in one statement: the database looks at it as a whole."""
    return Change.objects.bulk_create(
        Change(
            negotiation_id=negotiation,
            revision=change.revision,
            at=change.at,
            by_id=names.maybe_pk("user", change.by),
            verb=change.verb,
            what=change.what,
            why=change.why,
            undoes=change.undoes,
            key=UUID(change.key) if change.key else None,
            request_hash=change.request_hash,
        )
        for change in changes
    )


def write_edits(negotiation: int, pairs: list[tuple[int, schema.Change]], names: Names) -> None:
    """Bring along what each change did to rows; pairs of its id and itself. After all rows are there."""
    gone: dict[tuple[str, Any], int] = {}
    rows = []
    for pk, change in pairs:
        for edit in change.edits:
            key = hashable(edit.row)
            row = names.maybe_pk(edit.table, key)
            if row is None:  # deleted since: a number that no row has, and none will
                row = gone.setdefault((edit.table, key), -len(gone) - 1)
            before, after = (with_ids(TABLES[edit.table], each, names) for each in (edit.before, edit.after))
            whole = {"id": row, "negotiation_id": negotiation}
            if before is None and after is not None:
                after |= whole
            elif after is None and before is not None:
                before |= whole
            rows.append(RowEdit(change_id=pk, table=PREFIX + edit.table, row=row, before=before, after=after))
    RowEdit.objects.bulk_create(rows)
