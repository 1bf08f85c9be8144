"""Deciding whether a quote still holds, whose words are no longer found as they were cited."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Subquery

from ..models import Anchoring, AnchoringDecision, Quote, Snapshot
from ..models.sources import SnapshotKind
from ..texts.anchoring import HOLDS
from . import changes, gradings, rechecks
from .negotiations import Workspace
from .permissions import Who
from .positions import Recorded
from .records import Refused
from .stays import checked_reason

NEWER = "Another text has come, or the words were found since. Look at what stands there now."


def decide(
    workspace: Workspace, anchoring: int, *, holds: bool, reason: str, by: Who, key: UUID | None = None
) -> Recorded:
    """Say whether the quote of an anchoring still holds although its words are not there as they were.

    Raises Forbidden, Invalid (no reason given), Refused (the anchoring is not what there is to decide on, or no
    longer), KeyReused. Sent twice with the same key, it is done once.
    """
    reason = checked_reason(workspace, reason, "Say why; it is shown in the history.")
    asked = changes.hash_of({"anchoring": anchoring, "holds": holds, "reason": reason})
    with transaction.atomic():
        gradings.lock_cells(workspace.id)
        done = changes.find_by_key(by=by, key=key, request_hash=asked)
        if done is not None:
            return Recorded(revision=done.revision or 0, repeated=True)
        row = (
            Anchoring.objects.filter(negotiation_id=workspace.id, pk=anchoring)
            .select_related("quote__snapshot__source")
            .defer("quote__snapshot__text")
            .first()
        )
        newest = newest_anchoring(row.quote) if row else None
        if row is None or newest is None or newest.pk != row.pk or row.state in HOLDS:
            raise Refused(NEWER)
        said = "still holds" if holds else "no longer holds"
        what = f"that quote {row.quote.slug} {said} in {row.quote.snapshot.source.title}"
        taken = changes.take(workspace.id, by=by, verb="decided", what=what, why=reason, key=key, request_hash=asked)
        AnchoringDecision.objects.create(
            negotiation_id=workspace.id, revision=taken.revision, anchoring=row, holds=holds, reason=reason
        )
        rechecks.refresh(workspace.id)
    return Recorded(revision=taken.revision)


def newest_anchoring(quote: Quote) -> Anchoring | None:
    """Where a quote was looked for in the newest full text of its source, if that is later than the quote's own."""
    own = quote.snapshot
    later = Snapshot.objects.filter(source_id=own.source_id, number__gt=own.number, kind=SnapshotKind.FULL)
    newest = later.order_by("-number").values("pk")[:1]
    found = Anchoring.objects.filter(quote=quote, snapshot=Subquery(newest)).select_related("snapshot")
    return found.order_by("-revision", "-pk").first()
