"""What stood at a day of the world, as known at a revision: the one rule, in its one SQL shape.

Of a cell's stances with revision <= k, not withdrawn, not replaced by a stance with revision <= k, and held from v
or before: the one with the latest held_from, then the highest seq. Asked for what was public by a day, only those of
them that a source published by then supports, and recorded unknowns. See docs/decisions/as-of.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from ..models.stances import Code
from . import rechecks

# held_from is never after the day of its Change, so bounding it by the day of k changes no answer, and keeps an early
# k from walking the whole history of a cell. Two days more: the zone may have been another then, and two places on
# earth are at most two days apart.
STANDS = """
  s.position_id = p.id AND s.revision <= k.revision AND s.cause <> 'withdrawn'
  AND NOT EXISTS (SELECT FROM negotiations_stance r
                  WHERE r.position_id = s.position_id AND r.replaces = s.seq AND r.revision <= k.revision)
"""

# Of a document that was taken in twice, the earlier date counts. What has no date was not public before today.
PUBLIC = """least(src.published_on, (SELECT kept.published_on FROM negotiations_source kept
                                 WHERE kept.id = src.merged_into_id)) <= %(public_by)s::date"""

STANDS_PUBLICLY = f"""{STANDS}
  AND (s.code = 'unknown' OR EXISTS (
    SELECT FROM negotiations_evidence e
    LEFT JOIN negotiations_quote q ON q.id = e.quote_id
    LEFT JOIN negotiations_snapshot t ON t.id = q.snapshot_id
    JOIN negotiations_source src ON src.id = coalesce(e.source_id, t.source_id)
    WHERE e.stance_id = s.id AND e.bearing = 'supports' AND {PUBLIC}))
"""

_SHAPE = """
SELECT p.id AS position_id, p.party_id, p.priority_id, p.version,
       s.id AS stance_id, s.seq, coalesce(s.code, 'unknown') AS code,
       s.held_from, coalesce(s.precision, '') AS precision,
       coalesce(s.confidence, '') AS confidence, coalesce(s.red_line, false) AS red_line,
       coalesce(s.conditions, '') AS conditions, coalesce(s.limits, '') AS limits,
       coalesce(s.rationale, '') AS rationale,
       coalesce(e.supporting, 0) AS supporting, coalesce(e.contradicting, 0) AS contradicting,
       coalesce(e.in_context, 0) AS in_context, coalesce(e.origins, 0) AS origins,
       coalesce(later.code, '') AS later_code, later.held_from AS later_by
FROM negotiations_position p
JOIN (SELECT %(known_at)s::bigint AS revision,
             coalesce((SELECT (c.at AT TIME ZONE n.time_zone)::date + 2
                       FROM negotiations_change c JOIN negotiations_negotiation n ON n.id = c.negotiation_id
                       WHERE c.negotiation_id = %(negotiation)s AND c.revision = %(known_at)s),
                      CASE WHEN %(known_at)s::bigint > 0 THEN 'infinity' ELSE '-infinity' END::date) AS day
     ) k ON true
LEFT JOIN LATERAL (
  SELECT s.* FROM negotiations_stance s
  WHERE {stands} AND s.held_from <= least(%(as_of)s::date, k.day)
  ORDER BY s.held_from DESC, s.seq DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE e.bearing = 'supports') AS supporting,
         count(*) FILTER (WHERE e.bearing = 'contradicts') AS contradicting,
         count(*) FILTER (WHERE e.bearing = 'context') AS in_context,
         count(DISTINCT origin_of(src.id)) FILTER (
           WHERE e.bearing = 'supports' AND source_status_at(src.id, k.revision) = 'accepted') AS origins
  FROM negotiations_evidence e
  LEFT JOIN negotiations_quote q ON q.id = e.quote_id
  LEFT JOIN negotiations_snapshot t ON t.id = q.snapshot_id
  JOIN negotiations_source src ON src.id = coalesce(e.source_id, t.source_id)
  WHERE e.stance_id = s.id{counted}
) e ON true
LEFT JOIN LATERAL (
  SELECT s.code, s.held_from FROM negotiations_stance s
  WHERE coalesce(p.version, 0) > 0 AND {stands} AND s.precision = 'by' AND s.held_from > %(as_of)s::date
    AND s.held_from <= k.day
  ORDER BY s.held_from, s.seq DESC LIMIT 1
) later ON coalesce(s.code, 'unknown') = 'unknown'
WHERE p.negotiation_id = %(negotiation)s
"""

SHAPE = _SHAPE.format(stands=STANDS, counted="")
PUBLIC_SHAPE = _SHAPE.format(stands=STANDS_PUBLICLY, counted=f" AND {PUBLIC}")

COPIES = [
    *("code", "held_from", "precision", "confidence", "red_line", "conditions", "limits", "rationale"),
    *("supporting", "contradicting", "in_context", "origins"),
]

REFRESH = f"""
UPDATE negotiations_position p SET standing = a.seq, {", ".join(f"{c} = a.{c}" for c in COPIES)}
FROM ({SHAPE} AND p.id = ANY(%(positions)s)) a WHERE p.id = a.position_id
"""


@dataclass(frozen=True)
class Standing:
    """What stands in a cell. `seq` is None where nothing does; then the code reads `unknown`.

    `later_code` and `later_by` tell of a stance dated "by" a later day, whose start is unknown. `rechecks` counts the
    reasons to look at it again, `proposed` the open proposals, where they were asked for; the past has none of either,
    for that is work of today. `origins` are those of what supports it.
    """

    position_id: int
    party_id: int
    priority_id: int
    version: int
    stance_id: int | None
    seq: int | None
    code: str
    held_from: date | None
    precision: str
    confidence: str
    red_line: bool
    conditions: str
    limits: str
    rationale: str
    supporting: int
    contradicting: int
    in_context: int
    origins: int
    later_code: str = ""
    later_by: date | None = None
    rechecks: int = 0
    proposed: int = 0

    @property
    def evidence(self) -> int:
        """Pieces of evidence, each quote or locator counted."""
        return self.supporting + self.contradicting + self.in_context

    @property
    def is_known(self) -> bool:
        return self.code != Code.UNKNOWN


def standings(
    negotiation: int,
    *,
    as_of: date,
    known_at: int,
    public_by: date | None = None,
    positions: Sequence[int] | None = None,
) -> list[Standing]:
    """What stood in each cell of a negotiation (or in `positions`), in no order. One query.

    With `public_by`, only what sources published by then support, and only their evidence is counted.
    """
    asked: dict[str, Any] = {"negotiation": negotiation, "as_of": as_of, "known_at": known_at}
    sql = SHAPE
    if public_by is not None:
        sql, asked["public_by"] = PUBLIC_SHAPE, public_by
    if positions is not None:
        sql += " AND p.id = ANY(%(positions)s)"
        asked["positions"] = list(positions)
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [Standing(*row) for row in cursor.fetchall()]


def refresh(negotiation: int, *, positions: Sequence[int]) -> None:
    """Write the cells' copies of what stands today, as known now, and count anew why they are to be looked at again.

    The only writer of those columns.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT revision FROM negotiations_negotiation WHERE id = %s", [negotiation])
        known_at = cursor.fetchone()[0]
        asked = {
            "negotiation": negotiation,
            "as_of": date.max,
            "known_at": known_at,
            "positions": sorted(positions),
        }
        cursor.execute(REFRESH, asked)
    rechecks.refresh(negotiation, positions=positions)
