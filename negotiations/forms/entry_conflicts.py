"""What others changed while a form was open: both versions field by field, and what was typed on top of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import QueryDict

from ..domain.dates import in_words
from ..domain.earlier import Standing, Values, standing_at, standing_now
from .choosing import ByName
from .entries import Entry, rows_in
from .fields import Day
from .kinds import MORE, Table

Typed = dict[str, str]  # by field, as a form sends it
TAKE = "take-"


@dataclass(frozen=True)
class Line:
    """One field, or one table, that somebody else changed: as it was, as it stands now, and what was typed here.

    `differs` where something else was typed here too, which would be put in its place.
    """

    name: str
    label: str
    before: str
    now: str
    mine: str
    differs: bool


@dataclass(frozen=True)
class Row:
    """A row of a table of links, `pk` empty where it is new."""

    pk: str
    typed: Typed
    taken_out: bool = False


class Meanwhile:
    """What happened to the row of an entry since its form was opened. `entry` was sent; its data is left as it is."""

    def __init__(self, entry: Entry) -> None:
        assert entry.data is not None and entry.row is not None
        self.entry, self.data = entry, entry.data
        self.links = entry.kind.links
        self.now = standing_now(entry.row, self.links)

    def lines(self) -> list[Line]:
        """What others changed since the form was opened."""
        before, fields = self._at("opened_at"), self._fields()
        was, now = self._typed(before.row, fields), self._typed(self.now.row, fields)
        mine = self._sent("", fields)
        lines = [
            Line(
                name=name,
                label=str(field.label),
                before=_words(field, was[name]),
                now=_words(field, now[name]),
                mine=_words(field, mine[name]),
                differs=mine[name] not in (now[name], was[name]),
            )
            for name, field in fields.items()
            if was[name] != now[name]
        ]
        for number, table in enumerate(self.entry.kind.tables):
            older, newer = self._rows(table, before.links[number]), self._rows(table, self.now.links[number])
            if older == newer:
                continue
            was_there, is_there = self._in_words(table, older), self._in_words(table, newer)
            typed = self._in_words(table, [row for row in self._sent_rows(table) if not row.taken_out])
            differs = typed not in (was_there, is_there)
            lines.append(Line(table.prefix, table.title, was_there, is_there, typed, differs))
        return lines

    def merged(self) -> QueryDict:
        """What was sent, where something was typed, and what stands now in all else. It may be sent as it is."""
        seen, fields = self._at("read_at"), self._fields()
        was, now = self._typed(seen.row, fields), self._typed(self.now.row, fields)
        mine = self._sent("", fields)
        data = self.data.copy()
        for name in fields:
            if mine[name] == was[name]:
                data[name] = now[name]
        for number, table in enumerate(self.entry.kind.tables):
            self._put(data, table, self._merged_rows(table, seen.links[number], self.now.links[number]))
        return self._as_of_now(data)

    def taking(self, name: str) -> QueryDict:
        """What was sent, with what stands now in the field or table `name`."""
        data = self.data.copy()
        for number, table in enumerate(self.entry.kind.tables):
            if table.prefix == name:
                self._put(data, table, self._rows(table, self.now.links[number]))
        if name in self.entry.kind.fields:
            data[name] = self._typed(self.now.row, self._fields())[name]
        return data

    def _as_of_now(self, data: QueryDict) -> QueryDict:
        data["version"] = self.entry.form.stored
        data["read_at"] = str(self.entry.workspace.revision)
        data["key"] = str(uuid4())  # sent again, it is an act of its own
        return data

    def _at(self, name: str) -> Standing:
        """As it stood at the revision that the form says; if it says none, as it stands now."""
        told = self.data.get(name, "")
        revision = int(told) if told.isascii() and told.isdigit() and len(told) < 19 else self.entry.workspace.revision
        return standing_at(self.entry.row, self.links, self.now, revision)

    # --- rows of links ---------------------------------------------------------------------------

    def _merged_rows(self, table: Table, seen: Mapping[int, Values], now: Mapping[int, Values]) -> list[Row]:
        """What stands now, with what was typed on top. What others took out comes back only if it was typed in."""
        was = {row.pk: row.typed for row in self._rows(table, seen)}
        stored = self._rows(table, now)
        mine = self._sent_rows(table)
        by_id = {row.pk: row for row in mine if row.pk}
        merged = []
        for row in stored:
            typed = by_id.pop(row.pk, None)
            if typed is None:
                merged.append(row)
                continue
            base = was.get(row.pk, row.typed)
            values = {name: row.typed[name] if value == base[name] else value for name, value in typed.typed.items()}
            merged.append(Row(row.pk, values, typed.taken_out))
        left = [row for row in by_id.values() if not row.taken_out and row.typed != was.get(row.pk)]
        theirs = {table.key_of(row.typed): at for at, row in enumerate(merged) if row.pk not in {r.pk for r in mine}}
        for row in [*left, *(row for row in mine if not row.pk)]:
            at = theirs.pop(table.key_of(row.typed), None)
            if at is None:
                merged.append(Row("", row.typed))
            else:  # both added it
                merged[at] = Row(merged[at].pk, row.typed)
        return merged

    def _rows(self, table: Table, rows: Mapping[int, Values]) -> list[Row]:
        fields = self._fields_of(table)
        return [Row(str(pk), self._typed(values, fields, table.model)) for pk, values in rows.items()]

    def _sent_rows(self, table: Table) -> list[Row]:
        """Rows as they were sent, without those that are left empty."""
        rows = []
        for number in range(rows_in(self.data, table.prefix)):
            start = f"{table.prefix}-{number}-"
            row = Row(self.data.get(f"{start}id", ""), self._sent(start, table.fields), f"{start}DELETE" in self.data)
            if row.pk or not table.is_empty(row.typed):
                rows.append(row)
        return rows

    def _put(self, data: QueryDict, table: Table, rows: list[Row]) -> None:
        """Let the form have these rows in a table, those that are stored first, and empty ones to type into."""
        for name in [name for name in data if name.startswith(f"{table.prefix}-")]:
            del data[name]
        missing = table.missing(self.entry.related, {row.typed[table.same[0]] for row in rows})
        more = len(missing) if table.each else MORE
        data[f"{table.prefix}-INITIAL_FORMS"] = str(sum(bool(row.pk) for row in rows))
        data[f"{table.prefix}-TOTAL_FORMS"] = str(len(rows) + more)
        for number, row in enumerate(rows):
            data[f"{table.prefix}-{number}-id"] = row.pk
            for name, value in row.typed.items():
                data[f"{table.prefix}-{number}-{name}"] = value
            if row.taken_out:
                data[f"{table.prefix}-{number}-DELETE"] = "on"
        table.put_blank(data, len(rows), more)
        for number, pk in enumerate(missing, start=len(rows)):
            data[f"{table.prefix}-{number}-{table.same[0]}"] = pk

    def _in_words(self, table: Table, rows: Iterable[Row]) -> str:
        fields = self._fields_of(table)
        told = (", ".join(_words(fields[n], row.typed[n]) for n in table.fields if row.typed[n]) for row in rows)
        return "\n".join(sorted(told))

    # --- values as forms send them ---------------------------------------------------------------

    def _fields(self) -> dict[str, Any]:
        return {name: self.entry.form.fields[name] for name in self.entry.kind.fields}

    def _fields_of(self, table: Table) -> dict[str, Any]:
        form_set = next(form_set for each, form_set in self.entry.with_tables if each is table)
        return {name: form_set.empty_form.fields[name] for name in table.fields}

    def _typed(self, values: Values, fields: Mapping[str, Any], model: Any = None) -> Typed:
        columns: Any = (model or self.entry.kind.model)._meta
        stored = {name: values.get(columns.get_field(name).attname) for name in fields}
        return {name: str(field.prepare_value(stored[name]) or "").strip() for name, field in fields.items()}

    def _sent(self, start: str, fields: Iterable[str]) -> Typed:
        return {name: self.data.get(start + name, "").replace("\r\n", "\n").strip() for name in fields}


def _words(field: Any, value: str) -> str:
    """A value as people read it."""
    if not value:
        return ""
    if isinstance(field, Day):
        try:
            return in_words(date.fromisoformat(value))
        except ValueError:
            return value
    if isinstance(field, ByName):
        return next((str(row) for row in field.rows.values() if row.slug == value), value)
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return choices.get(value, value)
