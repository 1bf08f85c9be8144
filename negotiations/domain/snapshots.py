"""Adding a text to a source: texts are numbered and never changed; a later one stands beside the earlier."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from ..models import Snapshot, Source
from ..models.sources import SnapshotKind
from . import changes
from .permissions import Who, require_curator


@transaction.atomic
def add_text(source: Source, text: str, *, kind: SnapshotKind, language: str = "", by: Who, why: str = "") -> Snapshot:
    """Store `text`, just as it is, as the next snapshot of `source`. The database checks the hash."""
    require_curator(by, source.negotiation_id)
    what = f"{kind.label.split(',')[0].lower()} to source {source.title}"
    taken = changes.take(source.negotiation_id, by=by, verb="added", what=what, why=why.strip())
    # After the Change is taken nobody else adds here, so no number is given twice.
    last = Snapshot.objects.filter(source=source).aggregate(last=Max("number"))["last"]
    return Snapshot.objects.create(
        negotiation_id=source.negotiation_id,
        revision=taken.revision,
        source=source,
        number=(last or 0) + 1,
        kind=kind,
        language=language,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
    )
