"""What every writer needs, and the one way in which it adds rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .matching import Missing
from .names import Names
from .schema import Dossier, Item

Columns = Callable[[Any, Any], dict[str, Any]]
Key = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Desk:
    """The negotiation, ids by name (to which writers add), what is missing, and the revision of rows that give none."""

    dossier: Dossier
    negotiation: int
    revision: int
    names: Names
    missing: Missing

    def add(self, model: Any, cls: type[Item], columns: Columns, *, key: Key | None = None) -> None:
        """Add what is missing of `cls`, in one statement, and know the new rows by `key`, if they have one.

        `columns` and `key` are asked with the slug of the item's owner and the item.
        """
        pairs = self.missing.of(cls)
        rows = model.objects.bulk_create(
            model(negotiation_id=self.negotiation, **self._revision(item), **columns(owner, item))
            for owner, item in pairs
        )
        kind = model._meta.model_name
        for row, (owner, item) in zip(rows, pairs, strict=True):
            if key is not None:
                self.names.put(kind, key(owner, item), row.pk)

    def _revision(self, item: Any) -> dict[str, int]:
        return {"revision": item.revision or self.revision} if hasattr(item, "revision") else {}

    def pk(self, kind: str, name: Any) -> int | None:
        """The id of what an item names; None where it names nothing."""
        return None if name is None else self.names.pk(kind, name)

    def link(self, table: str, column: str, pairs: list[tuple[int, int]]) -> None:
        """Point rows at others of their own table, which had no id before; pairs of two ids."""
        if not pairs:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} t SET {column} = v.target FROM unnest(%s::bigint[], %s::bigint[]) AS v (id, target)"
                " WHERE t.id = v.id",
                [[pk for pk, _ in pairs], [target for _, target in pairs]],
            )


# A copy of the newest judgement stands on what was judged.
_COPIES = """
UPDATE negotiations_{noun} t SET {column} = g.{column} FROM (
  SELECT DISTINCT ON ({noun}_id) {noun}_id, {column} FROM negotiations_{history} WHERE negotiation_id = %s
  ORDER BY {noun}_id, revision DESC, id DESC
) g WHERE g.{noun}_id = t.id AND t.{column} <> g.{column}
"""


def copy_newest(desk: Desk, noun: str, column: str, history: str) -> None:
    """Write the newest `column` of a `noun`'s history on the noun itself; tables without their prefix."""
    with connection.cursor() as cursor:
        cursor.execute(_COPIES.format(noun=noun, column=column, history=history), [desk.negotiation])


def dated(name: str, item: Any) -> dict[str, Any]:
    """A date with its precision; without either, the usual one of the table stands."""
    return {name: getattr(item, name)} | ({"precision": item.precision} if item.precision else {})
