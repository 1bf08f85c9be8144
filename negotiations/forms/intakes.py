"""The forms of a document: handing it in, and saying what it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from ..database.dates import ALWAYS
from ..domain.documents import Details
from ..domain.intakes import Held
from ..domain.languages import LANGUAGE
from ..models.fields import Precision
from ..models.originals import LARGEST
from .fields import Words, offer

LONGEST_TEXT = 2_000_000  # characters: a book
SUFFIXES = ".txt,.md,.html,.htm,.pdf,.docx,.eml"


class HandInForm(forms.Form):
    file = forms.FileField(
        label="A file",
        required=False,
        allow_empty_file=True,  # its reader has a sentence for that
        widget=forms.ClearableFileInput(attrs={"accept": SUFFIXES}),
        help_text="Text, Markdown, a web page, PDF, Word (.docx) or a mail (.eml), up to 20 MB.",
    )
    text = Words(
        label="Or its text",
        required=False,
        rows=10,
        max_length=LONGEST_TEXT,
        strip=False,
        help_text="Paste it as it stands; an empty line parts paragraphs.",
    )
    source = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError("This file is too large: Parley takes up to 20 MB.")
        return file

    def clean(self) -> dict[str, Any]:
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text")
        if self.errors:
            return self.cleaned_data
        if file and text:
            self.add_error(None, "Choose a file or paste a text, not both.")
        if not file and not text:
            self.add_error(None, "Choose a file, or paste the text.")
        return self.cleaned_data


class DetailsForm(forms.Form):
    """What a document is. Where it is a further text of a source, nothing else is asked."""

    source = forms.ChoiceField(label="This is", widget=forms.RadioSelect, required=False)
    title = Words(
        label="Title",
        rows=1,
        max_length=300,
        error_messages={"required": "Give it a title, by which people will know it."},
    )
    outlet = Words(label="Outlet", rows=1, max_length=120, required=False, help_text="Who published it.")
    url = forms.URLField(
        label="Address",
        max_length=2000,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Write an address that begins with https:// or http://, or leave it empty."},
    )
    published_on = forms.DateField(
        label="Published on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text="Leave it empty where the document does not say.",
        error_messages={"invalid": "Write the day like 2026-01-06, or leave it empty."},
    )
    precision = forms.ChoiceField(label="How exactly", choices=Precision.choices, required=False)
    language = forms.RegexField(
        LANGUAGE,
        label="Language",
        max_length=12,
        required=False,
        help_text="A code such as en, uk or pt-BR.",
        error_messages={"invalid": "Write a language code such as en, uk or pt-BR."},
    )
    origin = forms.ChoiceField(
        label="It repeats", required=False, help_text="A reprint counts with its origin, not beside it."
    )

    def __init__(self, data: Any, *, held: Held | None, sources: list[tuple[str, str]], today: date) -> None:
        super().__init__(data, initial=_initial(held) if held else {})
        self.today = today
        known = (held.source or held.recognised.quoted) if held else None
        further = [(known.slug, f"the full text of “{known.name}”")] if known else []
        if held is None:  # taken in already: whether with these very words, the domain says
            further = [(data.get("source", ""), "as it was sent")]
        offer(self, "source", [*further, ("", "a new source")])
        self.fields["title"].required = not self["source"].value()
        offer(self, "origin", [("", "No other source, as far as is known"), *sources])

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError(self.fields["url"].error_messages["invalid"])
        return url

    def clean_published_on(self) -> date | None:
        day: date | None = self.cleaned_data["published_on"]
        if day and not ALWAYS < day <= self.today + timedelta(days=1):  # somewhere it may be tomorrow already
            raise forms.ValidationError("Nothing was published on that day. Write another, or leave it empty.")
        return day

    @property
    def details(self) -> Details:
        data = self.cleaned_data
        if data["source"]:
            return Details(source=data["source"], language=data["language"])
        return Details(**{**data, "precision": data["precision"] or Precision.DAY})


def _initial(held: Held) -> dict[str, Any]:
    known = held.source or held.recognised.quoted
    copies = held.recognised.copies
    return held.proposed | {
        "source": known.slug if known else "",
        "origin": copies[0].origin.slug if copies and not known else "",
        "precision": Precision.DAY,
    }
