"""Recording stances: the one way in which a cell changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from ..models import Negotiation, Party, Position, Proposal, Source, Stance
from ..models.reviews import DecisionState
from . import as_of, changes, proposing, rechecks
from .moves import check_move
from .names import of_cell
from .negotiations import Workspace
from .noticing import notice
from .permissions import Act, Forbidden, Who
from .places import problem_of_quotes
from .recording import Placed, write
from .removals import present, require_present
from .stances import Draft, Earlier, Invalid, can_be_stored, check, settle

PROPOSED = "proposed"  # the verb of an act whose stances wait for a second person


@dataclass(frozen=True)
class Entry:
    """A draft for one cell, and the version of the cell that its author saw.

    `seen` is the revision at which the author was shown why the cell is to be re-checked; None where nobody looks.
    """

    position: int
    based_on: int
    draft: Draft
    seen: int | None = None


@dataclass(frozen=True)
class Recorded:
    """The revision under which stances were recorded, and whether this very form had been sent before.

    `proposed`: they wait for a second person, and nothing stands yet.
    """

    revision: int
    repeated: bool = False
    proposed: bool = False


class Outdated(Exception):
    """Somebody recorded a stance since; nothing was written. `positions` has the cells' ids."""

    def __init__(self, positions: Sequence[int]):
        super().__init__("The cell has moved on.")
        self.positions = list(positions)


class Unseen(Exception):
    """Something came up about what a cell rests on that the author was not shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Something came up about what this stance rests on while you were editing. Nothing of yours is lost: "
            "look at it, then record the stance."
        )


def record_stances(
    workspace: Workspace,
    entries: Sequence[Entry],
    *,
    by: Who,
    why: str,
    key: UUID | None = None,
    verb: str = "recorded",
    accepting: Proposal | None = None,
    comment: str = "",
) -> Recorded:
    """Record one stance for each cell named, as one act. All or nothing.

    Where the negotiation is reviewed they are only proposed, but for the one of a proposal that is being accepted.
    Raises Forbidden, Invalid (what is wrong, by field), Outdated (a cell has moved on), Unseen, KeyReused, and
    Decided (somebody decided on the proposal before). Sent twice with the same key, it is done once.
    """
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation may record stances.")
    if not why.strip():
        raise Invalid({"why": "Say why you make this change; it is shown in the history."})
    if not can_be_stored(why):
        raise Invalid({"why": "This text holds a character that can't be stored."})
    if len({entry.position for entry in entries}) != len(entries) or not entries:
        raise ValueError("Name each cell once, and at least one.")
    content: dict[str, object] = {
        "why": why,
        "entries": [[e.position, e.based_on, e.draft.as_content()] for e in entries],
    }
    if accepting:
        content |= {"accepting": accepting.pk, "comment": comment}
    asked = changes.hash_of(content)
    with transaction.atomic():
        moved, waiting = _lock(workspace, entries)
        done = changes.find_by_key(by=by, key=key, request_hash=asked)
        if done is not None:
            return Recorded(done.revision or 0, repeated=True, proposed=done.verb == PROPOSED)
        if accepting:
            proposing.require_undecided(accepting.pk, DecisionState.ACCEPTED)
        if moved:
            raise Outdated(moved)
        _refuse_unseen(workspace, [entry for entry in entries if entry.position in waiting])
        entries = _checked(workspace, entries)
        what = _in_words(workspace, entries)
        is_proposed = accepting is None and _is_reviewed(workspace)
        verb, told = (PROPOSED, "") if is_proposed else (verb, why.strip())  # a proposal's reason is not for readers
        taken = changes.take(workspace.id, by=by, verb=verb, what=what, why=told, key=key, request_hash=asked)
        if parties := {party for entry in entries for party in entry.draft.depends_on}:
            require_present(Party.objects.filter(pk__in=parties))  # once more: an undo may have come first
        if is_proposed:
            kept = [(e.position, e.based_on, e.draft) for e in entries]
            proposing.keep(workspace, kept, by=by, why=why.strip(), revision=taken.revision)
            return Recorded(taken.revision, proposed=True)
        rows = [Placed(e.position, e.based_on + 1, taken.revision, e.draft) for e in entries]
        if accepting:  # before the stance: the database takes none that nobody accepted
            proposing.decide(accepting, DecisionState.ACCEPTED, revision=taken.revision, comment=comment)
            proposing.refresh([accepting.position_id])
        write(workspace.id, rows)
        notice(workspace, rows)
        as_of.refresh(workspace.id, positions=[entry.position for entry in entries])
    return Recorded(revision=taken.revision)


def history_of(position: int) -> dict[int, Earlier]:
    """The stances of a cell by seq, as far as the rules for a new one look at them."""
    rows = list(Stance.objects.filter(position_id=position).order_by("seq"))
    replaced = {row.replaces for row in rows}
    return {
        row.seq: Earlier(row.seq, row.code, row.cause, row.seq in replaced, row.held_from, row.precision)
        for row in rows
    }


def _lock(workspace: Workspace, entries: Sequence[Entry]) -> tuple[list[int], set[int]]:
    """Lock the cells in order of id.

    The ids of those whose version is another than the author saw, and of those that are to be re-checked.
    """
    based_on = {entry.position: entry.based_on for entry in entries}
    rows = (
        Position.objects.filter(negotiation_id=workspace.id, pk__in=based_on)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", "version", "rechecks")
    )
    found = list(rows)
    if len(found) != len(based_on):
        raise Invalid({"": "One of these cells is not of this negotiation."})
    require_present(Position.objects.filter(pk__in=based_on))
    moved = [pk for pk, version, _ in found if version != based_on[pk]]
    return moved, {pk for pk, _, reasons in found if reasons}


def _is_reviewed(workspace: Workspace) -> bool:
    """Whether a second person must agree, looked at in the log's lock: an administrator may just have said so."""
    rows = Negotiation.objects.filter(pk=workspace.id).select_for_update(no_key=True)
    return rows.values_list("review", flat=True).get()


