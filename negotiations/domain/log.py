"""Reading the log: acts by day, the newest first, each with what it recorded and edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Field, Func, QuerySet, TextField

from ..models import Change
from ..models.priorities import PriorityKind
from ..models.reviews import DecisionState
from .in_sql import asked
from .log_edits import AT_MOST, Edit, edits_of
from .log_filters import ACCESS, EVERYTHING, Choices, Filters, choices, revisions
from .names import Named, Numbered, of_cell
from .negotiations import Workspace, get_workspace
from .permissions import Who
from .undone import ACT

ON_A_PAGE = 50
# Names of accounts are for those who keep them, and a reason may name them too.
HIDDEN = ("changed", "who has access", "")
NOBODY = "A command at the server"

# Each change's own newest few, however many it has: the load of a dossier may have thousands.
STANCES = """
SELECT asked.revision, s.code, s.red_line, party.slug, party.name, priority.number, priority.name, priority.kind
FROM unnest(%(revisions)s::bigint[]) asked (revision)
JOIN LATERAL (
  SELECT position_id, code, red_line, id FROM negotiations_stance
  WHERE negotiation_id = %(negotiation)s AND revision = asked.revision ORDER BY id LIMIT %(most)s
) s ON true
JOIN negotiations_position cell ON cell.id = s.position_id
JOIN negotiations_party party ON party.id = cell.party_id
JOIN negotiations_priority priority ON priority.id = cell.priority_id
ORDER BY asked.revision, s.id
"""


@dataclass(frozen=True)
class Recorded:
    """A stance that an act recorded; its code is empty where it withdrew one."""

    party: Named
    priority: Numbered
    code: str
    red_line: bool


# Acts that are undone, each with the act that undid it and has not been undone itself.
UNDONE = """
SELECT undoes, revision FROM negotiations_change
WHERE negotiation_id = %(negotiation)s AND undoes = ANY(%(revisions)s) AND NOT act_is_undone(negotiation_id, revision)
"""


@dataclass(frozen=True)
class Entry:
    """One act. `what` is empty where the cells listed say the same. `and_more`: not all that it did is listed.

    `undoes` is the revision of the act that this one undid, `undone_by` that of the one by which it is undone.
    `proposed_by`: whose proposal it accepted, if it did.
    """

    revision: int
    at: datetime
    by: str
    verb: str
    what: str
    why: str
    stances: tuple[Recorded, ...]
    edits: tuple[Edit, ...]
    and_more: bool
    undoes: int | None = None
    undone_by: int | None = None
    proposed_by: str = ""


@dataclass(frozen=True)
class Day:
    """A day in the negotiation's zone."""

    day: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LogPage:
    """`newer` and `older` are what the neighbouring pages come before; None where there is no such page.

    Of a filtered log only the older one is known; `is_beginning` tells whether this page is the newest.
    """

    workspace: Workspace
    filters: Filters
    choices: Choices
    days: tuple[Day, ...]
    newer: int | None
    older: int | None
    is_beginning: bool


# A user's name as pages show it; a word of ours where no user did it.
SHOWN = "coalesce(nullif(u.name, ''), u.username)"
AUTHOR = f"coalesce({SHOWN}, '{NOBODY}')"
OF_USER = f"coalesce((SELECT {SHOWN} FROM negotiations_user u WHERE u.id = %(expressions)s), '{NOBODY}')"
BY_CHANGE = """(SELECT {} FROM negotiations_change c LEFT JOIN negotiations_user u ON u.id = c.by_id
WHERE (c.negotiation_id, c.revision) = (%(expressions)s))"""
PROPOSER = f"""(SELECT {AUTHOR} FROM negotiations_proposaldecision d
JOIN negotiations_proposal p ON p.id = d.proposal_id
JOIN negotiations_change c ON (c.negotiation_id, c.revision) = (p.negotiation_id, p.revision)
LEFT JOIN negotiations_user u ON u.id = c.by_id
WHERE (d.negotiation_id, d.revision) = (%(expressions)s) AND d.state = '{DecisionState.ACCEPTED}' LIMIT 1)"""


def name_of_author() -> Func:
    """The name of the user who did a Change."""
    return asked(OF_USER, "by_id", kind=TextField())


def name_of_proposer() -> Func:
    """Who proposed what the Change of a row, or the Change itself, accepted; None where it accepted nothing."""
    return asked(PROPOSER, *ACT, kind=TextField())


def whose(by: str, proposed_by: str | None) -> str:
    """Whose words a stance's are, and where a second person accepted them, who."""
    return f"proposed by {proposed_by}, accepted by {by}" if proposed_by else by


def of_change(what: str, kind: Field[Any, Any]) -> Func:
    """What SQL tells of the Change `c`, by the user `u`, that brought an append-only row."""
    return asked(BY_CHANGE.format(what), *ACT, kind=kind)


