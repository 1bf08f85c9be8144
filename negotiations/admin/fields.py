"""Fields of the admin's forms: choices from one negotiation only, fetched once a page however many rows ask."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.text import Truncator

from ..forms.fields import LONGEST, Words, refuse_controls
from ..models import Outlet, Quote, Source, User

# Of these there may be thousands, so they are typed by name; of all else one is picked from a list.
BY_NAME: dict[type[models.Model], str] = {Quote: "exact", Source: "title"}
OFFERED = 300  # names that are offered while typing


class Related:
    """The rows of one negotiation that forms on a page choose from; each model is asked once."""

    def __init__(self, negotiation: int | None) -> None:
        self.negotiation = negotiation
        self._rows: dict[type[models.Model], dict[int, Any]] = {}

    def rows(self, model: type[models.Model]) -> dict[int, Any]:
        if model not in self._rows:
            rows = model._default_manager.all()
            if model is Outlet:
                rows = rows.select_related("merged_into")
            if model is not User:
                rows = rows.filter(negotiation_id=self.negotiation)
            if model in BY_NAME:
                rows = rows.only("slug", BY_NAME[model]).order_by("-pk")
            self._rows[model] = {row.pk: row for row in rows}
        return self._rows[model]

    def offers(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For each model that is typed by name: its list's id, and the newest names with what they mean."""
        return [
            (list_id(model), [(row.slug, Truncator(str(row)).chars(80)) for row in [*rows.values()][:OFFERED]])
            for model, rows in self._rows.items()
            if model in BY_NAME
        ]


def list_id(model: type[models.Model]) -> str:
    return f"names-of-{model._meta.model_name}"


class OneOf(forms.TypedChoiceField):
    """One row of the negotiation, picked from a list."""

    def __init__(self, rows: dict[int, Any], nouns: str, **options: Any) -> None:
        self.rows = rows
        super().__init__(
            choices=[("", "–"), *((pk, _label(row)) for pk, row in rows.items())],
            coerce=lambda pk: rows.get(int(pk)),
            empty_value=None,
            error_messages={"invalid_choice": f"Choose one of the {nouns} of this negotiation."},
            **options,
        )


def _label(row: models.Model) -> str:
    if isinstance(row, Outlet) and row.merged_into is not None:
        return f"{row} (merged into {row.merged_into})"
    return f"{row} ({row.username})" if isinstance(row, User) else str(row)


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


class Text(Words):
    """Text that is compared as it is cleaned, so that only real edits count as such."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return not self.disabled and self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class Line(Text):
    """Text in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(rows=1, widget=forms.TextInput(attrs={"class": "vTextField"}), **options)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\n", " ").strip()


class Lines(Text):
    """A list of names, one on each line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = "\n".join(value) if isinstance(value, list) else value
        lines = unicodedata.normalize("NFC", super().to_python(text)).split("\n")
        return [line for line in map(str.strip, lines) if line]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        for line in value:
            if len(line) > 200:
                raise ValidationError(f"“{line[:40]}…” is longer than 200 characters.")
            refuse_controls(line)


class Day(forms.DateField):
    """A date, written so that nobody can take the month for the day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
            widget=AdminDateWidget(format="%Y-%m-%d"),
            error_messages={"invalid": "Write the date as 2026-01-06 or 6 January 2026."},
            validators=[MinValueValidator(date(1000, 1, 1), "Give a year from 1000 on.")],
            **options,
        )


def formfield(field: models.Field, request: HttpRequest) -> forms.Field | None:
    """Our form field for a field of a model; None where Django's own will do."""
    options: dict[str, Any] = {
        "label": field.verbose_name[:1].upper() + field.verbose_name[1:],
        "required": not field.blank,
        "help_text": field.help_text,
    }
    if field.has_default() and not callable(field.default):
        options["initial"] = field.default
    if isinstance(field, models.ForeignKey):
        model = field.remote_field.model
        rows = request.related.rows(model)  # type: ignore[attr-defined]
        if model in BY_NAME:
            return ByName(rows, model, **options)
        return OneOf(rows, str(model._meta.verbose_name_plural), **options)
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
