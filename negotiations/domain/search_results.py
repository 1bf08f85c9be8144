"""Reading the hits of a search from the database: the newest, counted and ranked, and those of one page shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from ..texts.anchoring import HOLDS
from . import search_hits
from .search_hits import Hit
from .search_marks import Found, excerpts
from .search_terms import Terms, condition
from .spellings import SoughtGroup

NEWEST = 1000  # hits that are counted and ranked
ON_A_PAGE = 20
PATIENCE = 2000  # milliseconds

# Only the newest hits are fetched and ranked, so that a word that is everywhere costs little more than others. Whether
# to start from the newest entries or from the word, PostgreSQL decides by how often the word occurs.
HITS = """
WITH newest AS MATERIALIZED (
  SELECT e.id, e.kind, e."row", e.day, e.vector FROM negotiations_searchentry e
  WHERE e.negotiation_id = %s AND {where}
  ORDER BY e.day DESC NULLS LAST, e.id DESC LIMIT {most}
), kinds AS (
  SELECT kind, count(*) AS many FROM newest GROUP BY kind
), many AS (
  SELECT coalesce(sum(many), 0) AS hits, coalesce(json_object_agg(kind, many), '{{}}') AS kinds FROM kinds
), page AS (
  SELECT id, day, {old} AS old, {rank} AS rank FROM newest ORDER BY old, rank DESC, day DESC NULLS LAST, id DESC
  LIMIT {on_a_page}
  OFFSET (SELECT least(%s, greatest(least(hits, {newest}) - 1, 0)::int / {on_a_page}) * {on_a_page} FROM many)
)
SELECT many.hits, many.kinds, e.kind, e."row", e.source, e.paragraph, e.language, e.day, e.words
FROM many LEFT JOIN page ON true LEFT JOIN negotiations_searchentry e ON e.id = page.id
ORDER BY page.old, page.rank DESC, page.day DESC NULLS LAST, page.id DESC
"""

# A text of which its source has a later one, words that its newest full text no longer has, a replaced rationale: they
# come after all others, for whoever looks wants what is so now. As the hits then say of themselves.
OUT = '(SELECT "row" FROM negotiations_removal WHERE "table" = \'negotiations_snapshot\' AND until IS NULL)'
OLD = f"""CASE kind
  WHEN 'passage' THEN EXISTS (
    SELECT FROM negotiations_snapshot own
    JOIN negotiations_snapshot later ON later.source_id = own.source_id AND later.number > own.number
    WHERE own.id = newest."row" AND later.id NOT IN {OUT})
  WHEN 'quote' THEN coalesce((
    SELECT a.state NOT IN {HOLDS} AND NOT coalesce((
      SELECT d.holds FROM negotiations_anchoringdecision d
      WHERE d.anchoring_id = a.id AND NOT act_is_undone(d.negotiation_id, d.revision)
      ORDER BY d.revision DESC, d.id DESC LIMIT 1), false)
    FROM negotiations_anchoring a JOIN negotiations_snapshot s ON s.id = a.snapshot_id AND s.kind = 'full'
    WHERE a.quote_id = newest."row" AND s.id NOT IN {OUT}
    ORDER BY s.number DESC, a.revision DESC, a.id DESC LIMIT 1), false)
  WHEN 'stance' THEN EXISTS (
    SELECT FROM negotiations_stance own
    JOIN negotiations_stance later ON later.position_id = own.position_id AND later.replaces = own.seq
    WHERE own.id = newest."row")
  ELSE false END"""

KINDS = """
SELECT kind, count(*) FROM (
  SELECT e.kind FROM negotiations_searchentry e WHERE e.negotiation_id = %s AND {where}
  ORDER BY e.day DESC NULLS LAST, e.id DESC LIMIT {most}
) newest GROUP BY kind
"""


class TooSlow(Exception):
    """It was given up. The message is a sentence to show."""


@dataclass(frozen=True)
class Results:
    """The hits of one page. `total` counts them up to NEWEST; `more` says that there are others.

    `kinds` counts the hits of each kind, also of those that are not shown: one more than NEWEST in all where there are
    others still. `number` counts pages from 1.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool
    kinds: Mapping[str, int]
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.hits) - 1


@dataclass(frozen=True)
class Where:
    """SQL that holds for an entry `e`, with its values; and the kind to show, if one was asked for."""

    statement: str
    values: tuple[Any, ...]
    kind: str = ""


def find(
    negotiation: int, groups: tuple[SoughtGroup, ...], terms: Terms, within: Where, *, by_rank: bool, page: int
) -> Results:
    """Page `page` of the hits (the last one, where there are fewer). Raises TooSlow."""
    words, values = condition(groups, terms)
    where = Where(f"{words} AND {within.statement}", (negotiation, *values, *within.values), within.kind)
    rows, kinds = _ask(where, terms.rank(groups) if by_rank else "", page)
    found = int(rows[0][0])
    entries = [search_hits.Entry(*row[2:]) for row in rows if row[2] is not None]
    read_as = [Found(entry.words, terms.languages.get(entry.language, terms.configs[0])) for entry in entries]
    shown = excerpts(read_as, groups, terms)
    total = min(found, NEWEST)
    return Results(
        hits=tuple(search_hits.of(negotiation, list(zip(entries, shown, strict=True)))),
        total=total,
        more=found > NEWEST,
        kinds=kinds,
        number=min(page, max(1, -(-total // ON_A_PAGE))),
    )


def _ask(where: Where, ranked: str, page: int) -> tuple[list[tuple[Any, ...]], Mapping[str, int]]:
    """The rows of a page, and how many of each kind there are, also of those that are not to be shown."""
    kind, values = (" AND e.kind = %s", [*where.values, where.kind]) if where.kind else ("", [*where.values])
    rank, old, by_rank = ("ts_rank(vector, %s::tsquery, 1)", OLD, [ranked]) if ranked else ("0", "false", [])
    sizes = {"most": NEWEST + 1, "newest": NEWEST, "on_a_page": ON_A_PAGE}
    rows = _run(HITS.format(where=where.statement + kind, rank=rank, old=old, **sizes), [*values, *by_rank, page - 1])
    if not where.kind:
        return rows, rows[0][1]
    return rows, dict(_run(KINDS.format(where=where.statement, **sizes), where.values))


def _run(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement, which is given up after PATIENCE with TooSlow.

    It goes to the server in one message with its limit: outside a transaction the message is one, and ends the limit.
    """
    limited = f"SET LOCAL statement_timeout = {PATIENCE}; {statement}; SET LOCAL statement_timeout = DEFAULT"
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
            cursor.execute(limited, values)
            cursor.nextset()
            return cursor.fetchall()
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        seconds = PATIENCE // 1000
        raise TooSlow(
            f"This took longer than {seconds} seconds and was given up. Fewer or rarer words, or a filter, help."
        ) from None
