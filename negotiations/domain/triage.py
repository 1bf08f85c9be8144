"""The sources that wait for a curator's decision, in the order in which they were taken in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ..models import Source
from ..models.sources import SourceStatus
from .names import Named, named, named_or_none
from .negotiations import Workspace


@dataclass(frozen=True)
class Waiting:
    """Where a source stands among those that wait: the `place`th of `total`, between its neighbours."""

    place: int
    total: int
    before: Named | None
    after: Named | None


def _queue(negotiation: int) -> QuerySet[Source]:
    return Source.objects.filter(negotiation_id=negotiation, status=SourceStatus.NEW, merged_into=None)


@dataclass(frozen=True)
class Queue:
    """How many sources wait, and the first of them."""

    many: int
    first: Named


def queue_of(workspace: Workspace) -> Queue | None:
    """None where nothing waits, and for those who only read. Two queries."""
    waiting = _queue(workspace.id).order_by("pk") if workspace.may_edit else Source.objects.none()
    first = waiting.first()
    return Queue(waiting.count(), named(first)) if first else None


def next_after(source: Source) -> Named | None:
    """The source that waits next after one that was just judged; from the first on where it was the last."""
    queue = _queue(source.negotiation_id).exclude(pk=source.pk).order_by("pk")
    return named_or_none(queue.filter(pk__gt=source.pk).first() or queue.first())


def waiting(workspace: Workspace, source: Source) -> Waiting | None:
    """None for a source that is not new, and for those who only read. Three queries, else none."""
    if not workspace.may_edit or source.status != SourceStatus.NEW or source.merged_into_id is not None:
        return None
    queue = _queue(workspace.id)
    counts = queue.aggregate(total=Count("pk"), place=Count("pk", filter=Q(pk__lte=source.pk)))
    return Waiting(
        **counts,
        before=named_or_none(queue.filter(pk__lt=source.pk).order_by("-pk").first()),
        after=named_or_none(queue.filter(pk__gt=source.pk).order_by("pk").first()),
    )
