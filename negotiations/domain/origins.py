"""Which source repeats which: each is followed up to the one that said it first."""

from __future__ import annotations

from django.db import connection

from ..models import Source

UP = """
WITH RECURSIVE up AS (
  SELECT id, coalesce(merged_into_id, origin_id) AS onward FROM negotiations_source WHERE id = %(source)s
  UNION SELECT s.id, coalesce(s.merged_into_id, s.origin_id) FROM negotiations_source s JOIN up ON s.id = up.onward
)
SELECT EXISTS (SELECT FROM up WHERE id = %(other)s)
"""


def goes_back_to(source: Source, other: Source) -> bool:
    """Whether `source` is `other`, is merged into it or repeats it, perhaps through further sources."""
    with connection.cursor() as cursor:
        cursor.execute(UP, {"source": source.pk, "other": other.pk})
        return bool(cursor.fetchone()[0])
