"""Writing outlets, sources, snapshots and quotes, their gradings and anchorings, and the copies of the gradings."""

from __future__ import annotations

from django.db import connection

from ...models import (
    Anchoring,
    ClaimGrading,
    Outlet,
    OutletGrading,
    Quote,
    Snapshot,
    Source,
    SourceGrading,
)
from . import schema
from .desk import Desk, dated
from .texts import hash_of

# A copy of the newest grading stands on what was graded.
COPIES = """
UPDATE negotiations_{noun} t SET {column} = g.{column} FROM (
  SELECT DISTINCT ON ({noun}_id) {noun}_id, {column} FROM negotiations_{noun}grading WHERE negotiation_id = %s
  ORDER BY {noun}_id, revision DESC, id DESC
) g WHERE g.{noun}_id = t.id AND t.{column} <> g.{column}
"""


def _copy(desk: Desk, noun: str, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COPIES.format(noun=noun, column=column), [desk.negotiation])


def write_outlets(desk: Desk) -> None:
    desk.add(
        Outlet,
        schema.Outlet,
        lambda _, item: {
            "slug": item.slug,
            "name": item.name,
            "url": item.url,
            "description": item.description,
        },
        key=lambda _, item: item.slug,
    )
    desk.add(
        OutletGrading,
        schema.OutletGrading,
        lambda owner, item: {
            "outlet_id": desk.pk("outlet", owner),
            "reliability": item.reliability,
            "reason": item.reason,
        },
    )
    _copy(desk, "outlet", "reliability")


def write_sources(desk: Desk) -> None:
    desk.add(
        Source,
        schema.Source,
        lambda _, item: {
            "slug": item.slug,
            "title": item.title,
            "outlet_id": desk.pk("outlet", item.outlet),
            "url": item.url,
            "language": item.language,
            "description": item.description,
            **dated("published_on", item),
        },
        key=lambda _, item: item.slug,
    )
    pk = desk.names.pk
    new = [item for _, item in desk.missing.of(schema.Source)]
    desk.link(
        "negotiations_source",
        "origin_id",
        [(pk("source", item.slug), pk("source", item.origin)) for item in new if item.origin],
    )
    desk.add(
        SourceGrading,
        schema.SourceGrading,
        lambda owner, item: {
            "source_id": desk.pk("source", owner),
            "status": item.status,
            "reason": item.reason,
        },
    )
    _copy(desk, "source", "status")
    desk.add(
        Snapshot,
        schema.Snapshot,
        lambda owner, item: {
            "source_id": desk.pk("source", owner),
            "number": item.number,
            "kind": item.kind,
            "language": item.language,
            "text": item.text,
            "sha256": hash_of(item.text),
        },
        key=lambda owner, item: (owner, item.number),
    )


def write_quotes(desk: Desk) -> None:
    desk.add(
        Quote,
        schema.Quote,
        lambda _, item: {
            "slug": item.slug,
            "snapshot_id": desk.pk("snapshot", (item.source, item.snapshot)),
            "exact": item.exact,
            "prefix": item.prefix,
            "suffix": item.suffix,
            "start": item.start,
            "end": item.end,
            "speaker_id": desk.pk("person", item.speaker),
            "party_id": desk.pk("party", item.party),
            "basis": item.basis,
            "through": item.through,
            **dated("said_on", item),
        },
        key=lambda _, item: item.slug,
    )
    desk.add(
        ClaimGrading,
        schema.ClaimGrading,
        lambda owner, item: {
            "quote_id": desk.pk("quote", owner),
            "credibility": item.credibility,
            "reason": item.reason,
        },
    )
    source_of = {quote.slug: quote.source for quote in desk.dossier.quotes}
    desk.add(
        Anchoring,
        schema.Anchoring,
        lambda owner, item: {
            "quote_id": desk.pk("quote", owner),
            "snapshot_id": desk.pk("snapshot", (source_of[owner], item.snapshot)),
            "state": item.state,
            "start": item.start,
            "end": item.end,
            "found": item.found,
        },
    )
