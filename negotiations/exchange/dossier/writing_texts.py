"""Writing outlets, sources with their texts, and quotes: gradings and their copies, files, anchorings, decisions."""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from typing import Any

from ...models import (
    Anchoring,
    AnchoringDecision,
    ClaimGrading,
    Original,
    Outlet,
    OutletGrading,
    Quote,
    Snapshot,
    Source,
    SourceGrading,
)
from ...texts.copies import sketch
from . import schema
from .desk import Desk, copy_newest, dated
from .texts import hash_of


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
    _merge(desk, "outlet", schema.Outlet)
    desk.add(
        OutletGrading,
        schema.OutletGrading,
        lambda owner, item: {
            "outlet_id": desk.pk("outlet", owner),
            "reliability": item.reliability,
            "reason": item.reason,
        },
    )
    copy_newest(desk, "outlet", "reliability", "outletgrading")


def _merge(desk: Desk, noun: str, cls: Any) -> None:
    """Point new rows at those that they are merged into."""
    pk = desk.names.pk
    new = [item for _, item in desk.missing.of(cls) if item.merged_into]
    pairs = [(pk(noun, item.slug), pk(noun, item.merged_into)) for item in new]
    desk.link(f"negotiations_{noun}", "merged_into_id", pairs)


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
    _merge(desk, "source", schema.Source)  # first, as a merge may be what keeps origins from going in a circle
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
    copy_newest(desk, "source", "status", "sourcegrading")
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
            "sketch": sketch(item.text),
        },
        key=lambda owner, item: (owner, item.number),
    )
    desk.add(
        Original,
        schema.Original,
        lambda owner, item: {
            "snapshot_id": desk.pk("snapshot", owner),
            "name": item.name,
            "media_type": item.media_type,
            "size": item.size,
            "sha256": item.sha256,
            "content": b64decode(item.content),
        },
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
    _anchorings(desk)


def _anchorings(desk: Desk) -> None:
    """Anchorings have no names: a new one is known by its quote and its place, as matching.py counts places."""
    source_of = {quote.slug: quote.source for quote in desk.dossier.quotes}
    behind: Counter[str] = Counter(owner for owner, _ in desk.names.every("anchoring"))

    def place(owner: str, _: Any) -> tuple[str, int]:
        behind[owner] += 1
        return owner, behind[owner] - 1

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
        key=place,
    )
    desk.add(
        AnchoringDecision,
        schema.Decision,
        lambda owner, item: {
            "anchoring_id": desk.pk("anchoring", owner),
            "holds": item.holds,
            "reason": item.reason,
        },
    )
