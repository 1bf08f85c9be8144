"""Cells, as a dossier: their stances with the evidence, and what people decided of them and of passages."""

from __future__ import annotations

from typing import Any

from ...database.dates import ALWAYS
from ...models import Dependence, Evidence, PassageJudgement, Stance, Stay
from . import schema
from .names import Names
from .rows import grouped, rows_of
from .stored_comments import read_comments
from .stored_reviews import read_proposals


def read_cells(negotiation: int, names: Names) -> tuple[schema.Cell, ...]:
    """The cells of which there is something to tell, by the order of their parties in the dossier, then by priority."""
    stances = _stances(negotiation, names)
    stays = grouped(
        (row.position_id, schema.Stay(revision=row.revision, reason=row.reason))
        for row in rows_of(Stay, negotiation).order_by("revision", "pk")
    )
    judgements = grouped(
        (row.position_id, _judgement(row, names))
        for row in rows_of(PassageJudgement, negotiation).order_by("revision", "pk")
    )
    proposals = read_proposals(negotiation)
    comments = read_comments(negotiation)
    told = stances.keys() | stays.keys() | judgements.keys() | proposals.keys() | comments.keys()
    in_order = sorted(told, key=lambda pk: _place(names, pk))
    return tuple(
        schema.Cell(
            party=names.name("position", pk)[0],
            priority=names.name("position", pk)[1],
            stances=stances[pk],
            stays=stays[pk],
            judgements=judgements[pk],
            proposals=proposals[pk],
            comments=comments[pk],
        )
        for pk in in_order
    )


def _place(names: Names, position: int) -> tuple[int, int]:
    party, priority = names.name("position", position)
    return names.pk("party", party), priority


def _judgement(row: PassageJudgement, names: Names) -> schema.Judgement:
    source, number = names.name("snapshot", row.snapshot_id)
    return schema.Judgement(
        revision=row.revision,
        source=source,
        snapshot=number,
        start=row.start,
        end=row.end,
        relevant=row.relevant,
    )


def _stances(negotiation: int, names: Names) -> dict[int, tuple[Any, ...]]:
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
    return grouped(
        (row.position_id, _stance(row, depends_on[row.pk], evidence[row.pk]))
        for row in rows_of(Stance, negotiation).order_by("position", "seq")
    )


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
