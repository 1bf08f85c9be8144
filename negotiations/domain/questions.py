"""Reading open questions: what we would need to know, whom to ask, by when, and how each was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from ..models import Change, Question, QuestionEvent, RowEdit
from ..models.questions import QuestionState
from .at_moment import added, recorded
from .log import name_of_author, with_change
from .moments import Dials, Moment, moment_asked, nothing, now
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Act, Hidden, Who
from .quote_lists import Proof, proof, proofs
from .records import version_of


@dataclass(frozen=True)
class QuestionLine:
    """One question. `party` and `priority` name its cell, both or neither; `today` is the day that is looked at."""

    slug: str
    text: str
    whom: str
    due: date | None
    state: QuestionState
    party: Named | None
    priority: Numbered | None
    today: date

    @property
    def is_open(self) -> bool:
        return self.state == QuestionState.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due is not None and self.due < self.today

    @property
    def is_due_today(self) -> bool:
        return self.is_open and self.due == self.today


@dataclass(frozen=True)
class QuestionList:
    workspace: Workspace
    moment: Moment
    page: Page[QuestionLine]
    state: str


@dataclass(frozen=True)
class Event:
    """What became of it: answered by a proof, dropped, or opened again."""

    state: QuestionState
    proof: Proof
    note: str
    at: datetime
    by: str
    revision: int


@dataclass(frozen=True)
class Asked:
    """Who asked, and when."""

    at: datetime
    by: str
    revision: int


@dataclass(frozen=True)
class QuestionPage:
    """`events` has the oldest first. `asked` is None where it came with a dossier; `version` tells edits apart."""

    workspace: Workspace
    moment: Moment
    question: QuestionLine
    events: tuple[Event, ...]
    asked: Asked | None
    version: str


def list_questions(
    slug: str, *, by: Who, asked: Dials = nothing, state: str = "", page: str | None = None
) -> QuestionList:
    """A page of the questions, the open ones first, those due first among them."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        state = state if state in QuestionState.values else ""
        rows = _ordered(Question.objects.filter(negotiation_id=workspace.id), moment)
        if state:
            rows = rows.filter(state_then=state)
        return QuestionList(workspace, moment, page_of(rows, page, lambda row: _line(row, moment.as_of)), state)


def of_cell(workspace: Workspace, position: int, moment: Moment | None = None) -> tuple[QuestionLine, ...]:
    """The questions about a cell, the open ones first. One query."""
    moment = moment or now(workspace)
    rows = _ordered(Question.objects.filter(position_id=position, negotiation_id=workspace.id), moment)
    return tuple(_line(row, moment.as_of) for row in rows)


def get_question(slug: str, question: str, *, by: Who, to: Act = Act.VIEW, asked: Dials = nothing) -> QuestionPage:
    """One question with all that became of it; Hidden where there is none. A fixed number of queries."""
    workspace = get_workspace(slug, by=by, to=to)
    with moment_asked(workspace, asked) as (workspace, moment):
        row = _ordered(Question.objects.filter(negotiation_id=workspace.id, slug=question), moment).first()
        if row is None:
            raise Hidden(f"There is no question {question!r} here.")
        happened = QuestionEvent.objects.filter(added(moment), question=row).select_related("source")
        events = list(with_change(happened).order_by("revision", "pk"))
        quotes = proofs(workspace.id, events, until=moment.until)
        return QuestionPage(
            workspace=workspace,
            moment=moment,
            question=_line(row, moment.as_of),
            events=tuple(
                Event(QuestionState(e.state), proof(e, quotes), e.note, e.at, e.by_name, e.revision) for e in events
            ),
            asked=_asked(row),
            version=version_of(row),
        )


def _asked(row: Question) -> Asked | None:
    born = RowEdit.objects.filter(table=Question._meta.db_table, row=row.pk, before__isnull=True)
    change: Any = Change.objects.filter(pk__in=born.values("change")).annotate(by_name=name_of_author()).first()
    return Asked(change.at, change.by_name, change.revision) if change else None


def _ordered(rows: QuerySet[Question], moment: Moment) -> QuerySet[Any]:
    """Those that were asked by then, the open ones first, each with the state that it was in."""
    rows = recorded(rows, moment).annotate(state_then=_state(moment))
    closed = Case(When(state_then=QuestionState.OPEN, then=Value(0)), default=Value(1))
    rows = rows.select_related("position__party", "position__priority")
    return rows.order_by(closed, F("due").asc(nulls_last=True), "pk")


def _state(moment: Moment) -> Combinable:
    """The copy of the newest event, or of a past record its newest one."""
    if moment.until is None:
        return F("state")
    events = QuestionEvent.objects.filter(added(moment), question=OuterRef("pk")).order_by("-revision", "-pk")
    return Coalesce(Subquery(events.values("state")[:1]), Value(QuestionState.OPEN.value))


def _line(row: Any, today: date) -> QuestionLine:
    cell = row.position
    return QuestionLine(
        slug=row.slug,
        text=row.text,
        whom=row.whom,
        due=row.due,
        state=QuestionState(row.state_then),
        party=named(cell.party) if cell else None,
        priority=numbered(cell.priority) if cell else None,
        today=today,
    )
