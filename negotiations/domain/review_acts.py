"""Deciding on proposals: somebody else accepts, sends back or rejects; the author may take one back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from ..models import Change, Position, Proposal
from ..models.reviews import OF_THE_AUTHOR, DecisionState
from . import changes, proposing
from .names import of_cell
from .negotiations import Workspace
from .permissions import Act, Forbidden, Hidden, Who
from .positions import Entry, Recorded, record_stances
from .stances import Invalid, can_be_stored

OWN = "Nobody decides on their own proposal: another analyst or curator does."
NOT_OWN = "Only its author may withdraw a proposal."
NO_COMMENT = {
    DecisionState.SENT_BACK: "Say what its author should look at again.",
    DecisionState.REJECTED: "Say why it is rejected; the reason stays with the proposal.",
}


def accept(
    workspace: Workspace, proposal: int, *, by: Who, seen: int | None = None, comment: str = "", key: UUID | None = None
) -> Recorded:
    """Record the proposed stance, by whoever accepts it; all rules for stances are checked once more.

    `seen` is the revision at which the reasons to re-check the cell were shown. Raises what `record_stances` raises,
    among it Outdated where the cell moved on since the proposal, and Decided.
    """
    row = _get(workspace, proposal, DecisionState.ACCEPTED, by=by)
    _check(DecisionState.ACCEPTED, comment)
    draft = proposing.draft_of(workspace.id, row.content)
    return record_stances(
        workspace,
        [Entry(row.position_id, row.based_on, draft, seen)],
        by=by,
        why=row.reason,
        key=key,
        verb="accepted",
        accepting=row,
        comment=comment.strip(),
    )


def send_back(workspace: Workspace, proposal: int, *, by: Who, comment: str, key: UUID | None = None) -> Recorded:
    """Give a proposal back to its author, with a comment; they may propose again."""
    return _decide(workspace, proposal, DecisionState.SENT_BACK, "sent back", by=by, comment=comment, key=key)


def reject(workspace: Workspace, proposal: int, *, by: Who, comment: str, key: UUID | None = None) -> Recorded:
    """Say no to a proposal, and why. It stays readable."""
    return _decide(workspace, proposal, DecisionState.REJECTED, "rejected", by=by, comment=comment, key=key)


def withdraw(workspace: Workspace, proposal: int, *, by: Who, comment: str = "", key: UUID | None = None) -> Recorded:
    """The author takes a proposal back, also one that was sent back."""
    return _decide(workspace, proposal, DecisionState.WITHDRAWN, "withdrew", by=by, comment=comment, key=key)


def _decide(
    workspace: Workspace, proposal: int, state: DecisionState, verb: str, *, by: Who, comment: str, key: UUID | None
) -> Recorded:
    """The comment stays with the proposal and not in the log, which readers see too."""
    row = _get(workspace, proposal, state, by=by)
    _check(state, comment)
    asked = changes.hash_of({verb: row.pk, "comment": comment})
    with transaction.atomic():
        cells = Position.objects.filter(pk=row.position_id).select_related("party", "priority")
        cell = cells.select_for_update(no_key=True, of=("self",)).get()
        done = changes.find_by_key(by=by, key=key, request_hash=asked)
        if done is not None:
            return Recorded(done.revision or 0, repeated=True)
        proposing.require_undecided(row.pk, state)
        what = f"the proposal for {of_cell(cell.party.name, cell.priority.number)}"
        taken = changes.take(workspace.id, by=by, verb=verb, what=what, key=key, request_hash=asked)
        proposing.decide(row, state, revision=taken.revision, comment=comment.strip())
        proposing.refresh([cell.pk])
    return Recorded(taken.revision)


def _get(workspace: Workspace, proposal: int, state: DecisionState, *, by: Who) -> Proposal:
    """The proposal, if `state` is for `by` to decide."""
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation may do this.")
    row = Proposal.objects.filter(negotiation_id=workspace.id, pk=proposal).first()
    if row is None:
        raise Hidden("There is no such proposal here.")
    author = Change.objects.values_list("by_id", flat=True).get(negotiation_id=workspace.id, revision=row.revision)
    if (state in OF_THE_AUTHOR) != (author == by.pk):
        raise Forbidden(NOT_OWN if state in OF_THE_AUTHOR else OWN)
    return row


def _check(state: DecisionState, comment: str) -> None:
    if not comment.strip() and state in NO_COMMENT:
        raise Invalid({"comment": NO_COMMENT[state]})
    if not can_be_stored(comment):
        raise Invalid({"comment": "This text holds a character that can't be stored."})
