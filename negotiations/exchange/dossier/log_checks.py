"""Whether the log that a dossier brings can have been: before the database says no, and at which place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from .links import LISTS
from .log_tables import TABLES, Table
from .nodes import Problems, did_you_mean, shortened
from .schema import Change, Dossier, RowEdit
from .values import LONGEST_USERNAME


def check(dossier: Dossier, now: datetime, problems: Problems) -> None:
    before: Change | None = None
    keys: set[tuple[str, str]] = set()
    names = {kind: {getattr(item, by) for item in getattr(dossier, where)} for kind, (where, by) in LISTS.items()}
    names["commitment"] = {commitment.slug for commitment in dossier.commitments}
    names["position"] = set(product(names["party"], names["priority"]))
    for place, change in enumerate(dossier.changes, start=1):
        if change.revision is not None and change.revision != place:
            problems.add(change.node.at("revision"), f"Changes are numbered 1, 2, 3, without gaps: {place} comes here.")
        if change.undoes is not None and not 0 < change.undoes < place:
            problems.add(change.node.at("undoes"), "A change undoes an earlier one, named by its revision.")
        if change.at is not None and change.at > now:
            problems.add(change.node.at("at"), "A change can't come from the future.")
        if before is not None and change.at is not None and before.at is not None and change.at < before.at:
            problems.add(change.node.at("at"), "The time of changes never goes back.")
        if change.key and (change.by or "", change.key) in keys and change.by:
            problems.add(change.node.at("key"), "Another change of the same user has this key.")
        keys.add((change.by or "", change.key))
        for edit in change.edits:
            _check_edit(edit, names, problems)
        before = change


def _check_edit(edit: RowEdit, names: dict[str, set[Any]], problems: Problems) -> None:
    if not edit.table:
        return
    table = TABLES.get(edit.table)
    if table is None:
        near = did_you_mean(edit.table, TABLES)
        problems.add(edit.node.at("table"), f"There is no table “{edit.table}” with a log.{near}")
        return
    parts = edit.row if isinstance(edit.row, list) else [edit.row]
    if any(isinstance(part, dict | list | bool) for part in parts):
        problems.add(edit.node.at("row"), "A row is named by its key, or by a list of them.")
    if edit.before is None and edit.after is None:
        problems.add(edit.node, "An edit of a row says what was `before`, or what is `after`, or both.")
    for name in ("before", "after"):
        values = getattr(edit, name)
        if values is None:
            continue
        if not isinstance(values, dict):
            problems.add(edit.node.at(name), "A mapping of the row's columns is wanted here.")
            continue
        _check_names(edit, name, values, table, names, problems)


def _check_names(
    edit: RowEdit, where: str, values: dict[str, Any], table: Table, names: dict[str, set[Any]], problems: Problems
) -> None:
    for column, kind in table.refs.items():
        name = values.get(column.removesuffix("_id"))
        if kind == "position" and isinstance(name, list) and all(isinstance(part, str | int) for part in name):
            name = tuple(name)
        if name is None or (
            kind == "user" and isinstance(name, str) and name.strip() and len(name) <= LONGEST_USERNAME
        ):
            continue
        if isinstance(name, dict | list) or kind == "user" or name not in names[kind]:
            node = edit.node.at(where).at(column.removesuffix("_id"))
            problems.add(node, f"There is no {kind} “{shortened(str(name))}”.")


def user_names(dossier: Dossier) -> set[str]:
    """Everybody whom a dossier names: members, authors, the mentioned, and those whose access its log tells of."""
    found = {account.username for account in dossier.users}
    found |= {membership.user for membership in dossier.negotiation.memberships}
    found |= {change.by for change in dossier.changes if change.by}
    for cell in dossier.positions:
        for comment in cell.comments:
            found |= {*comment.mentions, *(name for answer in comment.answers for name in answer.mentions)}
    for change in dossier.changes:
        for edit in change.edits:
            for values in (edit.before, edit.after):
                if edit.table == "membership" and isinstance(values, dict) and isinstance(values.get("user"), str):
                    found.add(values["user"])
    return found - {""}


def days(dossier: Dossier, now: datetime) -> Callable[[int | None], date]:
    """The day of each revision, in the zone that the negotiation had then (None and unknown ones: now)."""
    zones = _zones(dossier)
    now_day = now.astimezone(_zone(dossier.negotiation.time_zone)).date()
    found = {
        change.revision: change.at.astimezone(zone).date()
        for change, zone in zip(dossier.changes, zones, strict=True)
        if change.at is not None
    }
    return lambda revision: found.get(revision, now_day) if revision is not None else now_day


def zone_was_edited(dossier: Dossier) -> bool:
    return any(_zone_before(change) for change in dossier.changes)


def _zones(dossier: Dossier) -> list[ZoneInfo]:
    """The zone at each change, told from the last one back."""
    zone = dossier.negotiation.time_zone
    found = []
    for change in reversed(dossier.changes):
        found.append(_zone(zone))
        zone = _zone_before(change) or zone
    return found[::-1]


def _zone_before(change: Change) -> str:
    for edit in change.edits:
        if edit.table == "negotiation" and isinstance(edit.before, dict) and "time_zone" in edit.before:
            return str(edit.before["time_zone"])
    return ""


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # unknown ones are told elsewhere, or were another machine's
        return ZoneInfo("UTC")
