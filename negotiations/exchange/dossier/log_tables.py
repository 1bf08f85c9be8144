"""The tables whose rows people edit in place: how a row is named, and which columns point to other rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .names import Names

PREFIX = "negotiations_"


@dataclass(frozen=True)
class Table:
    """`key` names a row, from its columns (without `_id`); `refs` tells for columns with `_id` what they point to."""

    key: tuple[str, ...] = ("slug",)
    refs: Mapping[str, str] = field(default_factory=dict)


TABLES = {
    "negotiation": Table(),
    "membership": Table(("user",), {"user_id": "user"}),
    "priority": Table(("number",)),
    "party": Table(),
    "collectivemember": Table(("collective", "member"), {"collective_id": "party", "member_id": "party"}),
    "person": Table(refs={"party_id": "party"}),
    "meeting": Table(),
    "attendance": Table(
        ("meeting", "party", "person"), {"meeting_id": "meeting", "party_id": "party", "person_id": "person"}
    ),
    "instrument": Table(refs={"replaces_id": "instrument", "meeting_id": "meeting"}),
    "signature": Table(
        ("instrument", "party"),
        {"instrument_id": "instrument", "party_id": "party", "quote_id": "quote", "source_id": "source"},
    ),
    "outlet": Table(refs={"merged_into_id": "outlet"}),
    "source": Table(refs={"outlet_id": "outlet", "origin_id": "source", "merged_into_id": "source"}),
    "commitment": Table(
        refs={
            "party_id": "party",
            "priority_id": "priority",
            "instrument_id": "instrument",
            "meeting_id": "meeting",
        }
    ),
    "contradiction": Table(),
    "question": Table(refs={"position_id": "position"}),
    "beneficiary": Table(("commitment", "party"), {"commitment_id": "commitment", "party_id": "party"}),
}


def with_names(table: Table, values: Mapping[str, Any] | None, names: Names) -> dict[str, Any] | None:
    """What a log says of a row, with names for ids. An id that names nothing here stays as it is."""
    if values is None:
        return None
    told = {}
    for column, value in values.items():
        kind = table.refs.get(column)
        name = names.maybe_name(kind, value) if kind else None
        if kind and (name is not None or value is None):
            told[column.removesuffix("_id")] = plain(name)
        elif column not in ("id", "negotiation_id"):
            told[column] = value
    return dict(sorted(told.items()))


def with_ids(table: Table, values: Mapping[str, Any] | None, names: Names) -> dict[str, Any] | None:
    """The way back."""
    if values is None:
        return None
    return {
        f"{name}_id" if (kind := table.refs.get(f"{name}_id")) else name: (
            names.maybe_pk(kind, hashable(value)) if kind else value
        )
        for name, value in values.items()
    }


def plain(name: Any) -> Any:
    """A name as JSON has it: one of several parts is a list."""
    return list(name) if isinstance(name, tuple) else name


def hashable(name: Any) -> Any:
    """The way back."""
    return tuple(name) if isinstance(name, list) else name


def key_from(table: Table, values: Mapping[str, Any]) -> Any:
    """A row's key from what the log says of it; None where that is not enough."""
    if any(name not in values for name in table.key):
        return None
    return values[table.key[0]] if len(table.key) == 1 else tuple(values[name] for name in table.key)
