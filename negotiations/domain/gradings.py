"""Grading sources, outlets and claims: each judgement is added with its reason, and the copies follow."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from ..models import (
    ClaimGrading,
    Outlet,
    OutletGrading,
    Quote,
    Source,
    SourceGrading,
)
from ..models.outlets import Reliability
from ..models.quotes import Credibility
from ..models.sources import SourceStatus
from ..texts.sentences import first_sentence
from . import changes, rechecks
from .cell_copies import lock_cells, refresh_cells
from .permissions import Who, require_curator
from .removals import require_present

# By sources of any negotiation, from each source up: the lists of a few sources ask, and not the whole record.
COUNTS = """
SELECT src.id,
  (SELECT count(*) FROM negotiations_snapshot t JOIN negotiations_quote q ON q.snapshot_id = t.id
   WHERE t.source_id = ANY(same.ids)),
  (SELECT count(DISTINCT s.position_id) FROM negotiations_stance s
   JOIN negotiations_position p ON p.id = s.position_id AND p.standing = s.seq
   WHERE s.id IN (
     SELECT e.stance_id FROM negotiations_snapshot t JOIN negotiations_quote q ON q.snapshot_id = t.id
     JOIN negotiations_evidence e ON e.quote_id = q.id WHERE t.source_id = ANY(same.ids)
     UNION SELECT e.stance_id FROM negotiations_evidence e WHERE e.source_id = ANY(same.ids)))
FROM negotiations_source src
JOIN LATERAL (SELECT array_agg(d.id) || src.id AS ids FROM negotiations_source d WHERE d.merged_into_id = src.id) same
  ON true
WHERE src.id = ANY(%(sources)s)
"""

VERBS = {
    SourceStatus.NEW: "reopened",
    SourceStatus.ACCEPTED: "accepted",
    SourceStatus.REJECTED: "rejected",
    SourceStatus.RETRACTED: "retracted",
}


@transaction.atomic
def grade_sources(sources: Sequence[int], status: SourceStatus, *, by: Who, why: str) -> int:
    """Give each of `sources` the status, with the reason; how many had another one before.

    One place in the log for each negotiation. The cells that rest on them count anew. Forbidden, with nothing
    written, where one of them is not `by`'s to curate.
    """
    by_negotiation: dict[int, list[int]] = {}
    for pk, negotiation in Source.objects.filter(pk__in=sources).order_by("pk").values_list("pk", "negotiation"):
        by_negotiation.setdefault(negotiation, []).append(pk)
    return sum(
        _grade_sources(negotiation, mine, status, by=by, why=why)
        for negotiation, mine in sorted(by_negotiation.items())
    )


def _grade_sources(negotiation: int, sources: list[int], status: SourceStatus, *, by: Who, why: str) -> int:
    why = _checked(negotiation, by=by, why=why)
    locked = Source.objects.filter(pk__in=sources).order_by("pk").select_for_update(no_key=True)
    rows = [source for source in locked if source.status != status]
    if not rows:
        return 0
    lock_cells(negotiation)
    titles = ", ".join(source.title for source in rows[:5])
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    what = f"{'source' if len(rows) == 1 else 'sources'} {titles}{more}"
    taken = changes.take(negotiation, by=by, verb=VERBS[status], what=what, why=why)
    SourceGrading.objects.bulk_create(
        SourceGrading(negotiation_id=negotiation, revision=taken.revision, source=source, status=status, reason=why)
        for source in rows
    )
    ids = [source.pk for source in rows]
    Source.objects.filter(pk__in=ids).update(status=status)
    refresh_cells(negotiation, sources=ids)
    return len(rows)


@transaction.atomic
def grade_outlet(outlet: Outlet, reliability: Reliability, *, by: Who, why: str) -> None:
    """Judge how reliable an outlet is, from now on; what was believed before stays in its history."""
    why = _checked(outlet.negotiation_id, by=by, why=why)
    what = f"outlet {outlet.name} as {reliability}"
    Outlet.objects.select_for_update(no_key=True).values("pk").get(pk=outlet.pk)  # before the cells, as who merges it
    require_present(Outlet.objects.filter(pk=outlet.pk))
    lock_cells(outlet.negotiation_id)
    taken = changes.take(outlet.negotiation_id, by=by, verb="graded", what=what, why=why)
    OutletGrading.objects.create(
        negotiation_id=outlet.negotiation_id,
        revision=taken.revision,
        outlet=outlet,
        reliability=reliability,
        reason=why,
    )
    Outlet.objects.filter(pk=outlet.pk).update(reliability=reliability)
    rechecks.refresh(outlet.negotiation_id)


@transaction.atomic
def grade_claim(quote: Quote, credibility: Credibility, *, by: Who, why: str) -> None:
    """Judge how credible a quote's claim is, from now on."""
    why = _checked(quote.negotiation_id, by=by, why=why)
    what = f"the claim of “{first_sentence(quote.exact, 120)}” as {credibility}"
    lock_cells(quote.negotiation_id)
    taken = changes.take(quote.negotiation_id, by=by, verb="graded", what=what, why=why)
    ClaimGrading.objects.create(
        negotiation_id=quote.negotiation_id,
        revision=taken.revision,
        quote=quote,
        credibility=credibility,
        reason=why,
    )
    rechecks.refresh(quote.negotiation_id)


def counts_of_sources(sources: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each source, with its duplicates, the quotes, and the cells whose standing stance rests on it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"sources": list(sources)})
        return {pk: (quotes, cells) for pk, quotes, cells in cursor.fetchall()}


def _checked(negotiation: int, *, by: Who, why: str) -> str:
    require_curator(by, negotiation)
    if not why.strip():
        raise ValueError("A grading needs a reason.")
    return why.strip()
