"""Undoing gradings: what was graded is graded again as it was before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db.models import Q

from ..models import (
    ClaimGrading,
    Evidence,
    Outlet,
    OutletGrading,
    Quote,
    Source,
    SourceGrading,
    Stance,
)
from ..models.outlets import Reliability
from ..models.quotes import Credibility
from ..models.sources import SourceStatus
from ..models.stances import Cause
from .parts import Link, Part, Told
from .record_parts import earlier
from .undo_plans import Blocker, Plan, Undoing, Writing

FALLEN = (SourceStatus.REJECTED, SourceStatus.RETRACTED)


def plan_sources(act: Undoing, ids: Sequence[int]) -> Plan:
    rows = SourceGrading.objects.filter(pk__in=ids).select_related("source")
    plan = Plan()
    for row in rows.annotate(before=earlier(rows, "source", "status")).order_by("pk"):
        before = SourceStatus(row.before or SourceStatus.NEW)
        plan += to_status(act, row.source, before, now=SourceStatus(row.status))
        graded = SourceGrading.objects.filter(source=row.source, revision__gt=act.revision)
        plan += _blocked(act.built_on(f"“{row.source.title}” was graded again since.", _revisions(graded)))
        rested = Q(quote__snapshot__source=row.source) | Q(source=row.source)
        plan += _blocked(_answered(act, rested, f"A stance was recorded because “{row.source.title}” was graded."))
    return plan


def to_status(act: Undoing, source: Source, status: SourceStatus, *, now: SourceStatus) -> Plan:
    """Give a source another status; where nothing could be cited from it then, nothing may have been cited since."""
    blockers: tuple[Blocker, ...] = ()
    if status in FALLEN:
        cited = Quote.objects.filter(snapshot__source=source, revision__gt=act.revision)
        blockers = act.built_on(f"Words of “{source.title}” were cited since.", _revisions(cited))
    told = Told("Status", now.label, status.label)
    part = Part("", "source", source.title, Link("source", (source.slug,)), (told,))
    return Plan((part,), (partial(_grade_source, source.pk, status),), blockers, sources=frozenset({source.pk}))


def _grade_source(source: int, status: SourceStatus, writing: Writing) -> None:
    _add(SourceGrading, writing, source_id=source, status=status)
    Source.objects.filter(pk=source).update(status=status)


def plan_outlets(act: Undoing, ids: Sequence[int]) -> Plan:
    rows = OutletGrading.objects.filter(pk__in=ids).select_related("outlet")
    plan = Plan()
    for row in rows.annotate(before=earlier(rows, "outlet", "reliability")).order_by("pk"):
        before = Reliability(row.before or Reliability.F)
        told = Told("Reliability", Reliability(row.reliability).label, before.label)
        part = Part("", "outlet", row.outlet.name, Link("history", ("outlet", row.outlet.slug)), (told,))
        graded = OutletGrading.objects.filter(outlet=row.outlet, revision__gt=act.revision)
        rested = Q(quote__snapshot__source__outlet=row.outlet) | Q(source__outlet=row.outlet)
        plan += Plan(
            (part,),
            (partial(_grade_outlet, row.outlet_id, before),),
            act.built_on(f"“{row.outlet.name}” was graded again since.", _revisions(graded))
            + _answered(act, rested, f"A stance was recorded because “{row.outlet.name}” was graded."),
            stays=() if row.before else ("An outlet that nobody has graded reads as one that can't be judged.",),
            recounts=True,
        )
    return plan


def _grade_outlet(outlet: int, reliability: Reliability, writing: Writing) -> None:
    _add(OutletGrading, writing, outlet_id=outlet, reliability=reliability)
    Outlet.objects.filter(pk=outlet).update(reliability=reliability)


def plan_claims(act: Undoing, ids: Sequence[int]) -> Plan:
    """A claim that was graded as it was cited goes with its quote."""
    rows = ClaimGrading.objects.filter(pk__in=ids).exclude(quote__revision=act.revision)
    rows = rows.select_related("quote__snapshot__source").defer("quote__snapshot__text")
    plan = Plan()
    for row in rows.annotate(before=earlier(rows, "quote", "credibility")).order_by("pk"):
        before = Credibility(row.before or Credibility.UNJUDGED)
        told = Told("Credibility of the claim", Credibility(row.credibility).label, before.label)
        link = Link("source", (row.quote.snapshot.source.slug,), f"q-{row.quote.slug}")
        graded = ClaimGrading.objects.filter(quote=row.quote, revision__gt=act.revision)
        plan += Plan(
            (Part("", "quote", row.quote.slug, link, (told,)),),
            (partial(_grade_claim, row.quote_id, before),),
            act.built_on(f"The claim of quote {row.quote.slug} was graded again since.", _revisions(graded))
            + _answered(act, Q(quote=row.quote), "A stance was recorded because this claim was graded."),
            stays=() if row.before else ("A claim that nobody has graded reads as one that can't be judged.",),
            recounts=True,
        )
    return plan


def _grade_claim(quote: int, credibility: Credibility, writing: Writing) -> None:
    _add(ClaimGrading, writing, quote_id=quote, credibility=credibility)


def _add(model: Any, writing: Writing, **fields: Any) -> None:
    model.objects.create(negotiation_id=writing.workspace.id, revision=writing.revision, reason=writing.why, **fields)


def _answered(act: Undoing, rested: Q, sentence: str) -> tuple[Blocker, ...]:
    """Stances that were recorded since, for the reason that a source was graded, over one that rested on it."""
    resting = Evidence.objects.filter(rested, negotiation_id=act.workspace.id).values("stance__position", "stance__seq")
    answers = Stance.objects.filter(
        negotiation_id=act.workspace.id, revision__gt=act.revision, cause=Cause.SOURCE
    ).values_list("revision", "position_id", "replaces")
    pairs = {(each["stance__position"], each["stance__seq"]) for each in resting} if answers else set()
    return act.built_on(sentence, [revision for revision, cell, seq in answers if (cell, seq) in pairs])


def _revisions(rows: Any) -> list[int]:
    return list(rows.values_list("revision", flat=True))


def _blocked(blockers: tuple[Blocker, ...]) -> Plan:
    return Plan(blockers=blockers)


Planner = Callable[[Undoing, Sequence[int]], Plan]
