"""What analysts add and edit in the app: the form of a row with the tables of its links, sent as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from ..domain.entries import Entered
from ..domain.negotiations import Workspace
from ..models import Negotiation
from .keyed import Keyed
from .kinds import MORE, MOST_ROWS, Kind, Table, asking
from .records import OUR_OWN, RecordForm

NOT_CONTENT = ("csrfmiddlewaretoken", "act", "key", "read_at", "opened_at", "version", "words")


class Sent(Keyed):
    """What goes along with an entry: the revisions at which it was read last, and at which the form was opened."""

    read_at = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    opened_at = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class Entry:
    """One page's form: `form` for the row, `tables` for its links, `sent` for what goes along."""

    def __init__(self, kind: Kind, workspace: Workspace, data: QueryDict | None = None, *, row: Any = None) -> None:
        self.kind, self.workspace, self.data, self.row = kind, workspace, data, row
        self.name = kind.name(row) if row else ""  # as it is stored; checking the form puts what was typed into the row
        self.related = kind.related(workspace, row, data)
        negotiation = Negotiation(pk=workspace.id)
        form: Any = forms.modelform_factory(
            kind.model, form=kind.form, fields=kind.fields, formfield_callback=asking(self.related)
        )
        form.negotiation, form.links = negotiation, kind.links
        self.form: RecordForm = form(data, instance=row)
        self.tables: list[Any] = []
        for table in kind.tables:
            missing = self._missing(table) if data is None else []
            form_set = table.make_form_set(kind.model, self.related, len(missing) if table.each else MORE)
            form_set.form.negotiation = negotiation
            initial = [{table.same[0]: pk} for pk in missing]
            self.tables.append(form_set(data, instance=self.form.instance, prefix=table.prefix, initial=initial))
        self.sent = Sent(data, initial={"read_at": workspace.revision, "opened_at": workspace.revision})

    def _missing(self, table: Table) -> list[str]:
        """Who has no row yet, of those who each have one."""
        if not table.each:
            return []
        rows = table.model._default_manager.filter(**{f"{table.key}_id": self.row.pk if self.row else None})
        return table.missing(self.related, {str(pk) for pk in rows.values_list(f"{table.same[0]}_id", flat=True)})

    # --- what was asked --------------------------------------------------------------------------

    @property
    def act(self) -> str:
        """What the button that sent it says: `save` unless it is to show more, to find, or to take what stands."""
        return self.data.get("act", "save") if self.data is not None else "save"

    @property
    def entered(self) -> Entered:
        assert self.data is not None
        content = {name: values for name, values in self.data.lists() if name not in NOT_CONTENT}
        asked = {"entry": [self.kind.model._meta.model_name, self.row.pk if self.row else None], "content": content}
        why = getattr(self.form, "cleaned_data", {}).get("why", "")
        return Entered(self.form.instance, self._write_links, asked, why)

    def _write_links(self) -> None:
        for form_set in self.tables:
            form_set.save()

    def is_valid(self) -> bool:
        """Each part is asked, so that all that is wrong is told at once."""
        found = [part.is_valid() for part in (self.sent, self.form, *self.tables)]
        if self.row is not None and not self.version:
            self.sent.add_error(None, "This form came without what it was opened on. Load the page again.")
        return all(found) and not self.sent.errors

    def has_changed(self) -> bool:
        edited = set(self.form.changed_data) - set(OUR_OWN)
        return bool(edited) or any(form_set.has_changed() for form_set in self.tables)

    @property
    def version(self) -> str:
        """What its author saw, as it was sent."""
        return self.data.get("version", "") if self.data is not None else ""

    @property
    def is_outdated(self) -> bool:
        return self.row is not None and self.version not in ("", self.form.stored)

    # --- what is shown ---------------------------------------------------------------------------

    def leave_unchecked(self) -> Entry:
        """Show what was typed without judging it: nothing is to be done yet."""
        self.sent.leave_unchecked()
        self.form._errors = ErrorDict()  # type: ignore[attr-defined]
        for form_set in self.tables:
            form_set._errors, form_set._non_form_errors = [{} for _ in form_set.forms], ErrorList()
            for form in form_set.forms:
                form._errors = ErrorDict()
        return self

    @property
    def lines(self) -> list[list[Any]]:
        """The fields of the row, line by line."""
        return [[self.form[name] for name in line] for line in self.kind.layout]

    @property
    def with_tables(self) -> list[tuple[Table, Any]]:
        return list(zip(self.kind.tables, self.tables, strict=True))

    @property
    def shown_tables(self) -> list[tuple[Table, Any, list[tuple[str, Any]]]]:
        """Each table, its form set, and its rows in order, each with a name."""
        return [(table, form_set, self._rows(table, form_set)) for table, form_set in self.with_tables]

    def _rows(self, table: Table, form_set: Any) -> list[tuple[str, Any]]:
        if table.each is None:
            return [(f"row {number}", form) for number, form in enumerate(form_set.forms, start=1)]
        names = {str(pk): str(row) for pk, row in self.related.rows(table.each).items()}
        order, field = list(names), table.same[0]
        rows = [(str(form[field].value()), form) for form in form_set.forms]
        rows.sort(key=lambda row: order.index(row[0]) if row[0] in names else len(order))
        return [(names.get(pk, "unknown"), form) for pk, form in rows]

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """All that is wrong: the place's id and name (empty where it is the whole), and the sentence."""
        return list(self._faults()) if self.data is not None else []

    def _faults(self) -> Iterator[tuple[str, str, str]]:
        for errors in (self.sent.non_field_errors(), self.form.non_field_errors()):
            yield from (("", "", str(error)) for error in errors)
        for name in self.sent.fields:
            yield from (("", "", str(error)) for error in self.sent[name].errors)
        yield from _of_fields(self.form)
        for table, form_set, rows in self.shown_tables:
            yield from (("", table.title, error) for error in form_set.non_form_errors())
            for name, form in rows:
                yield from (("", f"{table.title}, {name}", error) for error in form.non_field_errors())
                for place, label, error in _of_fields(form):
                    yield place, f"{table.title}, {name}: {label}", error


def _of_fields(form: Any) -> Iterator[tuple[str, str, str]]:
    for field in form:
        for error in list(field.errors)[:1]:  # a slice of it would be errors, not their sentences
            yield field.id_for_label, str(field.label), error


def with_more_rows(data: QueryDict, kind: Kind, prefix: str) -> QueryDict:
    """The same with more empty rows in a table."""
    data, name = data.copy(), f"{prefix}-TOTAL_FORMS"
    for table in kind.tables:
        if table.prefix == prefix:
            rows = rows_in(data, prefix)
            more = min(MORE, MOST_ROWS - rows)
            data[name] = str(rows + more)
            table.put_blank(data, rows, more)
    return data


def rows_in(data: QueryDict, prefix: str) -> int:
    """How many rows of a table were sent, as it says itself; 0 where it says nothing of sense."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() and len(total) < 5 else 0
