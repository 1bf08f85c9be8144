"""Telling how far a commitment has come: one event a step, added and never changed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from ..models import Commitment, CommitmentEvent, Quote, Source
from ..models.commitments import Stage
from ..models.fields import Precision
from . import changes
from .dates import last_day
from .permissions import Who, require_curator


def how_we_know(*, quote: Quote | None, source: Source | None, locator: str, note: str) -> str:
    """What is wrong with the evidence of an event, as a sentence; empty where nothing is."""
    if quote is not None and (source is not None or locator):
        return "Name a quote, or a source and the place in it, not both."
    if source is not None and not locator:
        return "Say where in the source it stands, such as a page."
    if locator and source is None:
        return "Say in which source this place is."
    if quote is None and source is None and not note:
        return "Say how we know: a quote, a place in a source, or at least a note."
    return ""


@transaction.atomic
def add_event(
    commitment: Commitment,
    status: Stage,
    *,
    by: Who,
    on: date | None = None,
    precision: str = Precision.DAY,
    quote: Quote | None = None,
    source: Source | None = None,
    locator: str = "",
    note: str = "",
    why: str = "",
) -> CommitmentEvent:
    """Add a step. `how_we_know` must have nothing to say; quote and source are of the same negotiation."""
    require_curator(by, commitment.negotiation_id)
    if wrong := how_we_know(quote=quote, source=source, locator=locator, note=note):
        raise ValueError(wrong)
    what = f"“{status.label.lower()}” to commitment {commitment.text}"
    taken = changes.take(commitment.negotiation_id, by=by, verb="added", what=what, why=why.strip())
    return CommitmentEvent.objects.create(
        negotiation_id=commitment.negotiation_id,
        revision=taken.revision,
        commitment=commitment,
        status=status,
        on=last_day(on, precision) if on else None,
        precision=precision,
        quote=quote,
        source=source,
        locator=locator,
        note=note,
    )
