"""Asking questions, answering them by a citation, and dropping or opening them again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from ..database.dates import ALWAYS
from ..models import Position, Question, QuestionEvent
from ..models.questions import QuestionState
from .acting import Acting, Done, acting, check_text
from .negotiations import Workspace
from .permissions import Hidden, Who
from .places import Place, problem_of
from .records import version_of
from .removals import present
from .slugs import free_slug
from .stances import Invalid

LONGEST_TEXT = 300  # characters
LONGEST_WHOM = 200
UNANSWERED = "Choose the words, or the place in a source, that answer it."


@dataclass(frozen=True)
class Wording:
    """What is asked, of whom, and by when; of these three an edit makes new ones."""

    text: str
    whom: str = ""
    due: date | None = None


class Outdated(Exception):
    """Somebody changed the question since; nothing was written."""


def ask(
    workspace: Workspace, wording: Wording, *, by: Who, position: int | None = None, key: UUID | None = None
) -> Done:
    """Ask a question about a cell, or about the negotiation. Raises Forbidden, Invalid, KeyReused."""
    with acting(workspace, by=by, key=key, asked={"ask": asdict(wording), "position": position}) as act:
        if act.before:
            return Done(act.slug_made(Question), repeated=True)
        errors = _check(wording)
        cells = present(Position.objects.filter(negotiation_id=workspace.id))
        if position is not None and not cells.filter(pk=position).exists():
            errors["cell"] = "This cell is not of this negotiation, or was taken out."
        if errors:
            raise Invalid(errors)
        text = wording.text.strip()
        act.take("asked", f"question {text}")
        row = Question.objects.create(
            negotiation_id=workspace.id,
            slug=free_slug(Question, workspace.id, text, otherwise="question"),
            position_id=position,
            text=text,
            whom=wording.whom.strip(),
            due=wording.due,
        )
    return Done(row.slug)


def edit(workspace: Workspace, slug: str, wording: Wording, *, by: Who, version: str, key: UUID | None = None) -> Done:
    """Word a question anew. Raises Outdated where it is no longer what its author saw (`records.version_of`)."""
    with acting(workspace, by=by, key=key, asked={"edit": [slug, asdict(wording)]}) as act:
        row = _get(workspace, slug)
        if act.before:
            return Done(slug, repeated=True)
        if version != version_of(row):
            raise Outdated
        if errors := _check(wording):
            raise Invalid(errors)
        act.take("changed", f"question {row.text}")
        row.text, row.whom, row.due = wording.text.strip(), wording.whom.strip(), wording.due
        row.save(update_fields=["text", "whom", "due"])
    return Done(slug)


def answer(
    workspace: Workspace, slug: str, place: Place | None, *, by: Who, note: str = "", key: UUID | None = None
) -> Done:
    """Answer a question by words that were said, or a place in a source."""
    asked = {"answer": [slug, place.as_content() if place else None, note]}
    with acting(workspace, by=by, key=key, asked=asked) as act:
        row = _get(workspace, slug)
        if act.before:
            return Done(slug, repeated=True)
        problem = problem_of(workspace.id, [place]) if place else UNANSWERED
        errors = check_text("note", note) | ({"places": problem} if problem else {})
        if errors or place is None:
            raise Invalid(errors)
        _turn(act, row, QuestionState.ANSWERED, "answered", note, place)
    return Done(slug)


def drop(workspace: Workspace, slug: str, *, by: Who, note: str, key: UUID | None = None) -> Done:
    """Say that the answer is no longer needed, and why."""
    return _without_answer(workspace, slug, QuestionState.DROPPED, "dropped", by=by, note=note, key=key)


def reopen(workspace: Workspace, slug: str, *, by: Who, note: str, key: UUID | None = None) -> Done:
    """Open a question again, and say why."""
    return _without_answer(workspace, slug, QuestionState.OPEN, "opened again", by=by, note=note, key=key)


def _without_answer(
    workspace: Workspace, slug: str, state: QuestionState, verb: str, *, by: Who, note: str, key: UUID | None
) -> Done:
    with acting(workspace, by=by, key=key, asked={verb: [slug, note]}) as act:
        row = _get(workspace, slug)
        if act.before:
            return Done(slug, repeated=True)
        errors = {} if note.strip() else {"note": "Say why; the note stays with the question."}
        errors |= check_text("note", note)
        if row.state == state:
            errors["note"] = f"This question is {row.get_state_display().lower()} already."
        if errors:
            raise Invalid(errors)
        _turn(act, row, state, verb, note, Place())
    return Done(slug)


def _turn(act: Acting, row: Question, state: QuestionState, verb: str, note: str, place: Place) -> None:
    """Write what becomes of a question."""
    note = note.strip()
    QuestionEvent.objects.create(
        negotiation_id=row.negotiation_id,
        revision=act.take(verb, f"question {row.text}", note),
        question=row,
        state=state,
        quote_id=place.quote,
        source_id=place.source,
        locator=place.locator,
        note=note,
    )
    Question.objects.filter(pk=row.pk).update(state=state)


def _get(workspace: Workspace, slug: str) -> Question:
    row = Question.objects.filter(negotiation_id=workspace.id, slug=slug).first()
    if row is None:
        raise Hidden(f"There is no question {slug!r} here.")
    return row


def _check(wording: Wording) -> dict[str, str]:
    errors = {} if wording.text.strip() else {"text": "Say what we would need to know."}
    if wording.due == ALWAYS:  # stands for minus infinity, which nobody means by writing it
        errors["due"] = "Write the day like 2026-01-06."
    return errors | check_text("text", wording.text, LONGEST_TEXT) | check_text("whom", wording.whom, LONGEST_WHOM)
