"""The moment that a page is asked for: a day of the world, and what of our record counts.

*As of* a day, *as known at* a revision, or *as public by* a day: as we judge it now, with what had been published by
then. See docs/decisions/as-of.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from ..database.past import as_recorded, values_then
from ..models import Change, Negotiation
from .as_of import Standing, standings
from .asking import DAY, Unanswerable, read_day
from .dates import in_words
from .negotiations import Workspace

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?", re.ASCII)
REVISION = re.compile(r"\d{1,18}", re.ASCII)


PAST_STAYS = "You look at the past, where nothing can be changed."

Dials = Callable[[str], str | None]  # what stands in an address under a name


def nothing(name: str) -> None:
    """An address that asks for nothing, which means the present."""


@dataclass(frozen=True)
class Moment:
    """`today` is now. `known_at` is the workspace's revision, unless another `is_pinned`.

    `recorded_at` is when a pinned revision was recorded, None before the first. `public_by` is None where publication
    plays no part.
    """

    as_of: date
    known_at: int
    public_by: date | None
    today: date
    is_pinned: bool = False
    recorded_at: datetime | None = None

    @property
    def is_past(self) -> bool:
        """Whether anything else than the present is asked for; then nothing can be edited.

        A pinned revision is, even the newest: tomorrow it may not be.
        """
        return self.as_of != self.today or self.is_pinned or self.public_by is not None

    @property
    def until(self) -> int | None:
        """The revision up to which the record is read; None for all of it."""
        return self.known_at if self.is_pinned else None

    @property
    def dials(self) -> tuple[tuple[str, str], ...]:
        """What an address needs to ask for the same again, as names and values; nothing for the present."""
        return tuple(
            (name, str(value))
            for name, value, is_asked in (
                ("as_of", self.as_of, self.as_of != self.today),
                ("known_at", self.known_at, self.is_pinned),
                ("public_by", self.public_by, self.public_by is not None),
            )
            if is_asked
        )

    @property
    def query(self) -> str:
        """The dials as the query of an address, with its question mark; empty for the present."""
        return f"?{urlencode(self.dials)}" if self.dials else ""

    @property
    def pinned(self) -> str:
        """The query that shows the same tomorrow: the day, and the revision or the day of publication."""
        second = ("public_by", self.public_by) if self.public_by else ("known_at", self.known_at)
        return "?" + urlencode([("as_of", self.as_of), second])


def stood_at(workspace: Workspace, moment: Moment, positions: Sequence[int] | None = None) -> list[Standing]:
    """What stood in each cell of the negotiation (or in `positions`) at that moment. One query."""
    return standings(
        workspace.id, as_of=moment.as_of, known_at=moment.known_at, public_by=moment.public_by, positions=positions
    )


def now(workspace: Workspace, *, today: date | None = None) -> Moment:
    """The present: today, as known at the workspace's revision."""
    day = today or workspace.today()
    return Moment(as_of=day, known_at=workspace.revision, public_by=None, today=day)


def read_moment(workspace: Workspace, value: Dials, *, today: date | None = None) -> Moment:
    """The moment that an address asks for; Unanswerable where there is none such. One query where it names a time.

    `value(name)` is what stands there under a name. `as_of` is a day. `known_at` is a revision, or a day or a time in
    the negotiation's zone, each meaning the last revision by its end. `public_by` is a day. `day` and `known_day` are
    the fields beside the lists, which win where they are filled in.
    """
    day = today or workspace.today()
    as_of = read_day(value("day") or value("as_of"), today=day)
    known, public = value("known_day") or value("known_at"), value("public_by")
    if known and public:
        raise Unanswerable(
            "The address asks both what was known at a revision and what was public by a day; it can be only one."
        )
    public_by = read_day(public, today=day)
    known_at, recorded_at = _read_record(workspace, known, day) if known else (workspace.revision, None)
    return Moment(
        as_of=as_of,
        known_at=known_at,
        public_by=None if public_by == day else public_by,
        today=day,
        is_pinned=bool(known),
        recorded_at=recorded_at,
    )


@contextmanager
def record_of(workspace: Workspace, moment: Moment) -> Iterator[None]:
    """In here, what is edited in place reads as at the moment's revision. Two queries for a pinned one, else none.

    For all that shows a moment; nothing can be written in here.
    """
    if not moment.is_pinned:
        yield
        return
    with as_recorded(workspace.id, moment.known_at):
        yield


@contextmanager
def moment_asked(
    workspace: Workspace, value: Dials, *, today: date | None = None
) -> Iterator[tuple[Workspace, Moment]]:
    """The moment that an address asks for, as `read_moment` reads it, and in here the record of then.

    The workspace bears the name that it had; what may be done in it is as now. Four queries for a past record: which
    revision it is, to and back, and that name.
    """
    moment = read_moment(workspace, value, today=today)
    with record_of(workspace, moment):
        yield _as_named(workspace) if moment.is_pinned else workspace, moment


def _as_named(workspace: Workspace) -> Workspace:
    then = values_then(Negotiation._meta.db_table, workspace.id)
    return replace(workspace, **{name: then[name] for name in ("name", "description") if name in then})


def _read_record(workspace: Workspace, text: str, today: date) -> tuple[int, datetime | None]:
    """The revision that is meant, and when it was recorded; 0 and None before the first."""
    changes = Change.objects.filter(negotiation_id=workspace.id, revision__lte=workspace.revision)
    if REVISION.fullmatch(text):
        if int(text) > workspace.revision:
            raise Unanswerable(f"There is no revision {int(text)} yet; the newest is {workspace.revision}.")
        changes = changes.filter(revision=int(text))
    else:
        changes = changes.filter(at__lt=_end(workspace, text, today))
    # Time never goes back from one revision to the next, and is indexed.
    found = changes.order_by("-at", "-revision").values_list("revision", "at").first()
    return (found[0] or 0, found[1]) if found else (0, None)


def _end(workspace: Workspace, text: str, today: date) -> datetime:
    """The first instant after the day, minute or second that is named."""
    if DAY.fullmatch(text):
        return datetime.combine(read_day(text, today=today) + timedelta(days=1), time.min, workspace.zone)
    try:
        # Where the clock was put back, a time was twice; by then means by the second.
        local = datetime.fromisoformat(text).replace(tzinfo=workspace.zone, fold=1)
        if not INSTANT.fullmatch(text) or local.date() in (date.min, date.max):
            raise ValueError
    except ValueError:
        raise Unanswerable(
            "What was known is asked for by a revision such as 12, a day such as 2026-01-06, "
            "or a time such as 2026-01-06T18:30."
        ) from None
    instant = local.astimezone(UTC)
    if instant > timezone.now():
        raise Unanswerable(f"That time on {in_words(local.date())} has not come yet; nobody knows what we will know.")
    return instant + (timedelta(seconds=1) if text.count(":") == 2 else timedelta(minutes=1))
