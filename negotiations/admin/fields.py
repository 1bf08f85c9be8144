"""Fields of the admin's forms: those of all forms, as the admin draws them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db import models
from django.http import HttpRequest

from ..forms import choosing, fields


class Line(fields.Line):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["class"] = "vTextField"


class Day(fields.Day):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_day(), **options)


def formfield(field: models.Field, request: HttpRequest) -> forms.Field | None:
    """The form field for a column of a model; None where Django's own will do."""
    made = choosing.formfield(field, request.related)  # type: ignore[attr-defined]
    if isinstance(made, fields.Line):
        made.widget.attrs["class"] = "vTextField"
    elif isinstance(made, fields.Day):
        made.widget = _day()
        made.widget.is_required = made.required
    return made


def _day() -> AdminDateWidget:
    return AdminDateWidget(format="%Y-%m-%d")
