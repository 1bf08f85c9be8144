"""Which cells are to be looked at again, and why: the one rule, in its one SQL shape (docs/decisions/rechecks.md).

A cell's standing stance rests on the evidence that supports or contradicts it. Something may happen to what it rests
on: a later text has other words, a source is rejected, an outlet or a claim is graded low. Whoever records a stance
after that, over one that rested on the same thing, knew it; so did whoever said since that the cell stays. Otherwise
the reason is open.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import TextChoices

from ..models import Position
from ..models.evidence import Bearing


class Why(TextChoices):
    """The kinds of reasons."""

    ANCHOR = "anchor", "Words that changed"
    SOURCE = "source", "Rejected or retracted source"
    OUTLET = "outlet", "Outlet graded low"
    CLAIM = "claim", "Claim graded low"
    ORIGIN = "origin", "High confidence on one origin"


# The cells with their standing stance, and the stance that stood when that one was recorded: its author saw what was
# open then.
CELLS = """
  SELECT p.id, s.id AS stance, s.revision, s.code, s.confidence, before.id AS before
  FROM negotiations_position p
  JOIN negotiations_stance s ON s.position_id = p.id AND s.seq = p.standing
  LEFT JOIN LATERAL (
    SELECT b.id FROM negotiations_stance b
    WHERE b.position_id = p.id AND b.revision < s.revision AND b.cause <> 'withdrawn'
      AND NOT EXISTS (SELECT FROM negotiations_stance r
                      WHERE r.position_id = b.position_id AND r.replaces = b.seq AND r.revision < s.revision)
    ORDER BY b.held_from DESC, b.seq DESC LIMIT 1
  ) before ON true
  WHERE p.negotiation_id = %(negotiation)s AND (%(positions)s::bigint[] IS NULL OR p.id = ANY(%(positions)s))
"""

BEARINGS = (Bearing.SUPPORTS, Bearing.CONTRADICTS)  # what a stance rests on; context bears on nothing

# What these stances rest on. A source or an outlet that was merged is the one that was kept.
PROOFS = """
  SELECT e.stance_id AS stance, e.bearing, e.quote_id AS quote, named.id AS named, kept.id AS source,
         coalesce(outlet.merged_into_id, outlet.id) AS outlet
  FROM (SELECT stance FROM cell UNION SELECT before FROM cell) judged
  JOIN negotiations_evidence e ON e.stance_id = judged.stance AND e.bearing <> 'context'
  LEFT JOIN negotiations_quote q ON q.id = e.quote_id
  LEFT JOIN negotiations_snapshot t ON t.id = q.snapshot_id
  JOIN negotiations_source named ON named.id = coalesce(e.source_id, t.source_id)
  JOIN negotiations_source kept ON kept.id = coalesce(named.merged_into_id, named.id)
  LEFT JOIN negotiations_outlet outlet ON outlet.id = kept.outlet_id
"""

# A quote is not found word for word in the newest full text after its own, and nobody has said that it still holds.
ANCHOR = """
  SELECT 'anchor' AS reason, 'quote' AS on_thing, q.id, coalesce(d.revision, a.revision) AS since,
         jsonb_build_object('anchoring', a.id, 'state', a.state, 'text', newest.number, 'decided', d.reason) AS told,
         false AS is_first
  FROM things JOIN negotiations_quote q ON q.id = things.id
  JOIN negotiations_snapshot own ON own.id = q.snapshot_id
  JOIN LATERAL (SELECT n.id, n.number FROM negotiations_snapshot n
                WHERE n.source_id = own.source_id AND n.number > own.number AND n.kind = 'full'
                  AND NOT EXISTS (SELECT FROM negotiations_removal m WHERE m."table" = 'negotiations_snapshot'
                                  AND m."row" = n.id AND m.until IS NULL)
                ORDER BY n.number DESC LIMIT 1) newest ON true
  JOIN LATERAL (SELECT * FROM negotiations_anchoring n WHERE n.quote_id = q.id AND n.snapshot_id = newest.id
                ORDER BY n.revision DESC, n.id DESC LIMIT 1) a ON a.state NOT IN ('exact', 'moved')
  LEFT JOIN LATERAL (SELECT * FROM negotiations_anchoringdecision n
                     WHERE n.anchoring_id = a.id AND NOT act_is_undone(n.negotiation_id, n.revision)
                     ORDER BY n.revision DESC, n.id DESC LIMIT 1) d ON true
  WHERE things.thing = 'quote' AND d.holds IS NOT TRUE
