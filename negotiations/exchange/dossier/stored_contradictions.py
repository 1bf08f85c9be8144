"""Contradictions, as a dossier: their sides with the proofs, the cells they touch, and what was ruled."""

from __future__ import annotations

from ...models import (
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
)
from . import schema
from .names import Names
from .rows import grouped, rows_of


def read_contradictions(negotiation: int, names: Names) -> tuple[schema.Contradiction, ...]:
    rows = list(rows_of(Contradiction, negotiation))
    names.put_all("contradiction", ((row.slug, row.pk) for row in rows))
    cells = grouped((row.contradiction_id, _cell(row, names)) for row in rows_of(ContradictionCell, negotiation))
    sides = _sides(negotiation, names)
    rulings = grouped(
        (row.contradiction_id, schema.Ruling(revision=row.revision, state=row.state, reason=row.reason))
        for row in rows_of(ContradictionRuling, negotiation).order_by("revision", "pk")
    )
    return tuple(
        schema.Contradiction(
            slug=row.slug,
            kind=row.kind,
            title=row.title,
            description=row.description,
            cells=cells[row.pk],
            sides=sides[row.pk],
            rulings=rulings[row.pk],
        )
        for row in rows
    )


def _cell(row: ContradictionCell, names: Names) -> schema.TouchedCell:
    party, priority = names.name("position", row.position_id)
    return schema.TouchedCell(revision=row.revision, party=party, priority=priority, taken_away=row.taken_away)


def _sides(negotiation: int, names: Names) -> dict[int, tuple[schema.Side, ...]]:
    rows = list(rows_of(ContradictionSide, negotiation).order_by("contradiction", "number"))
    for row in rows:
        names.put("contradictionside", (names.name("contradiction", row.contradiction_id), row.number), row.pk)
    proofs = grouped(
        (
            row.side_id,
            schema.Proof(
                revision=row.revision,
                quote=names.maybe_name("quote", row.quote_id),
                source=names.maybe_name("source", row.source_id),
                locator=row.locator,
            ),
        )
        for row in rows_of(ContradictionProof, negotiation)
    )
    return grouped(
        (
            row.contradiction_id,
            schema.Side(number=row.number, revision=row.revision, says=row.says, proofs=proofs[row.pk]),
        )
        for row in rows
    )
