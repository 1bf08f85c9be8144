"""The language of a text that does not name it, where `py3langid` is sure; tried on eighteen languages of Europe."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any

SHORTEST = 200  # characters; below that a name or two decide
ENOUGH = 5_000
SURE = 0.9
NO_LANGUAGE = "zxx"


def guess_language(text: str) -> str:
    """A code such as "en"; "" where the text is too short or fits several languages."""
    if len(text) < SHORTEST:
        return ""
    with suppress(OSError):  # no document is lost for want of a guess
        code, probability = _model().classify(text[:ENOUGH])
        return str(code) if probability >= SURE and code != NO_LANGUAGE else ""
    return ""


@cache
def _model() -> Any:
    from py3langid import langid, modelio

    # It unpacks its model into a temporary file; here nothing may be written.
    setattr(modelio, "tempfile", SimpleNamespace(TemporaryFile=lambda suffix: BytesIO()))  # noqa: B010
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
