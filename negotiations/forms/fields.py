"""Fields for what people write: real words, no control characters, one kind of line end, and days."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator

LONGEST = 20_000  # characters in one field: some ten pages


BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that are drawn as nothing


def has_words(text: str) -> bool:
    """Whether there is anything to see: not only blanks and invisible joiners."""
    return any(unicodedata.category(c) not in ("Cf", "Cc", "Zs", "Zl", "Zp", "Mn") and c not in BLANK for c in text)


def refuse_controls(text: str) -> None:
    for place, c in enumerate(text, start=1):
        category = unicodedata.category(c)
        if (category == "Cc" and c not in "\n\t") or category == "Cs":
            raise ValidationError(f"Character {place} is a control character, which text can't hold.")


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Let the field `name` of a form choose among these, as values and labels."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class Words(forms.CharField):
    """Text in one or several lines; what is only invisible counts as left out.

    One line is a name, which is the same name however its accents are spelt (Unicode's form NFC).
    """

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        options.setdefault("max_length", LONGEST)
        self.is_name = rows == 1
        if rows > 1:
            options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        if not has_words(text):
            return ""
        return unicodedata.normalize("NFC", text) if self.is_name else text

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        refuse_controls(value)


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
        super().__init__(rows=1, **options)

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
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(
            input_formats=["%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
            error_messages={"invalid": "Write the date as 2026-01-06 or 6 January 2026."},
            validators=[MinValueValidator(date(1000, 1, 1), "Give a year from 1000 on.")],
            **options,
        )
