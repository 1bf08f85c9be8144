"""Writing what belongs to cells: stances, and what people decided of cells and of passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...domain import recording
from ...domain.stances import Item
from ...models import PassageJudgement, Position, Stay
from . import schema
from .cells import Next
from .desk import Desk
from .writing_comments import write_comments
from .writing_reviews import write_proposals


def write_cells(desk: Desk, stances: Sequence[Next]) -> None:
    """The cells themselves are there, made with their party and priority; from here on they are known by name."""
    rows = Position.objects.filter(negotiation=desk.negotiation)
    for party, priority, pk in rows.values_list("party__slug", "priority__number", "pk"):
        desk.names.put("position", (party, priority), pk)
    _stances(desk, stances)
    desk.add(Stay, schema.Stay, lambda owner, item: {"position_id": desk.pk("position", owner), "reason": item.reason})
    desk.add(
        PassageJudgement,
        schema.Judgement,
        lambda owner, item: {
            "position_id": desk.pk("position", owner),
            "snapshot_id": desk.pk("snapshot", (item.source, item.snapshot)),
            "start": item.start,
            "end": item.end,
            "relevant": item.relevant,
        },
    )
    write_proposals(desk)
    write_comments(desk)


def _stances(desk: Desk, stances: Sequence[Next]) -> None:
    rows = [
        recording.Placed(
            position=desk.names.pk("position", (new.party, new.priority)),
            seq=new.seq,
            revision=new.stance.revision or desk.revision,
            draft=replace(
                new.draft,
                depends_on=tuple(desk.names.pk("party", party) for party in new.stance.depends_on),
                evidence=tuple(
                    Item(
                        bearing=item.bearing,
                        quote=desk.pk("quote", item.quote),
                        source=desk.pk("source", item.source),
                        locator=item.locator,
                    )
                    for item in new.stance.evidence
                ),
            ),
        )
        for new in stances
    ]
    if rows:
        recording.write(desk.negotiation, rows)
