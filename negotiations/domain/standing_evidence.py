"""What the standing stances rest on, in one SQL shape; and the cells that rest on some sources."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

# Each piece of evidence of the standing stances of a negotiation's cells; `source` is the one that is named, perhaps a
# duplicate. Whoever asks says what of it is looked for.
SHAPE = """
  SELECT p.id AS position, s.id AS stance, e.bearing, e.quote_id AS quote, coalesce(e.source_id, t.source_id) AS source
  FROM negotiations_position p
  JOIN negotiations_stance s ON s.position_id = p.id AND s.seq = p.standing
  JOIN negotiations_evidence e ON e.stance_id = s.id
  LEFT JOIN negotiations_quote q ON q.id = e.quote_id
  LEFT JOIN negotiations_snapshot t ON t.id = q.snapshot_id
  WHERE p.negotiation_id = %(negotiation)s
"""

# Sources, with those that repeat or are merged into them, however far down.
BELOW = """
WITH RECURSIVE down AS (
  SELECT id FROM negotiations_source WHERE id = ANY(%(sources)s)
  UNION SELECT s.id FROM negotiations_source s JOIN down ON down.id IN (s.origin_id, s.merged_into_id)
)
"""


def find_cells(negotiation: int, *, sources: Sequence[int]) -> list[int]:
    """The cells that rest on one of `sources`, or on one that repeats or is merged into them. One query."""
    sql = f"{BELOW} SELECT DISTINCT rests.position FROM ({SHAPE}) rests WHERE rests.source IN (SELECT id FROM down)"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"negotiation": negotiation, "sources": list(sources)})
        return sorted(pk for (pk,) in cursor.fetchall())


def find_below(sources: Sequence[int]) -> list[int]:
    """The ids of `sources` and of all that repeat or are merged into them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{BELOW} SELECT id FROM down ORDER BY id", {"sources": list(sources)})
        return [pk for (pk,) in cursor.fetchall()]


def find_by_source(negotiation: int) -> list[tuple[int, int]]:
    """Which cells rest on which sources: pairs of a source and a cell, each once. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT rests.source, rests.position FROM ({SHAPE}) rests", {"negotiation": negotiation}
        )
        return cursor.fetchall()
