"""Questions within a query that every list asks, in SQL.

To put one together of the ORM's parts takes longer than to answer it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Field, Func


def asked(sql: str, *columns: str, kind: Field[Any, Any]) -> Func:
    """What `sql` asks about columns of a row, by their paths; they stand in it, with commas, at %(expressions)s."""
    return Func(*map(F, columns), template=sql, output_field=kind)


def recorded_by(until: int | None, alias: str) -> str:
    """What limits the rows of `alias` to those of revision `until` or before; nothing where that is now."""
    return "" if until is None else f"AND {alias}.revision <= {int(until)}"
