"""Fields that choose rows of one negotiation, fetched once a page however many ask; and a field for any column."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import flatatt
from django.utils.choices import normalize_choices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from ..domain.removals import NOUNS, present, with_removed
from ..domain.undone import counting
from ..models import Outlet, Quote, Source, User
from .fields import LONGEST, Day, Line, Lines, Text

# Of these there may be thousands, so the admin has them typed by name; of all else one is picked from a list.
BY_NAME: dict[type[models.Model], str] = {Quote: "exact", Source: "title"}
WhyNot = Callable[[str], str]
OFFERED = 300  # names that are offered while typing


class Related:
    """The rows of one negotiation that forms on a page choose from; each model is asked once."""

    by_name: tuple[type[models.Model], ...] = tuple(BY_NAME)

    def __init__(self, negotiation: int | None) -> None:
        self.negotiation = negotiation
        self._rows: dict[type[models.Model], dict[int, Any]] = {}

    def rows(self, model: type[models.Model]) -> dict[int, Any]:
        if model not in self._rows:
            self._rows[model] = {row.pk: row for row in self.ask(model)}
        return self._rows[model]

    def ask(self, model: type[models.Model]) -> Any:
        rows = model._default_manager.all()
        if model is Outlet:
            rows = rows.select_related("merged_into")
        if model is not User:
            rows = present(rows.filter(negotiation_id=self.negotiation))
        if model is Quote:
            rows = counting(rows)
        if model in BY_NAME:
            rows = rows.only("slug", BY_NAME[model]).order_by("-pk")
        return rows

    def why_not(self, model: type[models.Model], pk: str) -> str:
        """What became of a row that is chosen and not offered, where it was taken out; else empty. One query."""
        if model not in NOUNS or not (pk.isascii() and pk.isdigit() and len(pk) < 10):
            return ""
        rows = model._default_manager.filter(negotiation_id=self.negotiation, pk=pk)
        row = with_removed(rows).first()
        if row is None or row.removed is None:
            return ""
        return f"“{row}” was taken out. Choose another, or undo revision {row.removed} to have it back."

    def offers(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For each model that is typed by name: its list's id, and the newest names with what they mean."""
        return [
            (list_id(model), [(row.slug, Truncator(str(row)).chars(80)) for row in [*rows.values()][:OFFERED]])
            for model, rows in self._rows.items()
            if model in self.by_name
        ]


def list_id(model: type[models.Model]) -> str:
    return f"names-of-{model._meta.model_name}"


class Drawn(forms.Select):
    """A list whose choices are drawn once for all the fields that a page has of it: a row of a table has the same as
    the row above, and they may be a hundred people.
    """

    @property
    def choices(self) -> Any:
        return self._choices

    @choices.setter
    def choices(self, value: Any) -> None:
        self._choices = normalize_choices(value)
        self.drawn: list[str] = []  # of these choices; a copy that is given others draws its own

    def __deepcopy__(self, memo: dict[int, Any]) -> Drawn:
        """What was drawn and what it was drawn from are shared by the copies of a field, one for each row."""
        twin = copy(self)
        twin.attrs = self.attrs.copy()
        return twin

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        if not self.drawn:
            self.drawn.append(format_html_join("", '<option value="{}">{}</option>', self.choices))
        chosen = format_html('<option value="{}"', "" if value is None else value)
        options = self.drawn[0].replace(f"{chosen}>", f"{chosen} selected>", 1)
        about = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html("<select{}>{}</select>", about, mark_safe(options))  # drawn escaped, above


class OneOf(forms.TypedChoiceField):
    """One row of the negotiation, picked from a list. `why_not(pk)` may tell why one is not there."""

    def __init__(self, rows: dict[int, Any], nouns: str, why_not: WhyNot | None = None, **options: Any) -> None:
        self.rows, self.why_not = rows, why_not
        super().__init__(
            choices=[("", "–"), *((pk, _label(row)) for pk, row in rows.items())],
            coerce=lambda pk: rows.get(int(pk)),
            empty_value=None,
            error_messages={"invalid_choice": f"Choose one of the {nouns} of this negotiation."},
            widget=Drawn,
            **options,
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> OneOf:
        memo[id(self._choices)] = self._choices  # type: ignore[attr-defined] # not copied for each row of a table
        return super().__deepcopy__(memo)

    def validate(self, value: Any) -> None:
        try:
            super().validate(value)
        except ValidationError:
            if told := self.why_not(str(value)) if self.why_not else "":
                raise ValidationError(told) from None
            raise

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Also where what was chosen is not there, which would else count as nothing."""
        return str(initial or "") != str(data or "").strip()


def _label(row: models.Model) -> str:
    if isinstance(row, Outlet) and row.merged_into is not None:
        return f"{row} (merged into {row.merged_into})"
    return f"{row} ({row.username})" if isinstance(row, User) else Truncator(getattr(row, "told", row)).chars(140)


class ByName(forms.Field):
    """One row of the negotiation, told by its slug; the browser offers the newest."""

    def __init__(self, rows: dict[int, Any], model: type[models.Model], **options: Any) -> None:
        self.rows, self.noun = rows, model._meta.verbose_name
        options["widget"] = forms.TextInput(attrs={"list": list_id(model), "autocomplete": "off"})
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return self.rows[value].slug if value in self.rows else value

    def to_python(self, value: Any) -> Any:
        name = str(value or "").strip()
        found = next((row for row in self.rows.values() if row.slug == name), None)
        if name and found is None:
            raise ValidationError(f"There is no {self.noun} “{Truncator(name).chars(80)}” in this negotiation.")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


def formfield(field: models.Field, related: Related) -> forms.Field | None:
    """Our form field for a column of a model; None where Django's own will do."""
    options: dict[str, Any] = {
        "label": field.verbose_name[:1].upper() + field.verbose_name[1:],
        "required": not field.blank,
        "help_text": field.help_text,
    }
    if field.has_default() and not callable(field.default):
        options["initial"] = field.default
    if isinstance(field, models.ForeignKey):
        model = field.remote_field.model
        rows = related.rows(model)
        if model in related.by_name:
            return ByName(rows, model, **options)
        return OneOf(rows, str(model._meta.verbose_name_plural), partial(related.why_not, model), **options)
    if isinstance(field, ArrayField):
        return Lines(**options)
    if isinstance(field, models.DateField):
        return Day(**options)
    if isinstance(field, models.URLField):
        return forms.URLField(max_length=field.max_length, assume_scheme="https", **options)
    if isinstance(field, models.TextField):
        return Text(rows=4, max_length=LONGEST, **options)
    if isinstance(field, models.CharField) and not field.choices and not field.validators[1:]:
        return Line(max_length=field.max_length, **options)
    return None
