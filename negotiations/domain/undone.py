"""Rows that no longer count, because the act that brought them is undone: for filters and for pages."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value


def is_undone(until: int | None = None) -> Func:
    """Whether the act of a row is undone, as the database knows it, or as it was at revision `until`."""
    if until is None:
        return Func(F("negotiation_id"), F("revision"), function="act_is_undone", output_field=BooleanField())
    at = Value(until, BigIntegerField())
    return Func(F("negotiation_id"), F("revision"), at, function="act_was_undone", output_field=BooleanField())


def with_undone(rows: QuerySet[Any], *, until: int | None = None) -> QuerySet[Any]:
    """All, each with `undone`."""
    return rows.annotate(undone=is_undone(until))


def counting(rows: QuerySet[Any], *, until: int | None = None) -> QuerySet[Any]:
    """Those whose act still counts, or did at revision `until`."""
    return with_undone(rows, until=until).filter(undone=False)
