"""The forms of a source and of its texts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..domain.languages import LANGUAGE
from ..domain.origins import goes_back_to
from ..models.sources import SnapshotKind
from . import acts
from .fields import Line
from .web import AddressedForm

LONGEST_TEXT = 2_000_000  # characters: a book


class SourceForm(AddressedForm):
    slug_from = "title"
    days = ("published_on",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        origin = cleaned.get("origin")
        if origin and self.instance.pk and goes_back_to(origin, self.instance):
            self.add_error("origin", "This source would repeat itself. Choose the one that said it first.")
        return cleaned

    def clean_language(self) -> str:
        return checked_language(self.cleaned_data["language"])


class TextForm(acts.Why):
    kind = forms.ChoiceField(choices=SnapshotKind.choices)
    language = Line(required=False, max_length=12, help_text="A language code such as en, uk or pt-BR.")
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 25, "class": "vLargeTextField"}),
        strip=False,
        max_length=LONGEST_TEXT,
        help_text="It is stored as it is and never changed. A correction is a further text.",
    )
    field_order = ["kind", "language", "text", "why"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].required = False

    def clean_language(self) -> str:
        return checked_language(self.cleaned_data["language"])

    def clean_text(self) -> str:
        """Browsers send line ends in two characters; a text has one, so that places count alike everywhere."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            raise ValidationError("Write or paste the text.")
        return text


def checked_language(code: str) -> str:
    if code and not LANGUAGE.match(code):
        raise ValidationError("Write a language code such as en, uk or pt-BR.")
    return code