"""

# The newest grading of a source says that it does not count.
SOURCE = """
  SELECT 'source', 'source', g.source_id, g.revision, jsonb_build_object('now', g.status, 'why', g.reason), false
  FROM things
  JOIN LATERAL (SELECT * FROM negotiations_sourcegrading n WHERE n.source_id = things.id
                ORDER BY n.revision DESC, n.id DESC LIMIT 1) g ON g.status IN ('rejected', 'retracted')
  WHERE things.thing = 'source'
"""


def _graded_low(reason: str, thing: str, table: str, grade: str, *, is_good: str, is_bad: str) -> str:
    """It was good once, and since then has been graded otherwise; or it never was, and has been graded bad.

    Dated to the first such grading. The second counts only for stances that were recorded before it.
    """
    key = f"{thing}_id"
    return f"""
  SELECT '{reason}', '{thing}', bad.{key}, bad.revision,
         jsonb_build_object('before', good.{grade}, 'now', now.{grade}, 'why', now.reason), good.id IS NULL
  FROM things
  LEFT JOIN LATERAL (SELECT * FROM {table} n WHERE n.{key} = things.id AND n.{grade} {is_good}
                ORDER BY n.revision DESC, n.id DESC LIMIT 1) good ON true
  JOIN LATERAL (SELECT * FROM {table} n WHERE n.{key} = things.id
                  AND ((n.revision, n.id) > (good.revision, good.id) OR good.id IS NULL AND n.{grade} {is_bad})
                ORDER BY n.revision, n.id LIMIT 1) bad ON true
  JOIN LATERAL (SELECT * FROM {table} n WHERE n.{key} = things.id
                ORDER BY n.revision DESC, n.id DESC LIMIT 1) now ON true
  WHERE things.thing = '{thing}'
"""


OUTLET = _graded_low(  # an outlet that nobody has judged is F
    *("outlet", "outlet", "negotiations_outletgrading", "reliability"),
    is_good="IN ('A', 'B', 'C')",
    is_bad="IN ('D', 'E')",
)
CLAIM = _graded_low(
    *("claim", "quote", "negotiations_claimgrading", "credibility"), is_good="<= 3", is_bad="BETWEEN 4 AND 6"
)


def _edited(table: str, row: str, *columns: str) -> str:
    """The last revision in which somebody edited one of these columns of a row, as the log has it."""
    names = ", ".join(f"'{column}'" for column in columns)
    return f"""(SELECT max(c.revision) FROM negotiations_rowedit r JOIN negotiations_change c ON c.id = r.change_id
       WHERE r."table" = '{table}' AND r."row" = {row} AND r.after ?| ARRAY[{names}])"""


# Who merges a source into one that fell, or gives it an outlet that came down, brings its trouble with that.
LED = f"""
  SELECT greatest({_edited("negotiations_source", "named.id", "merged_into_id")},
    CASE met.thing WHEN 'outlet' THEN greatest(
      {_edited("negotiations_source", "kept.id", "outlet_id")},
      {_edited("negotiations_outlet", "kept.outlet_id", "merged_into_id")}) END) AS revision
  FROM negotiations_source named JOIN negotiations_source kept ON kept.id = coalesce(named.merged_into_id, named.id)
  WHERE named.id = met.named
"""

# High confidence on fewer than two independent origins: from the stance on, or since a source fell, or since somebody
# edited whom a source goes back to.
ORIGIN = f"""
  SELECT cell.id, 'origin', NULL, greatest(cell.revision, counted.fell, edited.revision),
         jsonb_build_object('origins', counted.origins)
  FROM cell
  JOIN LATERAL (
    SELECT count(DISTINCT origin_of(proof.source)) FILTER (WHERE g.status = 'accepted') AS origins,
           max(g.revision) FILTER (WHERE g.status <> 'accepted') AS fell, array_agg(proof.named) AS sources
    FROM proof
    LEFT JOIN LATERAL (SELECT * FROM negotiations_sourcegrading n WHERE n.source_id = proof.source
                       ORDER BY n.revision DESC, n.id DESC LIMIT 1) g ON true
    WHERE proof.stance = cell.stance AND proof.bearing = 'supports'
  ) counted ON counted.origins < 2
  LEFT JOIN LATERAL (
    WITH RECURSIVE up AS (
      SELECT unnest(counted.sources) AS id
      UNION SELECT coalesce(s.merged_into_id, s.origin_id) FROM negotiations_source s JOIN up ON s.id = up.id
    )
    SELECT max(greatest({_edited("negotiations_source", "s.id", "merged_into_id", "origin_id", "outlet_id")},
                        {_edited("negotiations_outlet", "s.outlet_id", "merged_into_id")})) AS revision
    FROM up JOIN negotiations_source s ON s.id = up.id
  ) edited ON true
  WHERE cell.confidence = 'high' AND cell.code <> 'unknown'
