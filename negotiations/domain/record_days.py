"""The days on which something was recorded, to choose what was known by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from .moments import Moment
from .negotiations import Workspace

FEW = 12

# One step of an index for each day, however many acts there are.
LAST_OF_EACH_DAY = """
WITH RECURSIVE last AS (
  (SELECT revision, at, 1 AS n FROM negotiations_change
   WHERE negotiation_id = %(negotiation)s AND revision <= %(revision)s ORDER BY at DESC, revision DESC LIMIT 1)
  UNION ALL
  SELECT c.revision, c.at, last.n + 1 FROM last CROSS JOIN LATERAL (
    SELECT revision, at FROM negotiations_change
    WHERE negotiation_id = %(negotiation)s
      AND at < date_trunc('day', last.at AT TIME ZONE %(zone)s) AT TIME ZONE %(zone)s
    ORDER BY at DESC, revision DESC LIMIT 1) c
  WHERE last.n < %(few)s
)
SELECT revision, at FROM last
"""


@dataclass(frozen=True)
class RecordDay:
    """A day in the negotiation's zone, None before the first act; and a revision: the day's last, or the one chosen."""

    day: date | None
    revision: int


def record_days(workspace: Workspace, moment: Moment) -> tuple[RecordDay, ...]:
    """The newest FEW days with an act, the newest first, and among them the moment's revision. One query."""
    asked: dict[str, Any] = {
        "negotiation": workspace.id,
        "revision": workspace.revision,
        "zone": workspace.zone.key,
        "few": FEW,
    }
    with connection.cursor() as cursor:
        cursor.execute(LAST_OF_EACH_DAY, asked)
        found = {revision: workspace.day_of(at) for revision, at in cursor.fetchall()}
    days: dict[int, date | None] = dict(found)
    if moment.is_pinned and moment.known_at not in days:
        days[moment.known_at] = workspace.day_of(moment.recorded_at) if moment.recorded_at else None
    return tuple(RecordDay(days[revision], revision) for revision in sorted(days, reverse=True))
