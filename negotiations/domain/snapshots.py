"""Adding a text to a source: texts are numbered and never changed; a later one stands beside the earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from ..models import Original, Snapshot, Source
from ..models.sources import SnapshotKind
from ..texts.anchoring import Anchor
from ..texts.copies import sketch
from . import anchorings, changes, gradings, rechecks
from .permissions import Who, require_analyst


@dataclass(frozen=True)
class File:
    """The bytes from which a text was taken."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def add_text(
    source: Source,
    text: str,
    *,
    kind: SnapshotKind,
    language: str = "",
    file: File | None = None,
    by: Who | None,
    why: str = "",
) -> Snapshot:
    """Store `text`, just as it is, as the next snapshot of `source`, and anchor the source's quotes in it.

    Cells that rest on a quote that does not hold there are to be re-checked. The database checks the hash. `by` is
    None where a command at the server does it.
    """
    if by is not None:
        require_analyst(by, source.negotiation_id)
    what = f"{kind.label.split(',')[0].lower()} to source {source.title}"
    found = anchorings.look_up(source, text)
    gradings.lock_cells(source.negotiation_id)
    taken = changes.take(source.negotiation_id, by=by, verb="added", what=what, why=why.strip())
    return write(source, text, kind=kind, language=language, file=file, revision=taken.revision, found=found)


def write(
    source: Source,
    text: str,
    *,
    kind: SnapshotKind,
    language: str,
    file: File | None,
    revision: int,
    found: Mapping[int, Anchor],
) -> Snapshot:
    """The next snapshot of `source`, with its file and anchorings, under a Change that was taken."""
    # After the Change is taken nobody else adds here, so no number is given twice.
    last = Snapshot.objects.filter(source=source).aggregate(last=Max("number"))["last"]
    snapshot = Snapshot.objects.create(
        negotiation_id=source.negotiation_id,
        revision=revision,
        source=source,
        number=(last or 0) + 1,
        kind=kind,
        language=language,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        sketch=sketch(text),
    )
    if file is not None:
        Original.objects.create(
            negotiation_id=source.negotiation_id,
            revision=revision,
            snapshot=snapshot,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=sha256(file.content).hexdigest(),
            content=file.content,
        )
    anchorings.record(snapshot, found)
    rechecks.refresh(source.negotiation_id)
    return snapshot
