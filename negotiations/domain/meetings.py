"""Meetings: who came, what was made there, and which positions are dated to their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from ..models import Attendance, Commitment, Evidence, Instrument, Meeting, Position, Quote
from ..models.evidence import Bearing
from ..models.fields import Precision
from ..models.instruments import InstrumentKind
from ..models.meetings import Level, MeetingKind, Presence
from .at_moment import how_many, recorded
from .cell_lines import CellLine, cell_lines
from .commitments import CommitmentLine, commitment_lines
from .comparing import Comparison, compare
from .dates import in_words
from .moments import Dials, Moment, moment_asked, nothing, stood_at
from .names import Named, named, named_or_none
from .negotiations import Workspace, get_workspace
from .permissions import Hidden, Who
from .points import Point, on_day
from .quote_lists import QuoteList, quote_list
from .removals import TakenOut, taken_out, with_removed


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in the list. Dates are None where they are unknown; `parties` counts those who attended."""

    slug: str
    name: str
    kind: MeetingKind
    place: str
    starts_on: date | None
    ends_on: date | None
    precision: str
    parties: int


@dataclass(frozen=True)
class MeetingList:
    """`later` counts those that had not begun at the moment that was asked for."""

    workspace: Workspace
    moment: Moment
    meetings: tuple[MeetingLine, ...]
    later: int


@dataclass(frozen=True)
class Attendee:
    """`person` is None where only the party is told of."""

    party: Named
    person: Named | None
    level: Level
    status: Presence
    note: str


@dataclass(frozen=True)
class Paper:
    """An instrument that was made at the meeting."""

    slug: str
    name: str
    kind: InstrumentKind


@dataclass(frozen=True)
class MeetingPage:
    workspace: Workspace
    moment: Moment
    slug: str
    name: str
    kind: MeetingKind
    place: str
    starts_on: date | None
    ends_on: date | None
    precision: str
    description: str
    attendance: tuple[Attendee, ...]
    instruments: tuple[Paper, ...]
    commitments: tuple[CommitmentLine, ...]
    comparison: Comparison | None
    cells: tuple[CellLine, ...]
    quotes: QuoteList
    previous: Named | None
    next: Named | None
    taken_out: TakenOut | None

    @property
    def attended(self) -> int:
        """How many parties are told of as having been there."""
        return len({a.party.slug for a in self.attendance if a.status == Presence.ATTENDED})


def list_meetings(slug: str, *, by: Who, asked: Dials = nothing) -> MeetingList:
    """Every meeting that had begun, the earliest first. Two queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        there = recorded(Attendance.objects.filter(status=Presence.ATTENDED), moment)
        attended = how_many(there, "meeting", each="party")
        everything = recorded(Meeting.objects.filter(negotiation_id=workspace.id), moment).annotate(parties=attended)
        rows = everything.order_by(F("starts_on").asc(nulls_last=True), "slug")
        begun = [m for m in rows if not moment.is_past or m.starts_on is None or m.starts_on <= moment.as_of]
        lines = (
            MeetingLine(m.slug, m.name, MeetingKind(m.kind), m.place, m.starts_on, m.ends_on, m.precision, m.parties)
            for m in begun
        )
        return MeetingList(workspace, moment, tuple(lines), len(rows) - len(begun))


def get_meeting(slug: str, meeting: str, *, by: Who, asked: Dials = nothing, all_quotes: bool = False) -> MeetingPage:
    """One meeting, in a fixed number of queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        mine = Meeting.objects.filter(negotiation_id=workspace.id)
        found = with_removed(mine, until=moment.until)  # in order of time, for the neighbours
        rows = [each for each in found if each.removed is None or each.slug == meeting]
        at = next((at for at, row in enumerate(rows) if row.slug == meeting), None)
        if at is None:
            raise Hidden(f"There is no meeting {meeting!r} here.")
        row = rows[at]
        comparison = _comparison(workspace, row, moment)
        changed = comparison.by_cell if comparison else {}
        papers = recorded(Instrument.objects.filter(meeting=row), moment)
        return MeetingPage(
            workspace=workspace,
            moment=moment,
            slug=row.slug,
            name=row.name,
            kind=MeetingKind(row.kind),
            place=row.place,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            precision=row.precision,
            description=row.description,
            attendance=_attendance(row, moment),
            instruments=tuple(Paper(p.slug, p.name, InstrumentKind(p.kind)) for p in papers),
            commitments=commitment_lines(Commitment.objects.filter(meeting=row), workspace, moment),
            comparison=comparison,
            cells=_resting(workspace, row, moment, without=list(changed)),
            quotes=quote_list(workspace.id, _dated(row, "said_on"), moment, everything=all_quotes),
            previous=named_or_none(rows[at - 1] if at else None),
            next=named_or_none(rows[at + 1] if at + 1 < len(rows) else None),
            taken_out=taken_out(workspace, row.removed),
        )


def _comparison(workspace: Workspace, meeting: Meeting, moment: Moment) -> Comparison | None:
    """The day before it began against the day it ended; None where its days are unknown or had not come.

    Of one that is known by its month or year alone, the whole of that is its days.
    """
    if meeting.starts_on is None or moment.public_by is not None:
        return None
    first, last = _first_day(meeting.starts_on, meeting.precision), meeting.ends_on or meeting.starts_on
    if last > moment.as_of:
        return None
    before = first - timedelta(days=1)
    start = Point(on_day(before, moment), before.isoformat(), in_words(before))
    return compare(workspace, start, Point(on_day(last, moment), last.isoformat(), in_words(last)))


def _first_day(day: date, precision: str) -> date:
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def _resting(workspace: Workspace, meeting: Meeting, moment: Moment, *, without: list[int]) -> tuple[CellLine, ...]:
    """Other cells whose stance rests on words that were said in its days. Three queries."""
    stood = {each.stance_id: each.position_id for each in stood_at(workspace, moment) if each.stance_id}
    said = Quote.objects.filter(_dated(meeting, "said_on"), negotiation_id=workspace.id)
    evidence = Evidence.objects.filter(stance__in=list(stood), quote__in=said, bearing=Bearing.SUPPORTS)
    cells = {stood[stance] for stance in evidence.values_list("stance_id", flat=True)} - set(without)
    return cell_lines(Position.objects.filter(pk__in=cells), workspace, moment)


def _attendance(meeting: Meeting, moment: Moment) -> tuple[Attendee, ...]:
    rows = Attendance.objects.filter(meeting=meeting).select_related("party", "person")
    return tuple(
        Attendee(named(r.party), named_or_none(r.person), Level(r.level), Presence(r.status), r.note)
        for r in rows.order_by("party__order", "party__name", "pk")
    )


def _dated(meeting: Meeting, field: str) -> Q:
    """What is dated to the meeting's days; where only its month or year is known, to that same period.

    Dates that are known "by" a day count for a meeting of that day: it is the first that we know of them.
    """
    if meeting.starts_on is None:
        return Q(pk=None)
    if meeting.precision in (Precision.MONTH, Precision.YEAR):
        return Q(**{field: meeting.starts_on, "precision": meeting.precision})
    days = (meeting.starts_on, meeting.ends_on or meeting.starts_on)
    return Q(**{f"{field}__range": days, "precision__in": [Precision.DAY, Precision.BY]})
