"""Cells, re-checks and questions that are given to an analyst, with a day; and the list of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ..models import Assignment, User
from ..models.questions import QuestionState
from ..models.work import Task
from .cell_names import CellName
from .names import Named, named, numbered
from .negotiations import Workspace
from .permissions import ACTS_OF_ROLE, Act, Forbidden, Hidden, Who
from .removals import present
from .stances import Invalid
from .things import Thing

LONGEST_NOTE = 500  # characters
DONE_SHOWN = 20  # of what is done, the newest


@dataclass(frozen=True)
class Analyst:
    """Somebody to whom things may be given."""

    id: int
    name: str


@dataclass(frozen=True)
class Work:
    """One thing that was given. `settled` says that it needs no more work, though nobody has ticked it off."""

    id: int
    task: Task
    cell: CellName | None
    question: Named | None
    analyst: str
    is_mine: bool
    by: str
    at: datetime
    due: date | None
    note: str
    settled: str
    done_at: datetime | None
    today: date

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and not self.settled and self.due is not None and self.due < self.today


def analysts(workspace: Workspace) -> list[Analyst]:
    """Who works on the negotiation, by name. One query."""
    roles = [role for role, act in ACTS_OF_ROLE.items() if act >= Act.EDIT]
    users = User.objects.filter(
        memberships__negotiation_id=workspace.id, memberships__role__in=roles, is_active=True
    ).order_by("name", "username")
    return [Analyst(user.pk, str(user)) for user in users]


def list_work(workspace: Workspace, *, by: Who, of_all: bool = False) -> tuple[list[Work], list[Work]]:
    """What is open, the earliest day first, and what was done last: of `by`, or of everybody. Two queries."""
    _require_analyst(workspace)
    rows = _rows(workspace)
    if not of_all:
        rows = rows.filter(analyst_id=by.pk)
    done = rows.filter(done_at__isnull=False).order_by("-done_at", "-pk")[:DONE_SHOWN]
    return _works(workspace, rows.filter(done_at__isnull=True), by), _works(workspace, done, by)


def work_on(workspace: Workspace, thing: Thing, *, by: Who) -> list[Work]:
    """What is given of one thing and not done. One query."""
    rows = _rows(workspace).filter(done_at__isnull=True)
    of = Q(position_id=thing.position) if thing.position else Q(question_id=thing.question)
    return _works(workspace, rows.filter(of), by)


def give(
    workspace: Workspace, thing: Thing, *, by: Who, task: str, analyst: int, due: date | None, note: str = ""
) -> None:
    """Give a thing to an analyst; who has it already keeps it, with the new day and note. Raises Forbidden, Invalid."""
    _require_analyst(workspace)
    errors = {}
    if not thing.may_be_given:
        errors[""] = "A cell or a question can be given to somebody; this is neither."
    if task not in (Task.QUESTION,) if thing.question else task not in (Task.CELL, Task.RECHECK):
        errors["task"] = "Choose what is to be done."
    if analyst not in {each.id for each in analysts(workspace)}:
        errors["analyst"] = "Choose an analyst of this negotiation."
    if due and due < workspace.today():
        errors["due"] = "That day is past; choose today or a later one."
    if len(note) > LONGEST_NOTE:
        errors["note"] = f"Say it in at most {LONGEST_NOTE} characters."
    if errors:
        raise Invalid(errors)
    of: dict[str, Any] = {"position_id": thing.position, "question_id": thing.question, "analyst_id": analyst}
    Assignment.objects.update_or_create(
        negotiation_id=workspace.id,
        task=task,
        done_at=None,
        **of,
        defaults={"by_id": int(by.pk or 0), "at": timezone.now(), "due": due, "note": note.strip()},
    )


def finish(workspace: Workspace, work: int, *, by: Who, done: bool = True) -> None:
    """Tick a thing off, or take the tick away; any analyst may, for work is shared. To do it twice changes nothing."""
    _require_analyst(workspace)
    rows = Assignment.objects.filter(negotiation_id=workspace.id, pk=work)
    row = rows.first()
    if row is None:
        raise Hidden("There is no such work.")
    if done:
        rows.filter(done_at__isnull=True).update(done_at=timezone.now(), done_by_id=by.pk)
        return
    of: dict[str, Any] = {
        "position_id": row.position_id,
        "question_id": row.question_id,
        "analyst_id": row.analyst_id,
    }
    same = Assignment.objects.filter(negotiation_id=workspace.id, task=row.task, done_at__isnull=True, **of)
    if not same.exists():  # else it was given anew meanwhile
        rows.update(done_at=None, done_by=None)


def _require_analyst(workspace: Workspace) -> None:
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation give out work and take it.")


def _rows(workspace: Workspace) -> QuerySet[Assignment]:
    related = ["position__party", "position__priority", "question", "analyst", "by"]
    rows = present(Assignment.objects.filter(negotiation_id=workspace.id)).select_related(*related)
    return rows.order_by(F("due").asc(nulls_last=True), "at", "pk")


def _works(workspace: Workspace, rows: Any, by: Who) -> list[Work]:
    today = workspace.today()
    return [
        Work(
            id=row.pk,
            task=Task(row.task),
            cell=CellName(named(row.position.party), numbered(row.position.priority)) if row.position else None,
            question=Named(row.question.slug, row.question.text) if row.question else None,
            analyst=str(row.analyst),
            is_mine=row.analyst_id == by.pk,
            by=str(row.by),
            at=row.at,
            due=row.due,
            note=row.note,
            settled=_settled(row),
            done_at=row.done_at,
            today=today,
        )
        for row in rows
    ]


def _settled(row: Assignment) -> str:
    if row.question and row.question.state != QuestionState.OPEN:
        return f"The question is {QuestionState(row.question.state).label.lower()}."
    if row.task == Task.RECHECK and row.position and not row.position.rechecks:
        return "There is nothing left to re-check."
    return ""
