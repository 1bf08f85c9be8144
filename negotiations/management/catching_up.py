"""What is kept beside the history and older versions did not keep, made for what was there before."""

from __future__ import annotations

from django.db import connection, transaction

from ..domain import as_of, cell_copies, changes
from ..models import Negotiation, Position, Snapshot
from ..texts.copies import sketch


def catch_up() -> None:
    """Copy what stands in every cell anew, and sketch the texts that have no sketch. As the owner; safe to repeat."""
    for negotiation in Negotiation.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():  # others may be writing
            cell_copies.lock_cells(negotiation)
            changes.hold(negotiation)
            cells = Position.objects.filter(negotiation=negotiation).values_list("pk", flat=True)
            as_of.refresh(negotiation, positions=list(cells))  # the rule of a copy may have been another
    bare = list(Snapshot.objects.filter(sketch=None).order_by("pk").values_list("pk", flat=True))
    if bare:
        _sketch(bare)


@transaction.atomic
def _sketch(texts: list[int]) -> None:
    """Texts only grow, so their guard is off for this; until the transaction ends nobody else can write to them."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE negotiations_snapshot DISABLE TRIGGER only_grows")
        for pk in texts:
            words = Snapshot.objects.values_list("text", flat=True).get(pk=pk)
            Snapshot.objects.filter(pk=pk).update(sketch=sketch(words))
        cursor.execute("ALTER TABLE negotiations_snapshot ENABLE TRIGGER only_grows")
