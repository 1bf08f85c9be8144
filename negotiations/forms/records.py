"""Forms of rows that people edit in place, and of their tables of links: why, and dates as exact as they are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from ..domain import records
from ..domain.dates import last_day
from ..models import Negotiation
from .fields import Text

OUR_OWN = ("version", "why")  # fields of the form that are not of the row


class RecordForm(forms.ModelForm):
    """A row, with why it is changed, and what was stored when its form was opened.

    `negotiation`, and `links`, the tables that are edited on the same page, are set for each page.
    """

    negotiation: Negotiation | None = None
    links: Sequence[records.Link] = ()
    days: Sequence[str] = ()  # date fields that `precision` tells of
    why = Text(label="Reason", rows=2, max_length=2000, help_text="It is shown in the log.")
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = self.instance.pk is not None
        self.fields["why"].error_messages["required"] = "Say why you change this."
        if self.instance.pk is not None:
            self.stored = records.version_of(self.instance, self.links)
            self.initial["version"] = self.stored
        elif self.negotiation is not None and hasattr(self.instance, "negotiation_id"):
            self.instance.negotiation = self.negotiation

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in set(self.initial) & set(cleaned) - set(self.changed_data):
            if isinstance(self.fields[name], Text):
                cleaned[name] = self.initial[name]  # to the letter, a last line end included
        settle_days(cleaned, self.days)
        return cleaned

    def _get_validation_exclusions(self) -> Any:
        """The negotiation is no field of the form, yet what is unique is unique in it."""
        return super()._get_validation_exclusions() - {"negotiation"}  # type: ignore[misc]


def settle_days(cleaned: dict[str, Any], names: Sequence[str]) -> None:
    """Dates known to a month or a year are stored as its last day."""
    for name in names:
        if cleaned.get(name) and cleaned.get("precision"):
            cleaned[name] = last_day(cleaned[name], cleaned["precision"])


class LinkForm(forms.ModelForm):
    """A row of a table of links. It is of the negotiation of the row that it is edited with."""

    negotiation: Negotiation | None = None
    days: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.negotiation_id is None and self.negotiation is not None:
            self.instance.negotiation = self.negotiation

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        settle_days(cleaned, self.days)
        return cleaned

    def _post_clean(self) -> None:
        """What stays as it is stored is not checked again: that takes a few queries a row."""
        if self.has_changed():
            super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> Any:
        return super()._get_validation_exclusions() - {"negotiation"}  # type: ignore[misc]


class LinkFormSet(forms.BaseInlineFormSet):
    """Says which row stands there twice, also where a part of it is empty, which Django lets pass."""

    default_error_messages = {
        "missing_management_form": "This table came without its rows. Load the page again.",
        "too_many_forms": "These are more rows than one table takes.",
    }

    def clean(self) -> None:
        if any(form.instance.pk is None for form in self.initial_forms):  # which Django would pass over in silence
            raise ValidationError("A row is not there, or not of this table. Load the page again.")
        keys = [
            [name for name in constraint.fields if name != self.fk.name]
            for constraint in self.model._meta.constraints  # type: ignore[union-attr]
            if isinstance(constraint, models.UniqueConstraint)
        ]
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None)
            if not row or form.errors or row.get("DELETE"):
                continue
            for names in keys:
                key = tuple(row.get(name) for name in names)
                if key in seen:
                    raise ValidationError(f"{', '.join(str(v) for v in key if v)} stands here twice.")
                seen.add(key)
        super().clean()
