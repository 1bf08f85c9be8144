"""The form of an instrument."""

from __future__ import annotations

from typing import Any

from .records import RecordForm


class InstrumentForm(RecordForm):
    days = ("dated",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("replaces") and cleaned["replaces"].pk == self.instance.pk:
            self.add_error("replaces", "An instrument can't replace itself.")
        return cleaned
