"""The two ends of a comparison, as an address names them: a meeting, a revision, a day, or what somebody saw last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser

from ..models import Change, Meeting
from ..models.visits import VisitKind
from .asking import DAY, Unanswerable, read_day
from .at_moment import recorded
from .dates import in_words
from .moments import REVISION, Moment, record_of
from .negotiations import Workspace
from .permissions import Who
from .visits import Seen, seen_before

NOBODY = AnonymousUser()  # who has no visits
LAST_MEETING, LAST_VISIT, LAST_BRIEF = "last-meeting", "last-visit", "last-brief"


@dataclass(frozen=True)
class Point:
    """A moment to compare. `asked` names it in an address, `name` in a sentence, after "since" or "to"."""

    moment: Moment
    asked: str
    name: str

    @property
    def is_typed(self) -> bool:
        """Whether it is a day or a revision, which no list offers."""
        return bool(DAY.fullmatch(self.asked) or REVISION.fullmatch(self.asked))


def starts_for(workspace: Workspace, *, by: Who) -> list[tuple[str, str]]:
    """Where a comparison may begin with one click, as the address names it and in words. One query at most."""
    seen = seen_before(workspace, by=by)
    return [
        (LAST_MEETING, "the last meeting"),
        *([(LAST_VISIT, "my last visit")] if VisitKind.VISIT in seen else []),
        *([(LAST_BRIEF, "my last brief")] if VisitKind.BRIEF in seen else []),
    ]


def read_end(workspace: Workspace, text: str, moment: Moment, *, by: Who) -> Point:
    """What is compared with: the `moment` itself where `text` is empty."""
    if not text:
        day = in_words(moment.as_of)
        return Point(moment, "", f"{day}, revision {moment.known_at}" if moment.is_pinned else day)
    return _read(workspace, text, moment, by)


def read_start(workspace: Workspace, text: str, end: Point, *, by: Who) -> Point:
    """What it is compared from. A day or a meeting is told as the end's revision knows it; Unanswerable if later."""
    start = _read(workspace, text, end.moment, by)
    if start.moment.as_of > end.moment.as_of or start.moment.known_at > end.moment.known_at:
        raise Unanswerable("A comparison begins with what comes first; here it ends before it begins.")
    return start


def _read(workspace: Workspace, text: str, end: Moment, by: Who) -> Point:
    if REVISION.fullmatch(text):
        return _at_revision(workspace, int(text), text, f"revision {int(text)}", end)
    if DAY.fullmatch(text):
        day = read_day(text, today=end.today)
        return Point(on_day(day, end), text, in_words(day))
    if text in (LAST_VISIT, LAST_BRIEF):
        kind = VisitKind.VISIT if text == LAST_VISIT else VisitKind.BRIEF
        return _as_seen(workspace, text, seen_before(workspace, by=by).get(kind), end)
    return _at_meeting(workspace, text, end)


def on_day(day: date, end: Moment) -> Moment:
    """A day of the world, told as the end's revision knows it."""
    return Moment(
        as_of=day,
        known_at=end.known_at,
        public_by=None,
        today=end.today,
        is_pinned=end.is_pinned,
        recorded_at=end.recorded_at,
    )


def _at_revision(workspace: Workspace, revision: int, asked: str, name: str, end: Moment) -> Point:
    if revision > workspace.revision:
        raise Unanswerable(f"There is no revision {revision} yet; the newest is {workspace.revision}.")
    found = Change.objects.filter(negotiation_id=workspace.id, revision=revision).values_list("at", flat=True).first()
    # What was recorded by a revision is dated to its day or before, but for a zone that was another then.
    day = min(workspace.day_of(found), end.as_of) if found else end.as_of
    moment = Moment(as_of=day, known_at=revision, public_by=None, today=end.today, is_pinned=True, recorded_at=found)
    return Point(moment, asked, name)


def _as_seen(workspace: Workspace, asked: str, seen: Seen | None, end: Moment) -> Point:
    if seen is None:
        raise Unanswerable(
            "There is no earlier visit of yours to compare with. The board remembers one from now on, with an account."
            if asked == LAST_VISIT
            else "You have not marked a brief yet. “I briefed now” on the page of a comparison does."
        )
    what = "my last visit" if asked == LAST_VISIT else "my last brief"
    return _at_revision(workspace, seen.revision, asked, f"{what}, {_when(workspace, seen.at)}", end)


def _when(workspace: Workspace, at: datetime) -> str:
    return f"{in_words(workspace.day_of(at))} {at.astimezone(workspace.zone):%H:%M}"


def _at_meeting(workspace: Workspace, asked: str, end: Moment) -> Point:
    with record_of(workspace, end):
        meetings = recorded(Meeting.objects.filter(negotiation_id=workspace.id, starts_on__isnull=False), end)
        ends = [(over, m) for m in meetings if (over := m.ends_on or m.starts_on)]
    if asked == LAST_MEETING:  # what has come since the one that ended last before the day that is looked at
        found = max((each for each in ends if each[0] < end.as_of), key=lambda e: (e[0], e[1].slug), default=None)
        if found is None:
            raise Unanswerable("No meeting had ended before that day.")
    else:
        found = next((each for each in ends if each[1].slug == asked), None)
        if found is None:
            raise Unanswerable("What is compared is a meeting, a revision such as 12, or a day such as 2026-01-06.")
    day, meeting = found
    if day > end.today:
        raise Unanswerable(f"{meeting.name} is not over yet.")
    return Point(on_day(day, end), meeting.slug, f"{meeting.name}, {in_words(day, meeting.precision)}")
