"""Texts, as a dossier: sources with their snapshots and original files, quotes with where they stand."""

from __future__ import annotations

from base64 import encodebytes
from collections import defaultdict
from typing import Any

from ...models import (
    Anchoring,
    AnchoringDecision,
    ClaimGrading,
    Original,
    Quote,
    Snapshot,
    Source,
    SourceGrading,
)
from . import schema
from .names import Names
from .rows import grouped, rows_of, said


def read_sources(negotiation: int, names: Names, *, with_files: bool) -> tuple[schema.Source, ...]:
    rows = list(rows_of(Source, negotiation))
    names.put_all("source", ((row.slug, row.pk) for row in rows))
    gradings = grouped(
        (row.source_id, schema.SourceGrading(revision=row.revision, status=row.status, reason=row.reason))
        for row in rows_of(SourceGrading, negotiation).order_by("revision", "pk")
    )
    texts = list(rows_of(Snapshot, negotiation).order_by("source", "number"))
    names.put_all("snapshot", (((names.name("source", row.source_id), row.number), row.pk) for row in texts))
    originals = _originals(negotiation, with_files)
    snapshots = grouped(
        (
            row.source_id,
            schema.Snapshot(
                number=row.number,
                revision=row.revision,
                kind=row.kind,
                language=row.language,
                sha256=row.sha256,
                text=row.text,
                original=originals.get(row.pk),
            ),
        )
        for row in texts
    )
    return tuple(
        schema.Source(
            slug=row.slug,
            title=row.title,
            outlet=names.maybe_name("outlet", row.outlet_id),
            url=row.url,
            published_on=row.published_on,
            precision=said(row.published_on, row.precision),
            language=row.language,
            status="",
            reason="",
            origin=names.maybe_name("source", row.origin_id),
            merged_into=names.maybe_name("source", row.merged_into_id),
            description=row.description,
            gradings=gradings[row.pk],
            snapshots=snapshots[row.pk],
        )
        for row in rows
    )


def _originals(negotiation: int, with_files: bool) -> dict[int, schema.Original]:
    """By the id of their snapshot. For comparing, their hashes are enough."""
    rows = rows_of(Original, negotiation)
    return {
        row.snapshot_id: schema.Original(
            revision=row.revision,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
            content=encodebytes(row.content).decode("ascii") if with_files else "",
        )
        for row in (rows if with_files else rows.defer("content"))
    }


def read_quotes(negotiation: int, names: Names) -> tuple[schema.Quote, ...]:
    rows = list(rows_of(Quote, negotiation))
    names.put_all("quote", ((row.slug, row.pk) for row in rows))
    gradings = grouped(
        (
            row.quote_id,
            schema.ClaimGrading(revision=row.revision, credibility=row.credibility, reason=row.reason),
        )
        for row in rows_of(ClaimGrading, negotiation).order_by("revision", "pk")
    )
    anchorings = _anchorings(negotiation, names)
    return tuple(_quote(row, names, gradings[row.pk], anchorings[row.pk]) for row in rows)


def _anchorings(negotiation: int, names: Names) -> dict[int, tuple[Any, ...]]:
    """By the id of their quote. One is known by its quote and its place in the list, as matching.py names it."""
    decisions = grouped(
        (row.anchoring_id, schema.Decision(revision=row.revision, holds=row.holds, reason=row.reason))
        for row in rows_of(AnchoringDecision, negotiation).order_by("revision", "pk")
    )
    found: dict[int, list[schema.Anchoring]] = defaultdict(list)
    for row in rows_of(Anchoring, negotiation).order_by("revision", "pk"):
        names.put("anchoring", (names.name("quote", row.quote_id), len(found[row.quote_id])), row.pk)
        found[row.quote_id].append(
            schema.Anchoring(
                revision=row.revision,
                snapshot=names.name("snapshot", row.snapshot_id)[1],
                state=row.state,
                start=row.start,
                end=row.end,
                found=row.found,
                decisions=decisions[row.pk],
            )
        )
    return defaultdict(tuple, {quote: tuple(each) for quote, each in found.items()})


def _quote(row: Quote, names: Names, gradings: tuple[Any, ...], anchorings: tuple[Any, ...]) -> schema.Quote:
    source, number = names.name("snapshot", row.snapshot_id)
    return schema.Quote(
        slug=row.slug,
        revision=row.revision,
        source=source,
        snapshot=number,
        exact=row.exact,
        prefix=row.prefix,
        suffix=row.suffix,
        start=row.start,
        end=row.end,
        speaker=names.maybe_name("person", row.speaker_id),
        party=names.maybe_name("party", row.party_id),
        said_on=row.said_on,
        precision=said(row.said_on, row.precision),
        basis=row.basis,
        through=row.through,
        credibility=None,
        reason="",
        gradings=gradings,
        anchorings=anchorings,
    )
