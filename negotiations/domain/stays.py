"""Saying of a cell to re-check, or of several that wait for the same, that the stance stays, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from ..models import Position, Stay
from . import changes, rechecks
from .names import of_cell
from .negotiations import Workspace
from .permissions import Act, Forbidden, Who
from .positions import Recorded
from .records import Refused
from .stances import Invalid, can_be_stored

NOTHING = "There is nothing to re-check here any more: a colleague was faster, or it holds again."
SOME = "In one of these cells there is nothing to re-check any more: a colleague was faster, or it holds again."
MORE = "Something more came up since you opened this page. Look at it too, then say whether the stance stays."


def stay(
    workspace: Workspace,
    position: int,
    *,
    reason: str,
    seen: int,
    by: Who,
    also: Collection[int] = (),
    key: UUID | None = None,
) -> Recorded:
    """Somebody looked at every open reason of a cell, and of the cells `also`, and their stances stay: one act.

    `seen` is the revision at which they were shown. Raises Forbidden, Invalid (no reason given), Refused (nothing is
    open in one of them, or more than was shown), KeyReused. Sent twice with the same key, it is done once.
    """
    reason = checked_reason(workspace, reason, "Say why the stance stays; it is shown in the history.")
    asked = changes.hash_of({"stay": position, "reason": reason} | ({"also": sorted(also)} if also else {}))
    wanted = {position, *also}
    with transaction.atomic():
        rows = Position.objects.filter(negotiation_id=workspace.id, pk__in=wanted).order_by("pk")
        cells = list(rows.select_related("party", "priority").select_for_update(no_key=True, of=("self",)))
        done = changes.find_by_key(by=by, key=key, request_hash=asked)
        if done is not None:
            return Recorded(revision=done.revision or 0, repeated=True)
        found = rechecks.find_open(workspace.id, positions=[cell.pk for cell in cells])
        if {each.position for each in found} != wanted:
            raise Refused(SOME if also else NOTHING)
        if any(each.since > seen for each in found):
            raise Refused(MORE)
        what = f"{_names(cells)}: the stance{'s stay' if also else ' stays'}"
        taken = changes.take(workspace.id, by=by, verb="re-checked", what=what, why=reason, key=key, request_hash=asked)
        of = {"negotiation_id": workspace.id, "revision": taken.revision, "reason": reason}
        Stay.objects.bulk_create(Stay(position=cell, **of) for cell in cells)
        rechecks.refresh(workspace.id, positions=[cell.pk for cell in cells])
    return Recorded(revision=taken.revision)


def _names(cells: Sequence[Position]) -> str:
    names = [of_cell(cell.party.name, cell.priority.number) for cell in cells]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def checked_reason(workspace: Workspace, reason: str, sentence: str) -> str:
    """The reason as it is stored. Forbidden for those who may only look, Invalid with `sentence` without one."""
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation may do this.")
    if not reason.strip():
        raise Invalid({"reason": sentence})
    if not can_be_stored(reason):
        raise Invalid({"reason": "This text holds a character that can't be stored."})
    return reason.strip()
