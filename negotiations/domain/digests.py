"""The digest: what has changed, since a user last read it, in what they watch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..models import DigestMark, Position, Stance
from ..models.stances import Cause
from .as_of import standings
from .cell_names import CellName
from .log import name_of_proposer, whose, with_change
from .names import named, numbered
from .negotiations import Workspace
from .permissions import Who, require_account
from .watches import Watched, list_watched, watched_cells

MOST = 200  # cells in one digest; of more, the newest


@dataclass(frozen=True)
class Step:
    """One stance that was recorded. Its code is empty where it withdrew one."""

    code: str
    cause: Cause
    by: str
    at: datetime
    why: str
    revision: int


@dataclass(frozen=True)
class Line:
    """A cell in which something was recorded: what stood today, as known then and as known now; newest step last."""

    cell: CellName
    was: str
    now: str
    steps: tuple[Step, ...]

    @property
    def newest(self) -> Step:
        return self.steps[-1]

    @property
    def is_other(self) -> bool:
        return self.was != self.now


@dataclass(frozen=True)
class Digest:
    """What is new after revision `since`, up to the workspace's. `and_more`: not all cells are listed."""

    workspace: Workspace
    since: int
    by_mail: bool
    watched: tuple[Watched, ...]
    lines: tuple[Line, ...]
    and_more: bool


def get_digest(workspace: Workspace, *, by: Who, unmailed: bool = False) -> Digest:
    """The digest of `by`, the cells with the newest changes first. Nine queries at most.

    `unmailed`: since it last went out by e-mail, else since it was last marked as read.
    """
    require_account(by)
    mark = DigestMark.objects.filter(negotiation_id=workspace.id, user_id=int(by.pk or 0)).first()
    since = workspace.revision if mark is None else max(mark.mailed, mark.read) if unmailed else mark.read
    steps = _steps(workspace, watched_cells(workspace, by=by), since)
    newest = sorted(steps, key=lambda cell: -steps[cell][-1].revision)
    shown = newest[:MOST]
    return Digest(
        workspace=workspace,
        since=since,
        by_mail=bool(mark and mark.by_mail),
        watched=tuple(list_watched(workspace, by=by)),
        lines=tuple(_lines(workspace, shown, steps, since)) if shown else (),
        and_more=len(newest) > MOST,
    )


def mark_read(workspace: Workspace, revision: int, *, by: Who) -> None:
    """Note that `by` has read all up to `revision`, as the page showed it; an older page takes nothing back."""
    require_account(by)
    revision = min(revision, workspace.revision)
    DigestMark.objects.filter(negotiation_id=workspace.id, user_id=int(by.pk or 0), read__lt=revision).update(
        read=revision
    )


def mark_mailed(workspace: Workspace, *, by: Who) -> None:
    DigestMark.objects.filter(negotiation_id=workspace.id, user_id=int(by.pk or 0)).update(mailed=workspace.revision)


def send_by_mail(workspace: Workspace, wanted: bool, *, by: Who) -> None:
    """Whether `by` gets the digest by e-mail; from now on, not what was before."""
    require_account(by)
    DigestMark.objects.update_or_create(
        negotiation_id=workspace.id,
        user_id=int(by.pk or 0),
        defaults={"by_mail": wanted, "mailed": workspace.revision},
        create_defaults={"by_mail": wanted, "mailed": workspace.revision, "read": workspace.revision},
    )


def _steps(workspace: Workspace, cells: list[int], since: int) -> dict[int, list[Step]]:
    rows: Any = with_change(
        Stance.objects.filter(
            negotiation_id=workspace.id,
            position__in=cells,
            revision__gt=since,
            revision__lte=workspace.revision,
        )
    )
    rows = rows.annotate(proposed_by=name_of_proposer()).order_by("revision", "seq")
    steps: dict[int, list[Step]] = defaultdict(list)
    for row in rows if cells else ():
        by = whose(row.by_name, row.proposed_by)
        step = Step(row.code, Cause(row.cause), by, row.at, row.why, row.revision)
        steps[row.position_id].append(step)
    return steps


def _lines(workspace: Workspace, cells: list[int], steps: dict[int, list[Step]], since: int) -> list[Line]:
    def codes(known_at: int) -> dict[int, str]:
        stood = standings(workspace.id, as_of=workspace.today(), known_at=known_at, positions=cells)
        return {standing.position_id: standing.code for standing in stood}

    then, now = codes(since), codes(workspace.revision)
    rows = Position.objects.filter(pk__in=cells).select_related("party", "priority").in_bulk()
    return [
        Line(
            cell=CellName(named(rows[cell].party), numbered(rows[cell].priority)),
            was=then[cell],
            now=now[cell],
            steps=tuple(steps[cell]),
        )
        for cell in cells
    ]
