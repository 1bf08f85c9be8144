"""What analysts keep, told kind by kind: the form of a row, the lines of its fields, and the tables of its links."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict

from ..domain.negotiations import Workspace
from ..domain.records import Link
from .choosing import Drawn, Related, formfield
from .records import LinkForm, LinkFormSet, RecordForm

MOST_ROWS = 300  # of one table of links
MORE = 3  # empty rows to type into


class InLists(Related):
    """Everything is picked from a list."""

    by_name = ()

    def __init__(self, workspace: Workspace, row: Any, data: QueryDict | None) -> None:
        super().__init__(workspace.id)


@dataclass(frozen=True)
class Table:
    """A table of links. `same` are the fields that say which row it is.

    Where there is one row for `each` row of another model, such as a party, the table shows them all. What an empty
    row `starts` with is the column's default, where nothing else is said. `finds`: quotes can be looked for.
    """

    model: type[models.Model]
    key: str
    prefix: str
    fields: tuple[str, ...]
    same: tuple[str, ...]
    title: str
    hint: str = ""
    form: type[LinkForm] = LinkForm
    each: type[models.Model] | None = None
    starts: tuple[tuple[str, str], ...] = ()
    finds: bool = False

    def blank(self) -> dict[str, str]:
        """What an empty row sends: a select shows its default."""
        columns: Any = self.model._meta
        return {name: str(columns.get_field(name).get_default() or "") for name in self.fields} | dict(self.starts)

    def is_empty(self, typed: Mapping[str, str]) -> bool:
        """Whether nothing was typed into a row; of whom it would be may stand there."""
        blank = self.blank()
        return all(typed[name] == blank[name] for name in self.fields if not (self.each and name in self.same))

    def key_of(self, typed: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(typed[name] for name in self.same)

    def missing(self, related: Related, there: Collection[str]) -> list[str]:
        """The ids of those `each` of whom has a row, without those that are there."""
        return [str(pk) for pk in (related.rows(self.each) if self.each else ()) if str(pk) not in there]

    def put_blank(self, data: QueryDict, start: int, count: int) -> None:
        """Let a form have empty rows from the number `start` on."""
        for number in range(start, start + count):
            for name, value in self.blank().items():
                data[f"{self.prefix}-{number}-{name}"] = value

    def make_form_set(self, parent: type[models.Model], related: Related, extra: int = MORE) -> Any:
        return forms.inlineformset_factory(
            parent,
            self.model,
            fk_name=self.key,
            form=self.form,
            formset=LinkFormSet,
            fields=self.fields,
            extra=extra,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
            validate_max=True,
            formfield_callback=asking(related),
        )


@dataclass(frozen=True)
class Kind:
    """A kind of thing that analysts keep: its form, with the fields of each line of it, and its tables of links."""

    model: type[models.Model]
    form: type[RecordForm]
    layout: tuple[tuple[str, ...], ...]
    intro: str
    tables: tuple[Table, ...] = ()
    related: Callable[[Workspace, Any, QueryDict | None], Related] = InLists
    name: Callable[[Any], str] = str

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def nouns(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def a(self) -> str:
        """Its noun with the article."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    @property
    def fields(self) -> list[str]:
        return [name for line in self.layout for name in line]

    @property
    def finds(self) -> bool:
        return any(table.finds for table in self.tables)

    @property
    def links(self) -> list[Link]:
        return [(table.model, table.key) for table in self.tables]


def asking(related: Related) -> Callable[..., Any]:
    """Makes the form field of a column, choosing from `related`."""

    def ask(field: models.Field, **options: Any) -> Any:
        if field.choices:
            options["widget"] = Drawn
        made: Any = formfield(field, related) or field.formfield(**options)
        if field.choices and not field.has_default():
            made.choices = [("", "–"), *field.choices]
        made.error_messages["required"] = "Choose one." if hasattr(made, "choices") else "This can’t be left empty."
        return made

    return ask
