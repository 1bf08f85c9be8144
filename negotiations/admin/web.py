"""Addresses on the web, as outlets and sources have them. They are shown and linked, and never fetched."""

from __future__ import annotations

from typing import Any

from .forms import CuratedForm


class AddressedForm(CuratedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        url = cleaned.get("url") or ""
        if url and not url.lower().startswith(("http://", "https://")):
            self.add_error("url", "An address begins with https:// or http://.")
        return cleaned
