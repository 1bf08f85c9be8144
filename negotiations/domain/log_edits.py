"""Edits of rows as the log keeps them, before and after as JSON, told so that people can read them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import DateField

from .dates import in_words

AT_MOST = 10  # of one act; the load of a whole dossier has thousands
LONGEST = 300  # characters of a value

EDITS = """
SELECT asked.id, e."table", e."row", e.before::text, e.after::text
FROM unnest(%(changes)s::bigint[]) asked (id)
JOIN LATERAL (
  SELECT * FROM negotiations_rowedit WHERE change_id = asked.id ORDER BY id LIMIT %(most)s
) e ON true
ORDER BY asked.id, e.id
"""

# Rows with a name of their own, by table.
NAMES = {
    "party": "name",
    "person": "name",
    "priority": "number || ' ' || name",
    "meeting": "name",
    "instrument": "name",
    "outlet": "name",
    "source": "title",
    "quote": "exact",
    "commitment": "text",
    "contradiction": "title",
    "question": "text",
}

# Rows that link two others: both ends, and the words between their names.
LINKS = {
    "attendance": ("party_id", " at ", "meeting_id"),
    "signature": ("party_id", ", ", "instrument_id"),
    "beneficiary": ("party_id", ": ", "commitment_id"),
    "collectivemember": ("member_id", " in ", "collective_id"),
}
USER_NAME = "coalesce(nullif(u.name, ''), u.username)"

NOUNS = {"collectivemember": "member", "membership": "access", "attendance": "attendance"}

# The table that a column points to, where its name does not say so.
POINTS_TO = {"member": "party", "collective": "party", "replaces": "instrument", "origin": "source"}

Key = tuple[str, int]


# One edit of many, in full.
ONE_BY_ONE = """
SELECT e.id, e."table", e."row", e.before::text, e.after::text FROM negotiations_rowedit e WHERE e.id = ANY(%(edits)s)
"""


@dataclass(frozen=True)
class Field:
    """One field of a row that was changed."""

    name: str
    old: str
    new: str
    is_text: bool = False  # both are texts, to be compared word by word


@dataclass(frozen=True)
class Edit:
    """`act` is `added`, `changed` or `removed`; `fields` are told of changes only."""

    act: str
    noun: str
    name: str
    fields: tuple[Field, ...]

    @property
    def is_access(self) -> bool:
        return self.noun == NOUNS["membership"]


@dataclass(frozen=True)
class Raw:
    """A row of the log. `row` is the id of what was edited, in `table`; `of` that of the change, or of the edit."""

    of: int
    table: str
    row: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def whole(self) -> dict[str, Any]:
        return {**(self.before or {}), **(self.after or {})}

    def named(self) -> Iterable[Key]:
        """All that must be named to tell of this edit."""
        yield self.table, self.row
        for values in (self.before, self.after):
            for column, value in (values or {}).items():
                if column.endswith("_id") and isinstance(value, int):
                    yield _table_of(column, self.table), value


def edits_of(negotiation: int, changes: list[int]) -> Mapping[int, list[Edit]]:
    """What changes did to rows, by the change's id; one more than AT_MOST where there are more. Two queries."""
    asked: dict[str, Any] = {"changes": changes, "most": AT_MOST + 1}
    rows = _raw(EDITS, asked)
    names = _names(negotiation, {key for row in rows for key in row.named()}) if rows else {}
    found: dict[int, list[Edit]] = defaultdict(list)
    for row in rows:
        found[row.of].append(_edit(row, names, LONGEST))
    return found


def edits_in_full(negotiation: int, edits: Sequence[int]) -> dict[int, tuple[Raw, Edit]]:
    """Each of these edits by its id, with every word, also what a row was when it was added or removed. Two queries."""
    rows = _raw(ONE_BY_ONE, {"edits": list(edits)})
    names = _names(negotiation, {key for row in rows for key in row.named()}) if rows else {}
    return {row.of: (row, _edit(row, names, None)) for row in rows}


def _raw(sql: str, asked: dict[str, Any]) -> list[Raw]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [
            Raw(of, table.removeprefix("negotiations_"), row, _read(before), _read(after))
            for of, table, row, before, after in cursor.fetchall()
        ]