"""

# Who records a stance on something graded bad from the start, or at once with that grading, as a dossier may do, had
# the grade before them: a first grading counts only where it comes later, and to cite the thing newly is no news.
# Troubles are few. They are found first, once for each thing, so that what is asked for each of them is asked seldom;
# left to choose, the planner may ask it for every piece of evidence.
SHAPE = f"""
WITH cell AS ({CELLS}),
proof AS ({PROOFS}),
rests AS (
  SELECT stance, 'quote' AS thing, quote AS id, NULL::bigint AS named FROM proof WHERE quote IS NOT NULL
  UNION SELECT stance, 'source', source, named FROM proof
  UNION SELECT stance, 'outlet', outlet, named FROM proof WHERE outlet IS NOT NULL
),
things AS (SELECT DISTINCT thing, id FROM rests),
trouble AS MATERIALIZED ({ANCHOR} UNION ALL {SOURCE} UNION ALL {OUTLET} UNION ALL {CLAIM}),
met AS MATERIALIZED (
  SELECT cell.id AS position, cell.revision, cell.before, rests.thing, rests.named, trouble.*
  FROM cell JOIN rests ON rests.stance = cell.stance
  JOIN trouble ON trouble.on_thing = rests.thing AND trouble.id = rests.id
),
counting AS (
  SELECT met.position, met.reason, met.id, max(greatest(met.since, led.revision, met.revision)) AS since, met.told
  FROM met LEFT JOIN LATERAL ({LED}) led ON true
  WHERE CASE WHEN met.is_first THEN greatest(met.since, led.revision) > met.revision
    ELSE greatest(met.since, led.revision) >= met.revision
      OR NOT EXISTS (SELECT FROM rests b WHERE b.stance = met.before AND b.thing = met.thing AND b.id = met.id) END
  GROUP BY met.position, met.reason, met.id, met.told
  UNION ALL {ORIGIN}
)
SELECT * FROM counting
WHERE NOT EXISTS (SELECT FROM negotiations_stay stay
                  WHERE stay.position_id = counting.position AND stay.revision >= counting.since
                    AND NOT act_is_undone(stay.negotiation_id, stay.revision))
"""

REFRESH = f"""
UPDATE negotiations_position p SET rechecks = found.many
FROM (SELECT p.id, count(reason.position) AS many
      FROM negotiations_position p LEFT JOIN ({SHAPE}) reason ON reason.position = p.id
      WHERE p.negotiation_id = %(negotiation)s AND (%(positions)s::bigint[] IS NULL OR p.id = ANY(%(positions)s))
      GROUP BY p.id) found
WHERE p.id = found.id AND p.rechecks <> found.many
"""


@dataclass(frozen=True)
class Open:
    """A reason to look at a cell again. `on` is the id of the quote, source or outlet, None for `origin`.

    `since` is the revision by which it happened and the cell rested on it; `told` has what a sentence about it needs.
    """

    position: int
    why: Why
    on: int | None
    since: int
    told: dict[str, Any]


def find_open(negotiation: int, *, positions: Sequence[int] | None = None) -> list[Open]:
    """The open reasons of a negotiation's cells (or of `positions`), in no order. One query, or none for no cells."""
    if positions is not None and not positions:
        return []
    with connection.cursor() as cursor:
        cursor.execute(SHAPE, _asked(negotiation, positions))
        return [
            Open(position, Why(why), on, since, json.loads(told))
            for position, why, on, since, told in cursor.fetchall()
        ]


def find_all(negotiation: int) -> list[Open]:
    """All open reasons of a negotiation. Only cells whose copy says that there are some are asked. Two queries."""
    waiting = Position.objects.filter(negotiation=negotiation, rechecks__gt=0).values_list("pk", flat=True)
    return find_open(negotiation, positions=list(waiting))


def refresh(negotiation: int, *, positions: Sequence[int] | None = None) -> None:
    """Count anew how many reasons are open, in all cells of a negotiation or in `positions`. The only writer of
    `Position.rechecks`. After the Change is taken; the cells are locked, and their `standing` is right."""
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, _asked(negotiation, positions))


def _asked(negotiation: int, positions: Sequence[int] | None) -> dict[str, Any]:
    return {"negotiation": negotiation, "positions": None if positions is None else sorted(positions)}
