"""Natural keys and ids, both ways: a dossier knows no ids, the database little else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class Names:
    """For each kind of row (a table without its prefix), the id of each natural key and the key of each id.

    A key is a slug, a priority's number, a user's name; of a link, a snapshot or a cell, a tuple of such.
    """

    def __init__(self) -> None:
        self._pks: dict[str, dict[Any, int]] = {}
        self._names: dict[str, dict[int, Any]] = {}

    def put(self, kind: str, name: Any, pk: int) -> None:
        self._pks.setdefault(kind, {})[name] = pk
        self._names.setdefault(kind, {})[pk] = name

    def put_all(self, kind: str, pairs: Iterable[tuple[Any, int]]) -> None:
        for name, pk in pairs:
            self.put(kind, name, pk)

    def pk(self, kind: str, name: Any) -> int:
        """The id; a KeyError where there is none is a fault of ours, since names are checked before."""
        return self._pks[kind][name]

    def maybe_pk(self, kind: str, name: Any) -> int | None:
        """The id, None where nothing is named or nothing has the name."""
        return None if name is None else self._pks.get(kind, {}).get(name)

    def every(self, kind: str) -> list[Any]:
        """The names of all rows of a kind that are known."""
        return list(self._pks.get(kind, ()))

    def name(self, kind: str, pk: int) -> Any:
        return self._names[kind][pk]

    def maybe_name(self, kind: str, pk: int | None) -> Any:
        return None if pk is None else self._names.get(kind, {}).get(pk)