def _refuse_unseen(workspace: Workspace, entries: Sequence[Entry]) -> None:
    """A new stance clears what was open, so its author must have been shown all of it."""
    seen = {entry.position: entry.seen for entry in entries if entry.seen is not None}  # mostly none: nothing is asked
    if any(each.since > seen[each.position] for each in rechecks.find_open(workspace.id, positions=list(seen))):
        raise Unseen


def _checked(workspace: Workspace, entries: Sequence[Entry]) -> list[Entry]:
    """The drafts, settled as they are stored; or Invalid, with what is wrong in each cell."""
    today = workspace.today()
    settled, wrong = [], {}
    for entry in entries:
        history = history_of(entry.position)
        draft = settle(entry.draft, history=history, today=today)
        settled.append(Entry(entry.position, entry.based_on, draft))
        errors = check(draft, history=history, today=today) | _check_references(workspace, draft)
        if errors := errors or check_move(workspace, entry.position, draft):
            wrong[entry.position] = errors
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    return settled


def _check_references(workspace: Workspace, draft: Draft) -> dict[str, str]:
    """Everything that a draft names must be of its negotiation, so that errors are sentences and not the database's."""
    errors = {}
    quotes = {e.quote for e in draft.evidence if e.quote is not None}
    sources = {e.source for e in draft.evidence if e.source is not None}
    parties = set(draft.depends_on)
    if problem := problem_of_quotes(workspace.id, quotes):
        errors["evidence"] = problem
    if sources and Source.objects.filter(negotiation_id=workspace.id, pk__in=sources).count() != len(sources):
        errors["evidence"] = "One of these sources is not of this negotiation."
    there = present(Party.objects.filter(negotiation_id=workspace.id, pk__in=parties))
    if parties and there.count() != len(parties):
        errors["depends_on"] = "One of these parties is not of this negotiation, or was taken out."
    return errors


def _in_words(workspace: Workspace, entries: Sequence[Entry]) -> str:
    if len(entries) > 5:
        return f"{len(entries)} cells"
    cells = Position.objects.filter(pk__in=[e.position for e in entries]).select_related("party", "priority")
    return ", ".join(of_cell(cell.party.name, cell.priority.number) for cell in cells)
