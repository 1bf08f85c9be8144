"""Whether a text is here already: the same, a copy of one that is, or the text of a source that has only a précis."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import Original, Quote, Snapshot, Source
from ..models.sources import SnapshotKind, SourceStatus
from ..texts.anchoring import Selector, anchor_all
from ..texts.copies import sketch
from .names import Named, named
from .removals import present

ALIKE = 0.4  # of the shorter text's runs of words: less is a common subject, or a shared template
FEW = 3  # quotes: fewer than that may stand in any text

# The most alike of the negotiation's texts; each source once, by its best one, with what it repeats.
COPIES = """
SELECT * FROM (
  SELECT DISTINCT ON (s.id) s.slug, s.title, root.slug AS root_slug, root.title AS root_title,
    (SELECT count(*) FROM (SELECT unnest(t.sketch) INTERSECT SELECT unnest(%(sketch)s::bigint[])) both_have)::float
      / least(cardinality(t.sketch), cardinality(%(sketch)s::bigint[])) AS share
  FROM negotiations_snapshot t
  JOIN negotiations_source own ON own.id = t.source_id
  JOIN negotiations_source s ON s.id = coalesce(own.merged_into_id, own.id)
  LEFT JOIN negotiations_source root ON root.id = s.origin_id
  WHERE t.negotiation_id = %(negotiation)s AND t.sketch && %(sketch)s::bigint[] AND t.kind = 'full'
    AND NOT EXISTS (SELECT FROM negotiations_removal m
                    WHERE m."table" = 'negotiations_snapshot' AND m."row" = t.id AND m.until IS NULL)
  ORDER BY s.id, share DESC
) found WHERE share >= %(alike)s ORDER BY share DESC, slug LIMIT 5
"""


class AlreadyHere(Exception):
    """This document, or its very text, has been taken in: `source` has it."""

    def __init__(self, source: Named) -> None:
        super().__init__(f"This text is here already: {source.name}.")
        self.source = source


@dataclass(frozen=True)
class Copy:
    """A source with a text that this one shares much with. `origin` is what it repeats itself, or else it."""

    source: Named
    origin: Named
    share: float

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True)
class Recognised:
    """What is known of a text: `same` has the very same one, `quoted` is a source whose quotes stand in it."""

    same: Named | None
    quoted: Named | None
    copies: tuple[Copy, ...]


def recognise(negotiation: int, text: str) -> Recognised:
    """Three queries. `quoted` are sources without a full text, at least nine of ten of whose quotes hold."""
    return Recognised(
        same_text(negotiation, hash_of(text)), _quoted(negotiation, text), copies(negotiation, sketch(text))
    )


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def refuse_same_text(negotiation: int, sha256: str, *, source: Source | None = None) -> None:
    """Raise AlreadyHere where a text with this hash is there. A source may go back to an earlier text of its own."""
    rows = present(Snapshot.objects.filter(negotiation_id=negotiation, sha256=sha256))
    if source is not None:
        newest = present(Snapshot.objects.filter(source=source)).order_by("-number").values("pk")[:1]
        rows = rows.filter(~Q(source=source) | Q(pk__in=newest))
    if same := _owner(rows):
        raise AlreadyHere(same)


def refuse_same_bytes(negotiation: int, content: bytes) -> None:
    """Raise AlreadyHere where these very bytes are kept."""
    rows = present(Original.objects.filter(negotiation_id=negotiation, sha256=sha256(content).hexdigest()))
    if same := rows.select_related("snapshot__source__merged_into").defer("content").first():
        raise AlreadyHere(named(same.snapshot.source.merged_into or same.snapshot.source))


def same_text(negotiation: int, sha256: str) -> Named | None:
    return _owner(present(Snapshot.objects.filter(negotiation_id=negotiation, sha256=sha256)))


def _owner(snapshots: QuerySet[Snapshot]) -> Named | None:
    found = snapshots.select_related("source__merged_into").defer("text", "sketch").order_by("pk").first()
    return None if found is None else named(found.source.merged_into or found.source)


def copies(negotiation: int, sketch: list[int]) -> tuple[Copy, ...]:
    """Sources that share much with the text of this sketch (texts/copies.py), the most alike first. One query."""
    asked: dict[str, Any] = {"negotiation": negotiation, "sketch": sketch, "alike": ALIKE}
    if not asked["sketch"]:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(COPIES, asked)
        return tuple(
            Copy(Named(slug, title), Named(origin or slug, origin_title or title), share)
            for slug, title, origin, origin_title, share in cursor.fetchall()
        )


def _quoted(negotiation: int, text: str) -> Named | None:
    """The source most of whose quotes stand in the text word for word."""
    full = present(Snapshot.objects.filter(source=OuterRef("snapshot__source"), kind=SnapshotKind.FULL))
    rows = (
        Quote.objects.filter(~Exists(full), negotiation_id=negotiation, snapshot__source__merged_into=None)
        .exclude(snapshot__source__status__in=[SourceStatus.REJECTED, SourceStatus.RETRACTED])
        .select_related("snapshot__source")
        .defer("snapshot__text", "snapshot__sketch")
    )
    by_source: dict[Source, list[Quote]] = defaultdict(list)
    for row in rows.order_by("pk"):
        by_source[row.snapshot.source].append(row)
    bare = _bare(text)
    likely = [source for source, quotes in by_source.items() if _most([_bare(q.exact) in bare for q in quotes])]
    sure = [source for source in likely if _most(_hold(by_source[source], text))]
    return named(sure[0]) if len(sure) == 1 else None


def _most(holds: Sequence[bool]) -> bool:
    return len(holds) >= FEW and sum(holds) >= 0.9 * len(holds)


def _bare(text: str) -> str:
    """Letters and digits alone: a quick first look, before each quote is anchored with care."""
    return re.sub(r"[\W_]+", "", text).lower()


def _hold(quotes: Sequence[Quote], text: str) -> list[bool]:
    passages = (Selector(each.exact, each.prefix, each.suffix, each.start, each.end) for each in quotes)
    return [found.holds for found in anchor_all(passages, text)]
