"""Rows that no longer count, because the act that brought them is undone: for filters and for pages."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, QuerySet

from .in_sql import asked

ACT = ("negotiation_id", "revision")


def is_undone(until: int | None = None, act: str = "%(expressions)s") -> str:
    """Whether an act is undone, as the database knows it, or as it was at revision `until`: in SQL."""
    return f"act_is_undone({act})" if until is None else f"act_was_undone({act}, {int(until)})"


def with_undone(rows: QuerySet[Any], *, until: int | None = None) -> QuerySet[Any]:
    """All, each with `undone`."""
    return rows.annotate(undone=asked(is_undone(until), *ACT, kind=BooleanField()))


def counting(rows: QuerySet[Any], *, until: int | None = None) -> QuerySet[Any]:
    """Those whose act still counts, or did at revision `until`."""
    return rows.filter(asked(f"NOT {is_undone(until)}", *ACT, kind=BooleanField()))
