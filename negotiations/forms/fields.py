"""Fields for text that people write: real words, no control characters, one kind of line end."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

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
