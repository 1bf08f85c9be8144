"""Taking a document in: as a new source with its text and bytes, or as a further text of a source that there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ..models import Outlet, Source
from ..models.fields import Precision
from ..models.sources import SnapshotKind
from . import anchorings, cell_copies, changes, snapshots
from .dates import last_day
from .permissions import Who
from .recognising import refuse_same_text
from .removals import present
from .slugs import free_slug
from .snapshots import Ready


@dataclass(frozen=True)
class Details:
    """What a person says of a document. `source` has it added as a further text; the rest is of a new source.

    `outlet` is a name; one that is not known yet is added. `origin` and `source` are slugs.
    """

    title: str = ""
    outlet: str = ""
    url: str = ""
    published_on: date | None = None
    precision: str = Precision.DAY
    language: str = ""
    origin: str = ""
    source: str = ""


def take_in(
    negotiation: int,
    ready: Ready,
    details: Details,
    *,
    by: Who | None,
    key: UUID | None = None,
    asked: str = "",
) -> Source:
    """Write a document down: as a new source, or as a further text of `details.source`. Inside a transaction.

    Raises AlreadyHere.
    """
    source = Source.objects.filter(negotiation_id=negotiation, slug=details.source).first() if details.source else None
    found = anchorings.look_up(source, ready.text) if source else {}
    verb, what = ("added", f"full text to source {source.title}") if source else ("took in", f"source {details.title}")
    if source:
        cell_copies.lock_cells(negotiation)
    taken = changes.take(negotiation, by=by, verb=verb, what=what, key=key, request_hash=asked)
    refuse_same_text(negotiation, ready.sha256, source=source)  # somebody else may have been faster
    if source is None:
        source = _new_source(negotiation, details)
    language = details.language or source.language
    snapshots.write(source, ready, kind=SnapshotKind.FULL, language=language, revision=taken.revision, found=found)
    return source


def _new_source(negotiation: int, details: Details) -> Source:
    origin = Source.objects.filter(negotiation_id=negotiation, slug=details.origin).first() if details.origin else None
    day = details.published_on
    return Source.objects.create(
        negotiation_id=negotiation,
        slug=free_slug(Source, negotiation, details.title, otherwise="source"),
        title=details.title,
        outlet=_outlet(negotiation, details.outlet),
        url=details.url,
        published_on=last_day(day, details.precision) if day else None,
        precision=details.precision,
        language=details.language,
        origin=origin,
    )


def _outlet(negotiation: int, name: str) -> Outlet | None:
    """The outlet of this name, as it is or added; what is merged leads to what is kept."""
    if not name:
        return None
    named = present(Outlet.objects.filter(negotiation_id=negotiation, name__iexact=name))
    found = named.select_related("merged_into").first()
    if found is not None:
        return found.merged_into or found
    slug = free_slug(Outlet, negotiation, name, otherwise="outlet")
    return Outlet.objects.create(negotiation_id=negotiation, slug=slug, name=name)
