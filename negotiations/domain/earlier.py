"""What a row that people edit in place, and its links, looked like at an earlier revision, by the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from .records import Link, edits_of

Values = dict[str, Any]  # by column; an id, a string, a list of strings, a date or its ISO form


@dataclass(frozen=True)
class Standing:
    """The columns of a row, and for each table of links its rows by id."""

    row: Values
    links: tuple[dict[int, Values], ...]


def standing_now(row: Model, links: Sequence[Link]) -> Standing:
    """As it is stored. One query, and one for each table of links."""
    stored = type(row)._default_manager.filter(pk=row.pk).values().get()
    tables = (model._default_manager.filter(**{key: row.pk}).order_by("pk").values() for model, key in links)
    return Standing(stored, tuple({values["id"]: values for values in table} for table in tables))


def standing_at(row: Model, links: Sequence[Link], now: Standing, revision: int) -> Standing:
    """As it stood at `revision`, from what is stored `now`. One query."""
    values = dict(now.row)
    tables = {model._meta.db_table: dict(rows) for (model, _), rows in zip(links, now.links, strict=True)}
    later = edits_of(row, links).filter(change__revision__gt=revision)
    for edit in later.order_by("-pk").values("table", "row", "before"):
        if edit["table"] == row._meta.db_table:
            values |= edit["before"] or {}
        elif edit["before"] is None:  # it was added since
            tables[edit["table"]].pop(edit["row"], None)
        else:
            rows = tables[edit["table"]]
            rows[edit["row"]] = rows.get(edit["row"], {}) | edit["before"]
    return Standing(values, tuple(tables[model._meta.db_table] for model, _ in links))
