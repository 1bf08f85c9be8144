"""Which acts of the log are asked for, and finding them, the newest first, at whatever depth of the log they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from ..models import Change, Party, Priority, User
from ..models.stances import Cause
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace
from .removals import with_removed

ACCESS = "gave access to"  # whose object readers are not told


@dataclass(frozen=True)
class Filters:
    """Empty means everything. `who` is an account's id, `party` a slug; both days are of the negotiation's zone."""

    who: int | None = None
    verb: str = ""
    cause: str = ""
    party: str = ""
    priority: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def any(self) -> bool:
        return self != EVERYTHING

    @property
    def of_cells(self) -> bool:
        """Whether only acts are asked for that recorded a stance."""
        return bool(self.cause or self.party or self.priority is not None)


EVERYTHING = Filters()


@dataclass(frozen=True)
class Author:
    """By the account's id: the name that somebody signs in with is told to nobody."""

    id: int
    name: str


@dataclass(frozen=True)
class Choices:
    """What can be chosen: authors, verbs, parties and priorities; `out`: which were taken out, by slug or number."""

    authors: tuple[Author, ...]
    verbs: tuple[str, ...]
    parties: tuple[Named, ...]
    priorities: tuple[Numbered, ...]
    out: frozenset[str | int] = frozenset()


def read(value: Callable[[str], str | None]) -> Filters:
    """Filters from an address; what else it says is left out. `value(name)` is what stands there under a name."""
    return Filters(
        who=_number(value("who"), longest=9),
        verb=value("verb") or "",
        cause=cause if (cause := value("cause") or "") in Cause.values else "",
        party=value("party") or "",
        priority=_number(value("priority"), longest=5),
        since=_day(value("since")),
        until=_day(value("until")),
    )


def _number(text: str | None, *, longest: int) -> int | None:
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if date.min < day < date.max else None


def choices(workspace: Workspace) -> Choices:
    """Four queries, each over an index or a short list."""
    parties = list(with_removed(Party.objects.filter(negotiation_id=workspace.id)).order_by("order", "name"))
    priorities = list(with_removed(Priority.objects.filter(negotiation_id=workspace.id)).order_by("number"))
    out = {party.slug for party in parties if party.removed} | {row.number for row in priorities if row.removed}
    mine = Change.objects.filter(negotiation_id=workspace.id)
    authors = User.objects.filter(Exists(mine.filter(by=OuterRef("pk")))).order_by("name", "username")
    verbs = _verbs(workspace.id)
    return Choices(
        authors=tuple(Author(user.pk, str(user)) for user in authors),
        verbs=tuple(verb for verb in verbs if workspace.may_curate or verb != ACCESS),
        parties=tuple(map(named, parties)),
        priorities=tuple(map(numbered, priorities)),
        out=frozenset(out),
    )


# One step of the index for each verb that there is, however many changes there are.
VERBS = """
WITH RECURSIVE next AS (
  (SELECT verb FROM negotiations_change WHERE negotiation_id = %(negotiation)s ORDER BY verb LIMIT 1)
  UNION ALL
  SELECT (SELECT c.verb FROM negotiations_change c
          WHERE c.negotiation_id = %(negotiation)s AND c.verb > next.verb ORDER BY c.verb LIMIT 1)
  FROM next WHERE next.verb IS NOT NULL
)
SELECT verb FROM next WHERE verb IS NOT NULL
"""


def _verbs(negotiation: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(VERBS, {"negotiation": negotiation})
        return [verb for (verb,) in cursor.fetchall()]


def revisions(workspace: Workspace, filters: Filters, *, before: int, most: int) -> list[int]:
    """The newest `most` revisions below `before` whose acts match. One query.

    Where stances are asked for, theirs are gone through, which are few for a cell or a party; else the changes.
    """
    conditions, asked = _conditions(workspace, filters)
    if filters.of_cells:
        shape = f"SELECT DISTINCT s.revision {_FROM_STANCES} WHERE s.negotiation_id = %(negotiation)s"
        column = "s.revision"
    else:
        shape = "SELECT c.revision FROM negotiations_change c WHERE c.negotiation_id = %(negotiation)s"
        column = "c.revision"
    sql = f"{shape} AND {column} < %(before)s {conditions} ORDER BY {column} DESC LIMIT %(most)s"
    with connection.cursor() as cursor:
        cursor.execute(sql, {**asked, "negotiation": workspace.id, "before": before, "most": most})
        return [revision for (revision,) in cursor.fetchall()]


_FROM_STANCES = """
FROM negotiations_stance s
JOIN negotiations_change c ON c.negotiation_id = s.negotiation_id AND c.revision = s.revision
JOIN negotiations_position cell ON cell.id = s.position_id
"""


def _conditions(workspace: Workspace, filters: Filters) -> tuple[str, dict[str, Any]]:
    found: list[str] = []
    asked: dict[str, Any] = {}

    def add(condition: str, **values: Any) -> None:
        found.append(f" AND {condition}")
        asked.update(values)

    if filters.who is not None:
        add("c.by_id = %(who)s", who=filters.who)
    if filters.verb:
        hidden = filters.verb == ACCESS and not workspace.may_curate
        add("c.verb = %(verb)s", verb=None if hidden else filters.verb)
    if filters.since:
        add("c.at >= %(since)s", since=_midnight(workspace, filters.since))
    if filters.until:
        add("c.at < %(until)s", until=_midnight(workspace, filters.until + timedelta(days=1)))
    if filters.cause:
        add("s.cause = %(cause)s", cause=filters.cause)
    of = "SELECT id FROM negotiations_{} WHERE negotiation_id = %(negotiation)s AND"
    if filters.party:
        add(f"cell.party_id = ({of.format('party')} slug = %(party)s)", party=filters.party)
    if filters.priority is not None:
        add(f"cell.priority_id = ({of.format('priority')} number = %(number)s)", number=filters.priority)
    return "".join(found), asked


def _midnight(workspace: Workspace, day: date) -> datetime:
    return datetime.combine(day, time.min, workspace.zone)
