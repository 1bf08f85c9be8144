"""Forms of the admin: a reason with each change, no silent overwriting, and dates as exact as they are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from ..domain import records
from ..domain.dates import last_day
from ..models import Negotiation
from .fields import Text
from .shown import moment

OUR_OWN = ("version", "why")  # fields of the form that are not of the row


class VersionedForm(forms.ModelForm):
    """Asks why, and refuses to save over what somebody else saved meanwhile.

    `links` are the tables that are edited on the same page, set for each page by `base.OfNegotiation.get_form`.
    """

    links: Sequence[records.Link] = ()
    why = Text(label="Reason", rows=2, max_length=2000, help_text="It is shown in the log.")
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = self.instance.pk is not None
        self.fields["why"].error_messages["required"] = "Say why you change this."
        if self.instance.pk is not None:
            self.stored = records.version_of(self.instance, self.links)
            self.initial["version"] = self.stored

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk is not None and cleaned.get("version") != self.stored:
            self.add_error(None, self._conflict(cleaned.get("version") or ""))
            # What was typed stays in the form; whoever sends it again has seen what is stored.
            sent: Any = self.data.copy()  # type: ignore[attr-defined]
            sent[self.add_prefix("version")] = self.stored
            self.data = sent
        for name in set(self.initial) & set(cleaned) - set(self.changed_data):
            if isinstance(self.fields[name], Text):
                cleaned[name] = self.initial[name]  # to the letter, a last line end included
        return cleaned

    def _conflict(self, seen: str) -> list[ValidationError]:
        last = next(iter(records.changes_of(self.instance, self.links, most=1)), None)
        who = (last.by or "Somebody outside Parley") if last else "Somebody"
        when = f" on {moment(last.at, getattr(self.instance, 'negotiation', None))}" if last else ""
        told = [
            f"{who} changed this{when}, after you opened it. Yours is not saved. "
            "Compare with what is stored now, then save again to put yours in its place."
        ]
        told += [f"Stored now: {label} is “{value}”." for label, value in self._differences()]
        for (model, key), old, new in zip(self.links, seen.split("-")[1:], self.stored.split("-")[1:], strict=False):
            if old != new:
                rows = "; ".join(map(str, model._default_manager.filter(**{key: self.instance.pk})))
                nouns = model._meta.verbose_name_plural
                told.append(f"Stored now: {nouns} are {rows or 'none'}. Load the page again to edit these.")
        return [ValidationError(sentence) for sentence in told]

    def _differences(self) -> list[tuple[str, str]]:
        """What is stored where something else was typed, by label."""
        names = [name for name in self.changed_data if name not in OUR_OWN]
        return [(str(self.fields[name].label), self._stored_value(name)) for name in names]

    def _stored_value(self, name: str) -> str:
        shown = getattr(self.instance, f"get_{name}_display", None)
        value = shown() if shown else getattr(self.instance, name, "")
        if isinstance(value, list):
            return ", ".join(value)
        return "nothing" if value in (None, "") else str(value)


class CuratedForm(VersionedForm):
    """A row of a negotiation. `negotiation` and the field that `slug_from` names are set for each page."""

    negotiation: Negotiation | None = None
    slug_from = "name"
    days: Sequence[str] = ()  # date fields that `precision` tells of

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.negotiation is not None:
            self.instance.negotiation = self.negotiation
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and "slug" not in self.errors:
            cleaned["slug"] = cleaned.get("slug") or slugify(cleaned.get(self.slug_from) or "")[:80].strip("-")
            self._check_slug(cleaned["slug"])
        settle_days(cleaned, self.days)
        return cleaned

    def _check_slug(self, slug: str) -> None:
        noun = self._meta.model._meta.verbose_name
        rows = self._meta.model._default_manager.filter(negotiation=self.negotiation, slug=slug)
        if not slug:
            self.add_error("slug", "Write a name for addresses, of small letters, digits and hyphens.")
        elif rows.exists():
            self.add_error("slug", f"There is a {noun} “{slug}” in this negotiation already.")

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

    def _get_validation_exclusions(self) -> Any:
        return super()._get_validation_exclusions() - {"negotiation"}  # type: ignore[misc]


class LinkFormSet(forms.BaseInlineFormSet):
    """Says which row stands there twice, also where a part of it is empty, which Django lets pass."""

    def clean(self) -> None:
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
