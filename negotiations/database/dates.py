"""PostgreSQL's minus infinity as Python's `date.min`, both ways.

Python's dates have no infinity; psycopg refuses to read one. `date.min` is nobody's date here, so it stands for
"since before anything that could be found". The recipe is psycopg's own (its documentation, under "Data adaptation
configuration and customization").
"""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.types.datetime import DateDumper, DateLoader

ALWAYS = date.min


class InfinityDumper(DateDumper):
    def dump(self, obj: Any) -> Buffer | None:
        return b"-infinity" if obj == ALWAYS else super().dump(obj)


class InfinityLoader(DateLoader):
    def load(self, data: Buffer) -> date:
        return ALWAYS if bytes(data) == b"-infinity" else super().load(data)


def register() -> None:
    """Call once, before the first connection is made."""
    psycopg.adapters.register_dumper(date, InfinityDumper)
    psycopg.adapters.register_loader("date", InfinityLoader)