def with_change(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Append-only rows, each with `at`, `why` and `by_name` of the Change that brought it."""
    return rows.annotate(
        at=of_change("c.at", DateTimeField()),
        why=of_change("c.why", TextField()),
        by_name=of_change(AUTHOR, TextField()),
    )


def get_log(slug: str, *, by: Who, before: str = "", filters: Filters = EVERYTHING) -> LogPage:
    """The acts of a negotiation before revision `before`, or its newest. A fixed number of queries.

    What is no revision is read as none, so a damaged address shows the newest.
    """
    workspace = get_workspace(slug, by=by)
    end = _end(before, workspace.revision)
    found = revisions(workspace, filters, before=end, most=ON_A_PAGE + 1)
    days = groupby(get_entries(workspace, found[:ON_A_PAGE]), key=lambda entry: workspace.day_of(entry.at))
    return LogPage(
        workspace=workspace,
        filters=filters,
        choices=choices(workspace),
        days=tuple(Day(day, tuple(acts)) for day, acts in days),
        newer=_newer(workspace, filters, end),
        older=found[ON_A_PAGE - 1] if len(found) > ON_A_PAGE else None,
        is_beginning=end > workspace.revision,
    )


def newest(workspace: Workspace, filters: Filters = EVERYTHING) -> list[Entry]:
    """The newest acts that match, for a feed. Five queries at most."""
    return get_entries(workspace, revisions(workspace, filters, before=workspace.revision + 1, most=ON_A_PAGE))


def get_entries(workspace: Workspace, revisions: list[int]) -> list[Entry]:
    """The acts of these revisions, the newest first."""
    rows = Change.objects.filter(negotiation_id=workspace.id, revision__in=revisions)
    rows = rows.annotate(by_name=name_of_author(), proposed_by=name_of_proposer())
    return _entries(workspace, list(rows.order_by("-revision")))


def _newer(workspace: Workspace, filters: Filters, end: int) -> int | None:
    """Revisions have no gaps, so the page before one of the whole log is known without asking."""
    if filters.any or end > workspace.revision:
        return None
    return min(end + ON_A_PAGE, workspace.revision + 1)


def _end(before: str, revision: int) -> int:
    """The revision that the page comes before."""
    asked = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0
    return asked if 1 < asked <= revision else revision + 1


def _entries(workspace: Workspace, changes: list[Any]) -> list[Entry]:
    stances = _stances(workspace, [change.revision for change in changes])
    edits = edits_of(workspace.id, [change.pk for change in changes])
    undone = undone_by(workspace.id, [change.revision for change in changes])
    entries = [_entry(workspace, c, stances.get(c.revision, []), edits.get(c.pk, [])) for c in changes]
    return [replace(entry, undone_by=undone.get(entry.revision)) for entry in entries]


def undone_by(negotiation: int, revisions: Iterable[int]) -> dict[int, int]:
    """Which of these acts are undone, and by which act. One query."""
    with connection.cursor() as cursor:
        cursor.execute(UNDONE, {"negotiation": negotiation, "revisions": list(revisions)})
        return dict(cursor.fetchall())


def _entry(workspace: Workspace, change: Any, stances: list[Recorded], edits: list[Edit]) -> Entry:
    verb, what, why = change.verb, change.what, change.why
    if not workspace.may_curate and (verb == ACCESS or any(edit.is_access for edit in edits)):
        (verb, what, why), edits = HIDDEN, []
    if what == ", ".join(of_cell(s.party.name, s.priority.number) for s in stances):
        what = ""
    edits = [_unless_said(edit, what) for edit in edits if edit.fields or not _is_said(edit, what)]
    return Entry(
        revision=change.revision,
        at=change.at,
        by=change.by_name,
        verb=verb,
        what=what,
        why=why,
        stances=tuple(stances[:AT_MOST]),
        edits=tuple(edits[:AT_MOST]),
        and_more=max(len(stances), len(edits)) > AT_MOST,
        undoes=change.undoes,
        proposed_by=change.proposed_by or "",
    )


def _is_said(edit: Edit, what: str) -> bool:
    return what == f"{edit.noun} {edit.name}"


def _unless_said(edit: Edit, what: str) -> Edit:
    """The edit, without the name of its row where the act names it already."""
    return replace(edit, noun="", name="") if _is_said(edit, what) else edit


def _stances(workspace: Workspace, revisions: list[int]) -> Mapping[int, list[Recorded]]:
    asked: dict[str, Any] = {"negotiation": workspace.id, "revisions": revisions, "most": AT_MOST + 1}
    found: dict[int, list[Recorded]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(STANCES, asked)
        for revision, code, red_line, slug, party, number, priority, kind in cursor.fetchall():
            cell = Numbered(number, priority, kind == PriorityKind.LINKED)
            found[revision].append(Recorded(Named(slug, party), cell, code, red_line))
    return found
