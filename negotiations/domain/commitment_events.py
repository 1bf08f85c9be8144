"""Telling how far a commitment has come: one event a step, added and never changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from ..models import Commitment, CommitmentEvent
from ..models.commitments import Stage
from ..models.fields import Precision
from .acting import Done, acting, check_text
from .dates import last_day
from .entries import get_entry
from .negotiations import Workspace
from .permissions import Who
from .places import Place, problem_of
from .stances import Invalid

EARLIEST = date(1000, 1, 1)
NOWHERE = Place()


@dataclass(frozen=True)
class Step:
    """How far it has come, by which words or place in a source; `on` is None where the day is unknown."""

    status: str
    place: Place = NOWHERE
    on: date | None = None
    precision: str = Precision.DAY
    note: str = ""
    why: str = ""


def how_we_know(place: Place, note: str) -> str:
    """What is wrong with the evidence of a step, as a sentence; empty where nothing is."""
    if place.quote is not None and (place.source is not None or place.locator):
        return "Name a quote, or a source and the place in it, not both."
    if place.source is not None and not place.locator:
        return "Say where in the source it stands, such as a page."
    if place.locator and place.source is None:
        return "Say in which source this place is."
    if place == NOWHERE and not note.strip():
        return "Say how we know: a quote, a place in a source, or at least a note."
    return ""


def add_step(workspace: Workspace, slug: str, step: Step, *, by: Who, key: UUID | None = None) -> Done:
    """Add a step to a commitment. Raises Forbidden, Hidden, Invalid, KeyReused."""
    with acting(workspace, by=by, key=key, asked={"step": [slug, asdict(step)]}) as act:
        row: Commitment = get_entry(workspace, Commitment, slug)
        if act.before:
            return Done(slug, repeated=True)
        if errors := _check(workspace, step):
            raise Invalid(errors)
        status, place = Stage(step.status), step.place
        CommitmentEvent.objects.create(
            negotiation_id=workspace.id,
            revision=act.take("added", f"“{status.label.lower()}” to commitment {row.text}", step.why.strip()),
            commitment=row,
            status=status,
            on=last_day(step.on, step.precision) if step.on else None,
            precision=step.precision,
            quote_id=place.quote,
            source_id=place.source,
            locator=place.locator,
            note=step.note.strip(),
        )
    return Done(slug)


def _check(workspace: Workspace, step: Step) -> dict[str, str]:
    errors = {} if step.status in Stage.values else {"status": "Choose one of the steps."}
    if step.precision not in Precision.values:
        errors["precision"] = "Say how exactly the day is known."
    if step.on and step.on < EARLIEST:
        errors["on"] = "Give a year from 1000 on."
    places = [] if step.place == NOWHERE else [step.place]
    problem = how_we_know(step.place, step.note) or problem_of(workspace.id, places)
    return errors | check_text("note", step.note) | ({"places": problem} if problem else {})