def _read(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _edit(row: Raw, names: Mapping[Key, str], longest: int | None) -> Edit:
    """Of a row that was added or removed only a full account (`longest` is None) tells the fields."""
    act = "added" if row.before is None else "removed" if row.after is None else "changed"
    columns = list(row.whole)
    if act != "changed":
        columns = [column for column in columns if column not in UNTOLD and longest is None]
    fields = tuple(_field(row, column, names, longest) for column in columns)
    if act != "changed":
        fields = tuple(field for field in fields if field.old != field.new)
    return Edit(act, NOUNS.get(row.table, row.table), _name(row, names), fields)


def _field(row: Raw, column: str, names: Mapping[Key, str], longest: int | None) -> Field:
    old, new = ((values or {}).get(column) for values in (row.before, row.after))
    is_text = isinstance(old, str) and isinstance(new, str) and bool(old and new) and " " in old + new
    was, now = (_cut(_words(row, column, value, names), longest) for value in (old, new))
    return Field(_label(row.table, column), was, now, is_text)


UNTOLD = ("id", "negotiation_id", "slug", "order")  # of a row that came or went


def _name(row: Raw, names: Mapping[Key, str]) -> str:
    """What the row is called today; of a link that is gone, the names of what it linked."""
    name = names.get((row.table, row.row))
    if name is None and row.table in LINKS:
        first, between, second = LINKS[row.table]
        ends = [names.get((_table_of(column, row.table), row.whole.get(column, 0))) for column in (first, second)]
        name = between.join(end or "" for end in ends) if all(ends) else None
    elif name is None and row.table == "membership":
        name = names.get(("user", row.whole.get("user_id", 0)))
    return _cut(name or "", LONGEST)


def _label(table: str, column: str) -> str:
    column = column.removesuffix("_id")
    field = _column(table, column)
    return str(field.verbose_name) if field is not None else column.replace("_", " ")


def _words(row: Raw, column: str, value: Any, names: Mapping[Key, str]) -> str:
    if value is None or value == "" or value == []:
        return "nothing"
    if column.endswith("_id") and isinstance(value, int):
        return names.get((_table_of(column, row.table), value), "?")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    field = _column(row.table, column)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _day(value) if isinstance(field, DateField) and isinstance(value, str) else str(value)


def _column(table: str, column: str) -> Any:
    """The field of the model; None for what is no column any more."""
    try:
        return apps.get_model("negotiations", table)._meta.get_field(column)
    except (LookupError, FieldDoesNotExist):
        return None


def _day(value: str) -> str:
    try:
        return in_words(date.fromisoformat(value))
    except ValueError:  # infinite, say
        return value


def _cut(text: str, longest: int | None) -> str:
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"


def _table_of(column: str, table: str) -> str:
    """The table that a column of `table` points to."""
    noun = column.removesuffix("_id")
    return table if noun == "merged_into" else POINTS_TO.get(noun, noun)


def _names(negotiation: int, keys: Iterable[Key]) -> Mapping[Key, str]:
    """What rows of this negotiation, and users, are called today. One query."""
    wanted: dict[str, Any] = {table: [] for table in (*NAMES, *LINKS, "membership", "user")}
    for table, row in keys:
        wanted.setdefault(table, []).append(row)
    parts = [_sql(table, f"({name})::text", f"negotiations_{table} t") for table, name in NAMES.items()]
    for table, (first, between, second) in LINKS.items():
        a, b = _table_of(first, table), _table_of(second, table)
        ends = f"JOIN negotiations_{a} a ON a.id = t.{first} JOIN negotiations_{b} b ON b.id = t.{second}"
        name = f"a.{NAMES[a]} || '{between}' || b.{NAMES[b]}"
        parts.append(_sql(table, name, f"negotiations_{table} t {ends}"))
    users = "negotiations_membership t JOIN negotiations_user u ON u.id = t.user_id"
    parts.append(_sql("membership", USER_NAME, users))
    parts.append(f"SELECT 'user', u.id, {USER_NAME} FROM negotiations_user u WHERE u.id = ANY(%(user)s)")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {**wanted, "negotiation": negotiation})
        return {(table, row): name for table, row, name in cursor.fetchall()}


def _sql(table: str, name: str, rows: str) -> str:
    return (
        f"SELECT '{table}', t.id, {name} FROM {rows}"
        f" WHERE t.negotiation_id = %(negotiation)s AND t.id = ANY(%({table})s)"
    )
