"""Who repeats whom: each source is followed up to the one that said it first, and each origin counts once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Func, TextField

from ..models import Outlet, Source
from ..models.outlets import Reliability
from .judged import letter_at

UP = """
WITH RECURSIVE up AS (
  SELECT id, coalesce(merged_into_id, origin_id) AS onward FROM negotiations_source WHERE id = %(source)s
  UNION SELECT s.id, coalesce(s.merged_into_id, s.origin_id) FROM negotiations_source s JOIN up ON s.id = up.onward
)
SELECT EXISTS (SELECT FROM up WHERE id = %(other)s)
"""


@dataclass(frozen=True)
class Origin:
    """Whom words go back to: an outlet, or where that is unknown, the source that said them first (`slug`).

    It is not `identified` where it can't be judged: two such may be the same, or repeat each other unseen.
    """

    key: str
    name: str
    slug: str
    identified: bool


def goes_back_to(source: Source, other: Source) -> bool:
    """Whether `source` is `other`, is merged into it or repeats it, perhaps through further sources."""
    with connection.cursor() as cursor:
        cursor.execute(UP, {"source": source.pk, "other": other.pk})
        return bool(cursor.fetchone()[0])


def key_of(source: str) -> Func:
    """The key of the origin of the source at the path `source`, as the database counts origins."""
    return Func(F(source), function="origin_of", output_field=TextField())


def by_key(keys: Iterable[str], *, until: int | None = None) -> dict[str, Origin]:
    """The origins of these keys, in the order of their names; with `until`, as judged at that revision. Two queries."""
    ids: dict[str, list[int]] = {"outlet": [], "source": []}
    for key in set(keys):
        kind, _, pk = key.partition(" ")
        ids[kind].append(int(pk))
    outlets = Outlet.objects.filter(pk__in=ids["outlet"]).annotate(then=letter_at("pk", until))
    sources = Source.objects.filter(pk__in=ids["source"])
    found = [Origin(f"outlet {o.pk}", o.name, "", (o.then or o.reliability) != Reliability.F) for o in outlets]
    found += [Origin(f"source {s.pk}", s.title, s.slug, False) for s in sources]
    return {origin.key: origin for origin in sorted(found, key=lambda origin: (origin.name, origin.key))}
