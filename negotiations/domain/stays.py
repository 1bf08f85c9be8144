"""Saying of a cell to re-check that its stance stays, and why."""

from __future__ import annotations

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
MORE = "Something more came up since you opened this page. Look at it too, then say whether the stance stays."


def stay(workspace: Workspace, position: int, *, reason: str, seen: int, by: Who, key: UUID | None = None) -> Recorded:
    """Somebody looked at every open reason of a cell, and its stance stays.

    `seen` is the revision at which they were shown. Raises Forbidden, Invalid (no reason given), Refused (nothing is
    open, or more than was shown), KeyReused. Sent twice with the same key, it is done once.
    """
    reason = checked_reason(workspace, reason, "Say why the stance stays; it is shown in the history.")
    asked = changes.hash_of({"stay": position, "reason": reason})
    with transaction.atomic():
        cell = (
            Position.objects.filter(negotiation_id=workspace.id, pk=position)
            .select_related("party", "priority")
            .select_for_update(no_key=True, of=("self",))
            .get()
        )
        done = changes.find_by_key(by=by, key=key, request_hash=asked)
        if done is not None:
            return Recorded(revision=done.revision or 0, repeated=True)
        found = rechecks.find_open(workspace.id, positions=[position])
        if not found:
            raise Refused(NOTHING)
        if any(each.since > seen for each in found):
            raise Refused(MORE)
        what = f"{of_cell(cell.party.name, cell.priority.number)}: the stance stays"
        taken = changes.take(workspace.id, by=by, verb="re-checked", what=what, why=reason, key=key, request_hash=asked)
        Stay.objects.create(negotiation_id=workspace.id, revision=taken.revision, position=cell, reason=reason)
        rechecks.refresh(workspace.id, positions=[position])
    return Recorded(revision=taken.revision)


def checked_reason(workspace: Workspace, reason: str, sentence: str) -> str:
    """The reason as it is stored. Forbidden for those who may only look, Invalid with `sentence` without one."""
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation may do this.")
    if not reason.strip():
        raise Invalid({"reason": sentence})
    if not can_be_stored(reason):
        raise Invalid({"reason": "This text holds a character that can't be stored."})
    return reason.strip()
