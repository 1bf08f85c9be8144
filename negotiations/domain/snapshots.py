"""Adding a text to a source: texts are numbered and never changed; a later one stands beside the earlier."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from ..models import Snapshot, Source
from ..models.sources import SnapshotKind
from . import anchorings, changes
from .permissions import Who, require_curator


@transaction.atomic
def add_text(
    source: Source, text: str, *, kind: SnapshotKind, language: str = "", by: Who | None, why: str = ""
) -> Snapshot:
    """Store `text`, just as it is, as the next snapshot of `source`, and anchor the source's quotes in it.

    The database checks the hash. `by` is None where a command at the server does it.
    """
    if by is not None:
        require_curator(by, source.negotiation_id)
    what = f"{kind.label.split(',')[0].lower()} to source {source.title}"
    found = anchorings.look_up(source, text)
    taken = changes.take(source.negotiation_id, by=by, verb="added", what=what, why=why.strip())
    # After the Change is taken nobody else adds here, so no number is given twice.
    last = Snapshot.objects.filter(source=source).aggregate(last=Max("number"))["last"]
    snapshot = Snapshot.objects.create(
        negotiation_id=source.negotiation_id,
        revision=taken.revision,
        source=source,
        number=(last or 0) + 1,
        kind=kind,
        language=language,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
    )
    anchorings.record(snapshot, found)
    return snapshot
