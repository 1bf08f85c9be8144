"""Taking in many documents without asking: each goes where its text belongs, and what is here already is left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from ..models import Source
from ..models.originals import LARGEST
from ..models.quotes import AnchorState
from ..texts.extracting import Extracted, Unreadable
from . import anchorings
from .documents import Details, take_in
from .intakes import file_name, read
from .recognising import AlreadyHere, Recognised, recognise, refuse_same_bytes
from .removals import present
from .snapshots import File, ready


@dataclass(frozen=True)
class Outcome:
    """What became of a file, in words."""

    name: str
    told: str
    failed: bool = False


def import_document(negotiation: int, path: Path) -> Outcome:
    """Take in one file, for a command at the server: where it can't be read, or is here already, nothing is written.

    A text in which a source's quotes stand becomes that source's full text. A copy of another text becomes a source
    that repeats it. Everything else becomes a source of its own. New sources wait to be accepted.
    """
    name = file_name(path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable("too_large")
        return _import(negotiation, name, path.read_bytes())
    except AlreadyHere as here:
        return Outcome(name, f"here already: {here.source.slug}")
    except (Unreadable, OSError) as error:
        return Outcome(name, f"not taken in: {error}", failed=True)


def _import(negotiation: int, name: str, content: bytes) -> Outcome:
    refuse_same_bytes(negotiation, content)
    found = read(name, content)
    known = recognise(negotiation, found.text)
    if known.same:
        raise AlreadyHere(known.same)
    details = _details(name, found, known)
    prepared = ready(found.text, File(name, found.media_type, content))
    with transaction.atomic():
        source = take_in(negotiation, prepared, details, by=None)
    return Outcome(name, _told(source, details, known))


def _details(name: str, found: Extracted, known: Recognised) -> Details:
    if known.quoted:
        return Details(source=known.quoted.slug, language=found.language)
    return Details(
        title=(found.title or Path(name).stem)[:300],
        outlet=found.outlet[:120],
        url=found.url if len(found.url) <= 2000 else "",
        published_on=found.published_on,
        language=found.language,
        origin=known.copies[0].origin.slug if known.copies else "",
    )


def _told(source: Source, details: Details, known: Recognised) -> str:
    if details.source:
        newest = present(source.snapshots.all()).order_by("-number")[0]
        states = list(newest.anchorings.values_list("state", flat=True))
        words = [f"{states.count(state)} {state.label.lower()}" for state in AnchorState if state in states]
        cells = anchorings.outcome(newest).cells_in_words()
        return "; ".join([f"full text of {source.slug}", f"quotes: {', '.join(words)}", *([cells] if cells else [])])
    if known.copies:
        return f"new source {source.slug}, which repeats {details.origin} ({known.copies[0].percent} % the same)"
    return f"new source {source.slug}"
