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
from . import anchorings, cell_copies, changes, rechecks
from .names import named
from .permissions import Who, require_analyst
from .recognising import AlreadyHere, hash_of, refuse_same_bytes
from .removals import present


@dataclass(frozen=True)
class File:
    """The bytes from which a text was taken."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Ready:
    """A text with what is computed of it, which takes a while, before anybody is made to wait."""

    text: str
    sha256: str
    sketch: list[int]
    file: File | None
    file_sha256: str


def ready(text: str, file: File | None = None) -> Ready:
    return Ready(text, hash_of(text), sketch(text), file, sha256(file.content).hexdigest() if file else "")


def refuse_newest(source: Source, text: str, kind: SnapshotKind) -> None:
    """Raise AlreadyHere where this is the newest text of the source, word for word: a form sent twice, say."""
    texts = present(Snapshot.objects.filter(source=source))
    newest = texts.order_by("-number").defer("text", "sketch").first()
    if newest is not None and (newest.sha256, newest.kind) == (hash_of(text), kind):
        raise AlreadyHere(named(source))


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
    prepared = ready(text, file)
    found = anchorings.look_up(source, text)
    cell_copies.lock_cells(source.negotiation_id)
    taken = changes.take(source.negotiation_id, by=by, verb="added", what=what, why=why.strip())
    return write(source, prepared, kind=kind, language=language, revision=taken.revision, found=found)


def write(
    source: Source,
    ready: Ready,
    *,
    kind: SnapshotKind,
    language: str,
    revision: int,
    found: Mapping[int, Anchor],
) -> Snapshot:
    """The next snapshot of `source`, with its file and anchorings, under a Change that was taken; or AlreadyHere."""
    # After the Change is taken nobody else adds here, so no number is given twice, and no file is kept twice.
    if ready.file is not None:
        refuse_same_bytes(source.negotiation_id, ready.file.content)
    last = Snapshot.objects.filter(source=source).aggregate(last=Max("number"))["last"]
    snapshot = Snapshot.objects.create(
        negotiation_id=source.negotiation_id,
        revision=revision,
        source=source,
        number=(last or 0) + 1,
        kind=kind,
        language=language,
        text=ready.text,
        sha256=ready.sha256,
        sketch=ready.sketch,
    )
    if (file := ready.file) is not None:
        Original.objects.create(
            negotiation_id=source.negotiation_id,
            revision=revision,
            snapshot=snapshot,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=ready.file_sha256,
            content=file.content,
        )
    anchorings.record(snapshot, found)
    rechecks.refresh(source.negotiation_id)
    return snapshot
