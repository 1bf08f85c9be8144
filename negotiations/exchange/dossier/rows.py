"""Helpers of whatever reads rows: those of a negotiation, grouped, and dates with their precision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any


def rows_of(model: Any, negotiation: int) -> Any:
    """The rows of a negotiation in the order of their ids, which is the order of a dossier's lists."""
    return model.objects.filter(negotiation_id=negotiation).order_by("pk")


def said(day: date | None, precision: str, usual: str = "day") -> str:
    """A precision as it is written: beside its date, or where it is another than the usual."""
    return precision if day is not None or precision != usual else ""


def grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, tuple[Any, ...]]:
    """Rows by the id of what they belong to, in their order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for owner, item in pairs:
        found[owner].append(item)
    return defaultdict(tuple, {owner: tuple(items) for owner, items in found.items()})
