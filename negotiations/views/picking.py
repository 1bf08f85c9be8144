"""What the picker of quotes shows, where all that is chosen serves one purpose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain import editing
from ..domain.places import Place
from ..forms.evidence import rows_for


def picker(negotiation: int, places: Sequence[Place], words: str, about: str = "") -> dict[str, Any]:
    """The context of includes/picker.html and includes/locators.html; without `words`, of the party `about`."""
    chosen = [place.quote for place in places if place.quote is not None]
    offered = editing.choices_in(negotiation, chosen=chosen, words=words, about=about)
    return {
        "words": words,
        "offered": offered,
        "quotes": [(quote, quote.id in chosen) for quote in [*offered.chosen, *offered.found]],
        "locators": rows_for(places, least=1),
    }
