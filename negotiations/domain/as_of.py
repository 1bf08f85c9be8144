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

# The sources that were out. Of a document that was taken in twice, the earlier date counts; one without a date was not
# out before today. What they could tell of is what was by that day, which also keeps from walking what came after.
OUT = """, out AS MATERIALIZED (
  SELECT src.id FROM negotiations_source src LEFT JOIN negotiations_source kept ON kept.id = src.merged_into_id
  WHERE src.negotiation_id = %(negotiation)s AND least(src.published_on, kept.published_on) <= %(public_by)s::date
)"""

STANDS_PUBLICLY = f"""{STANDS}
  AND s.held_from <= %(public_by)s::date
  AND (s.code = 'unknown' OR (EXISTS (SELECT FROM out) AND EXISTS (
    SELECT FROM negotiations_evidence e
    LEFT JOIN negotiations_quote q ON q.id = e.quote_id
    LEFT JOIN negotiations_snapshot t ON t.id = q.snapshot_id
    WHERE e.stance_id = s.id AND e.bearing = 'supports'
      AND coalesce(e.source_id, t.source_id) IN (SELECT id FROM out))))
"""

# What stands is found first, cell by cell, and only then its evidence: whom a source's word goes back to, and whether
# it counts, is looked up once for each source. A stance dated "by" a later day is looked for in unknown cells alone.
_SHAPE = """
WITH k AS (
  SELECT %(known_at)s::bigint AS revision,
         coalesce((SELECT (c.at AT TIME ZONE n.time_zone)::date + 2
                   FROM negotiations_change c JOIN negotiations_negotiation n ON n.id = c.negotiation_id
                   WHERE c.negotiation_id = %(negotiation)s AND c.revision = %(known_at)s),
                  CASE WHEN %(known_at)s::bigint > 0 THEN 'infinity' ELSE '-infinity' END::date) AS day
){out}, stood AS MATERIALIZED (
  SELECT p.id AS position_id, p.party_id, p.priority_id, p.version, s.id AS stance_id, s.seq, s.code, s.held_from,
         s.precision, s.confidence, s.red_line, s.conditions, s.limits, s.rationale
  FROM negotiations_position p CROSS JOIN k
  LEFT JOIN LATERAL (
    SELECT s.* FROM negotiations_stance s
    WHERE {stands} AND s.held_from <= least(%(as_of)s::date, k.day)
    ORDER BY s.held_from DESC, s.seq DESC LIMIT 1
  ) s ON true
  WHERE p.negotiation_id = %(negotiation)s AND (%(positions)s::bigint[] IS NULL OR p.id = ANY(%(positions)s::bigint[]))
), pieces AS (
  SELECT e.stance_id, e.bearing, src.id AS source
  FROM stood
  JOIN negotiations_evidence e ON e.stance_id = stood.stance_id
  LEFT JOIN negotiations_quote q ON q.id = e.quote_id
  LEFT JOIN negotiations_snapshot t ON t.id = q.snapshot_id
  JOIN negotiations_source src ON src.id = coalesce(e.source_id, t.source_id){counted}
), sources AS MATERIALIZED (
  SELECT source, origin_of(source) AS origin, source_status_at(source, k.revision) = 'accepted' AS counts
  FROM (SELECT DISTINCT source FROM pieces WHERE bearing = 'supports') each CROSS JOIN k
), counted AS (
  SELECT stance_id, count(*) FILTER (WHERE bearing = 'supports') AS supporting,
         count(*) FILTER (WHERE bearing = 'contradicts') AS contradicting,
         count(*) FILTER (WHERE bearing = 'context') AS in_context,
         count(DISTINCT origin) FILTER (WHERE bearing = 'supports' AND counts) AS origins
  FROM pieces LEFT JOIN sources USING (source) GROUP BY stance_id
)
SELECT p.position_id, p.party_id, p.priority_id, p.version, p.stance_id, p.seq, coalesce(p.code, 'unknown') AS code,
       p.held_from, coalesce(p.precision, '') AS precision,
       coalesce(p.confidence, '') AS confidence, coalesce(p.red_line, false) AS red_line,
       coalesce(p.conditions, '') AS conditions, coalesce(p.limits, '') AS limits,
       coalesce(p.rationale, '') AS rationale,
       coalesce(e.supporting, 0) AS supporting, coalesce(e.contradicting, 0) AS contradicting,
       coalesce(e.in_context, 0) AS in_context, coalesce(e.origins, 0) AS origins,
       coalesce(later.code, '') AS later_code, later.held_from AS later_by
FROM stood p CROSS JOIN k
LEFT JOIN counted e ON e.stance_id = p.stance_id
LEFT JOIN LATERAL (
  SELECT s.code, s.held_from FROM negotiations_stance s
  WHERE p.version > 0 AND coalesce(p.code, 'unknown') = 'unknown'
    AND {later} AND s.precision = 'by' AND s.held_from > %(as_of)s::date AND s.held_from <= k.day
  ORDER BY s.held_from, s.seq DESC LIMIT 1
) later ON true
"""


def _shape(stands: str, out: str = "", counted: str = "") -> str:
    # the second time the cell is a row of `stood`
    return _SHAPE.format(stands=stands, later=stands.replace("p.id", "p.position_id"), out=out, counted=counted)


SHAPE = _shape(STANDS)
PUBLIC_SHAPE = _shape(STANDS_PUBLICLY, OUT, " AND src.id IN (SELECT id FROM out)")

COPIES = [
    *("code", "held_from", "precision", "confidence", "red_line", "conditions", "limits", "rationale"),
    *("supporting", "contradicting", "in_context", "origins"),
]

REFRESH = f"""
UPDATE negotiations_position p SET standing = a.seq, {", ".join(f"{c} = a.{c}" for c in COPIES)}
FROM ({SHAPE}) a WHERE p.id = a.position_id
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
    asked["positions"] = None if positions is None else list(positions)
    sql = SHAPE
    if public_by is not None:
        sql, asked["public_by"] = PUBLIC_SHAPE, public_by
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
