"""Languages, by the codes that documents carry."""

from __future__ import annotations

import re

from django.utils.translation import get_language_info

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def in_words(code: str) -> str:
    """`Ukrainian` for `uk`; a code that is not known stands for itself, and none is unknown."""
    if not code:
        return "unknown"
    try:
        return str(get_language_info(code.lower())["name"])
    except KeyError:
        return code
