"""Sources that are perhaps the same as one: proposed to a curator, who says whether they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from ..models import Source
from ..models.sources import SnapshotKind
from .recognising import copies
from .removals import present

MOST = 5


@dataclass(frozen=True)
class Proposed:
    """A source, with what speaks for its being the same, in words."""

    id: int
    slug: str
    title: str
    why: str


def proposed(source: Source) -> list[Proposed]:
    """Those with the same address or title, or much of the same text. Three queries.

    Left out is what is settled: what is merged, and what is known to repeat or to be repeated by it.
    """
    if source.merged_into_id is not None:
        return []
    why: dict[str, str] = {}
    texts = present(source.snapshots.filter(kind=SnapshotKind.FULL)).exclude(sketch=None).order_by("-number")
    for sketch in texts.values_list("sketch", flat=True)[:1]:
        for copy in copies(source.negotiation_id, sketch or []):
            why[copy.source.slug] = f"{copy.percent}% of its text is the same"
    alike = Q(slug__in=why) | Q(title__iexact=source.title)
    if source.url:
        alike |= Q(url=source.url)
    rows = Source.objects.filter(alike, negotiation_id=source.negotiation_id, merged_into=None).exclude(pk=source.pk)
    rows = rows.exclude(origin=source)
    if source.origin_id is not None:
        rows = rows.exclude(pk=source.origin_id)
    found = [Proposed(row.pk, row.slug, row.title, why.get(row.slug) or _why(source, row)) for row in rows]
    return sorted(found, key=lambda each: (each.slug not in why, each.slug))[:MOST]


def _why(source: Source, other: Source) -> str:
    return "It has the same address" if source.url and other.url == source.url else "It has the same title"
