"""Writing stances and what they rest on: the only place that adds them, one or forty thousand at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from ..models import Dependence, Evidence, Stance
from .stances import Draft


@dataclass(frozen=True)
class Placed:
    """A settled draft that may stand, with its place: the cell, its seq there, and the revision that brings it."""

    position: int
    seq: int
    revision: int
    draft: Draft


def write(negotiation: int, rows: Sequence[Placed]) -> None:
    """Move the cells' versions, then add the stances. Four statements, however many rows.

    Inside the transaction that took the changes, with the cells locked; who calls has checked the drafts.
    """
    versions: dict[int, int] = {}
    for row in rows:
        versions[row.position] = max(row.seq, versions.get(row.position, 0))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE negotiations_position p SET version = v.version"
            " FROM unnest(%s::bigint[], %s::int[]) AS v (id, version) WHERE p.id = v.id",
            [list(versions), list(versions.values())],
        )
    pairs = list(zip(Stance.objects.bulk_create(_stance(negotiation, row) for row in rows), rows, strict=True))
    Dependence.objects.bulk_create(
        Dependence(negotiation_id=negotiation, revision=row.revision, stance=stance, party_id=party)
        for stance, row in pairs
        for party in row.draft.depends_on
    )
    Evidence.objects.bulk_create(
        Evidence(
            negotiation_id=negotiation,
            revision=row.revision,
            stance=stance,
            quote_id=item.quote,
            source_id=item.source,
            locator=item.locator,
            bearing=item.bearing,
        )
        for stance, row in pairs
        for item in row.draft.evidence
    )


def _stance(negotiation: int, row: Placed) -> Stance:
    draft = row.draft
    if draft.held_from is None:
        raise ValueError("A draft without a day is not recorded.")
    return Stance(
        negotiation_id=negotiation,
        revision=row.revision,
        position_id=row.position,
        seq=row.seq,
        code=draft.code,
        rationale=draft.rationale,
        conditions=draft.conditions,
        limits=draft.limits,
        red_line=draft.red_line,
        confidence=draft.confidence,
        held_from=draft.held_from,
        precision=draft.precision,
        cause=draft.cause,
        replaces=draft.replaces,
    )
