"""What there was at a moment of what is no stance: rows added by then, days that had come, sources that were out.

Of rows that are edited in place, those added later are not there, and the others read as they did then, wherever a
moment is looked at (`moments.record_of`).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Change, ContradictionCell
from .judged import published_on
from .moments import Moment
from .negotiations import Workspace
from .removals import present


def recorded(rows: QuerySet[Any], moment: Moment) -> QuerySet[Any]:
    """Those of rows that people edit in place that were not taken out then."""
    return present(rows, until=moment.until)


def how_many(rows: QuerySet[Any], whose: str, *, each: str = "pk") -> Coalesce:
    """How many of rows, or of what differs in `each` of them, have the outer row as `whose`.

    In a query of its own inside: a view has no key, so that rows of a past record can't be grouped by theirs.
    """
    mine = rows.filter(**{whose: OuterRef("pk")}).order_by().values(whose)
    return Coalesce(Subquery(mine.annotate(n=Count(each, distinct=True)).values("n"), IntegerField()), 0)


def added(moment: Moment) -> Q:
    """Append-only rows that were there by then."""
    return Q() if moment.until is None else Q(revision__lte=moment.until)


def standing(rows: QuerySet[Any], moment: Moment) -> QuerySet[Any]:
    """Append-only rows that were there by then, and not taken out (domain/removals.py)."""
    return present(rows.filter(added(moment)), until=moment.until)


def touching(cells: QuerySet[ContradictionCell], moment: Moment | None = None) -> QuerySet[ContradictionCell]:
    """Those by which contradictions touched cells then, or touch them now: of each cell the newest row says so."""
    everything = ContradictionCell.objects.all()
    there, newer = (standing(rows, moment) if moment else present(rows) for rows in (cells, everything))
    newer = newer.filter(contradiction=OuterRef("contradiction"), position=OuterRef("position"))
    return there.filter(~Exists(newer.filter(revision__gt=OuterRef("revision"))), taken_away=False)


def by_then(field: str, moment: Moment) -> Q:
    """Rows whose day had come; those with an unknown day stay."""
    if moment.as_of == moment.today:
        return Q()
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": moment.as_of})


def signatures_then(rows: QuerySet[Any], moment: Moment, *, also_out: bool = False) -> QuerySet[Any]:
    """What is told of signatures under instruments that had their day by then; `also_out`: of those taken out, too."""
    there = rows if also_out else recorded(rows, moment)
    return public(there.filter(by_then("instrument__dated", moment)), moment)


def happened(rows: QuerySet[Any], workspace: Workspace, moment: Moment) -> QuerySet[Any]:
    """Events (append-only, with `on` and a proof) that had happened, were recorded and were public by then.

    One whose day is unknown had happened when it was recorded, at the latest.
    """
    rows = rows.filter(added(moment))
    if moment.as_of != moment.today:
        end = datetime.combine(moment.as_of + timedelta(days=1), time.min, workspace.zone)
        told = Change.objects.filter(negotiation=OuterRef("negotiation"), revision=OuterRef("revision"), at__lt=end)
        rows = rows.filter(Q(on__lte=moment.as_of) | Q(Exists(told), on__isnull=True))
    return public(rows, moment)


def public(rows: QuerySet[Any], moment: Moment) -> QuerySet[Any]:
    """Rows with a proof (a quote, or a place in a source) whose source was published by then."""
    if moment.public_by is None:
        return rows
    return rows.annotate(published=published_on()).filter(published__lte=moment.public_by)
