"""What rests on texts, as a dossier: sources with snapshots, quotes, and the stances of each cell."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ...database.dates import ALWAYS
from ...models import (
    Anchoring,
    ClaimGrading,
    Dependence,
    Evidence,
    Quote,
    Snapshot,
    Source,
    SourceGrading,
    Stance,
)
from . import schema
from .names import Names
from .rows import grouped, rows_of, said


def read_sources(negotiation: int, names: Names) -> tuple[schema.Source, ...]:
    rows = list(rows_of(Source, negotiation))
    names.put_all("source", ((row.slug, row.pk) for row in rows))
    gradings = grouped(
        (row.source_id, schema.SourceGrading(revision=row.revision, status=row.status, reason=row.reason))
        for row in rows_of(SourceGrading, negotiation).order_by("revision", "pk")
    )
    texts = list(rows_of(Snapshot, negotiation).order_by("source", "number"))
    names.put_all("snapshot", (((names.name("source", row.source_id), row.number), row.pk) for row in texts))
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
            description=row.description,
            gradings=gradings[row.pk],
            snapshots=snapshots[row.pk],
        )
        for row in rows
    )


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
    anchorings = grouped(
        (
            row.quote_id,
            schema.Anchoring(
                revision=row.revision,
                snapshot=names.name("snapshot", row.snapshot_id)[1],
                state=row.state,
                start=row.start,
                end=row.end,
                found=row.found,
            ),
        )
        for row in rows_of(Anchoring, negotiation).order_by("revision", "pk")
    )
    return tuple(_quote(row, names, gradings[row.pk], anchorings[row.pk]) for row in rows)


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


def read_stances(negotiation: int, names: Names) -> tuple[schema.Cell, ...]:
    """The cells that have stances, by the order of their parties in the dossier, then by priority."""
    depends_on = grouped((row.stance_id, names.name("party", row.party_id)) for row in rows_of(Dependence, negotiation))
    evidence = grouped(
        (
            row.stance_id,
            schema.Evidence(
                quote=names.maybe_name("quote", row.quote_id),
                source=names.maybe_name("source", row.source_id),
                locator=row.locator,
                bearing=row.bearing,
            ),
        )
        for row in rows_of(Evidence, negotiation)
    )
    cells: dict[int, list[schema.Stance]] = defaultdict(list)
    for row in rows_of(Stance, negotiation).order_by("position", "seq"):
        cells[row.position_id].append(_stance(row, depends_on[row.pk], evidence[row.pk]))
    in_order = sorted(cells, key=lambda pk: _place(names, pk))
    return tuple(
        schema.Cell(
            party=names.name("position", pk)[0],
            priority=names.name("position", pk)[1],
            stances=tuple(cells[pk]),
        )
        for pk in in_order
    )


def _place(names: Names, position: int) -> tuple[int, int]:
    party, priority = names.name("position", position)
    return names.pk("party", party), priority


def _stance(row: Stance, depends_on: tuple[Any, ...], evidence: tuple[Any, ...]) -> schema.Stance:
    return schema.Stance(
        seq=row.seq,
        revision=row.revision,
        stance=row.code,
        rationale=row.rationale,
        conditions=row.conditions,
        limits=row.limits,
        depends_on=depends_on,
        red_line=row.red_line,
        confidence=row.confidence,
        held_from=None if row.held_from == ALWAYS else row.held_from,
        precision=row.precision,
        cause=row.cause,
        replaces=row.replaces,
        why="",
        evidence=evidence,
    )
