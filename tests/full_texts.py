"""The full texts of the seed's sources. They are not ours to keep; without them tests say so, loudly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

DOCUMENTS = Path(os.environ.get("PARLEY_DOCUMENTS") or settings.BASE_DIR.parent / "shared" / "documents")


def folder() -> Path:
    """Where the texts are; the test that asks is skipped where they are not at hand."""
    if not any(DOCUMENTS.glob("*.txt")):
        pytest.skip(
            f"THE FULL TEXTS ARE NOT AT HAND: no document in {DOCUMENTS}. Name their folder in PARLEY_DOCUMENTS."
        )
    return DOCUMENTS


def documents() -> dict[str, str]:
    """The texts by the names of their files."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder().glob("*.txt"))}
