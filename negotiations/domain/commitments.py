"""Commitments: what parties undertook, towards whom, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from ..models import Beneficiary, Commitment, CommitmentEvent
from ..models.commitments import Force, Stage
from ..texts.sentences import first_sentence
from .at_moment import added, happened
from .moments import Dials, Moment, moment_asked, nothing
from .names import Named, Numbered, named, named_or_none, numbered_or_none
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Hidden, Who
from .quote_lists import Proof, proof, proofs
from .removals import TakenOut, present, taken_out, with_removed
from .undone import counting, with_undone


@dataclass(frozen=True)
class CommitmentLine:
    """One commitment in a list. `stage` is the last one recorded, empty where none is."""

    slug: str
    text: str
    party: Named
    towards: tuple[Named, ...]
    priority: Numbered | None
    instrument: Named | None
    meeting: Named | None
    force: Force
    stage: Stage | None
    conditions: str
    due: date | None
    precision: str

    @property
    def gist(self) -> str:
        """What is undertaken, without its circumstances."""
        return first_sentence(self.text).removesuffix(".")

    @property
    def rest(self) -> str:
        """What the text says beyond its first sentence; the whole of it where that sentence had to be cut."""
        text = " ".join(self.text.split())
        return text.removeprefix(self.gist).lstrip(". ") if text.startswith(self.gist) else text


@dataclass(frozen=True)
class Step:
    """One event of a commitment. `on` is None where the day is unknown."""

    stage: Stage
    on: date | None
    precision: str
    note: str
    proof: Proof
    revision: int
    undone: bool = False


@dataclass(frozen=True)
class CommitmentList:
    workspace: Workspace
    moment: Moment
    page: Page[CommitmentLine]
    stage: str
    force: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.stage or self.force)


@dataclass(frozen=True)
class CommitmentPage:
    workspace: Workspace
    moment: Moment
    commitment: CommitmentLine
    steps: tuple[Step, ...]
    taken_out: TakenOut | None


def with_details(
    commitments: QuerySet[Commitment], workspace: Workspace, moment: Moment, *, also_out: bool = False
) -> QuerySet[Any]:
    """Fetch in one query all that `commitment_line` shows. The stage is the event that was recorded last and counts.

    Of a past moment: the last event that had happened by then. Where none had, but one is told of by that record, there
    was no commitment yet. `also_out`: those taken out, too.
    """
    everything = counting(CommitmentEvent.objects.filter(added(moment), commitment=OuterRef("pk")), until=moment.until)
    events = happened(everything, workspace, moment).order_by("-revision", "-pk")
    towards = Beneficiary.objects.filter(commitment=OuterRef("pk")).order_by("pk")
    if moment.is_past:
        commitments = commitments.filter(Exists(events) | ~Exists(everything))
    if not also_out:
        commitments = present(commitments, until=moment.until)
    return commitments.select_related("party", "priority", "instrument", "meeting").annotate(
        stage=Coalesce(Subquery(events.values("status")[:1]), Value("")),
        towards_names=ArraySubquery(towards.values(pair=JSONObject(slug="party__slug", name="party__name"))),
    )


def commitment_line(row: Any) -> CommitmentLine:
    """A row of `with_details` as it is shown."""
    return CommitmentLine(
        slug=row.slug,
        text=row.text,
        party=named(row.party),
        towards=tuple(Named(**pair) for pair in row.towards_names),
        priority=numbered_or_none(row.priority),
        instrument=named_or_none(row.instrument),
        meeting=named_or_none(row.meeting),
        force=Force(row.force),
        stage=Stage(row.stage) if row.stage else None,
        conditions=row.conditions,
        due=row.due,
        precision=row.precision,
    )


def commitment_lines(
    commitments: QuerySet[Commitment], workspace: Workspace, moment: Moment
) -> tuple[CommitmentLine, ...]:
    """One query, in the order of the parties on the board."""
    rows = with_details(commitments, workspace, moment).order_by("party__order", "party__name", "pk")
    return tuple(commitment_line(row) for row in rows)


def list_commitments(
    slug: str, *, by: Who, asked: Dials = nothing, stage: str = "", force: str = "", page: str | None = None
) -> CommitmentList:
    """A page of the negotiation's commitments. Of a stage or force that there isn't, nothing is asked."""
    workspace = get_workspace(slug, by=by)
    stage = stage if stage in Stage.values else ""
    force = force if force in Force.values else ""
    with moment_asked(workspace, asked) as (workspace, moment):
        rows = with_details(Commitment.objects.filter(negotiation_id=workspace.id), workspace, moment)
        if stage:
            rows = rows.filter(stage=stage)
        if force:
            rows = rows.filter(force=force)
        rows = rows.order_by("party__order", "party__name", F("priority__number").asc(nulls_last=True), "pk")
        return CommitmentList(workspace, moment, page_of(rows, page, commitment_line), stage, force)


def get_commitment(slug: str, commitment: str, *, by: Who, asked: Dials = nothing) -> CommitmentPage:
    """One commitment with its events; Hidden where there is none, or at the moment that is asked for was none."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        mine = Commitment.objects.filter(negotiation_id=workspace.id, slug=commitment)
        rows = with_removed(with_details(mine, workspace, moment, also_out=True), until=moment.until)
        row = rows.first()
        if row is None:
            raise Hidden(f"There is no commitment {commitment!r} here.")
        steps = CommitmentEvent.objects.filter(commitment_id=row.pk).select_related("source")
        events: list[Any] = list(with_undone(happened(steps, workspace, moment), until=moment.until))
        found = proofs(workspace.id, events, until=moment.until)
        shown = [
            Step(Stage(e.status), e.on, e.precision, e.note, proof(e, found), e.revision, e.undone) for e in events
        ]
        out = taken_out(workspace, row.removed)
        return CommitmentPage(workspace, moment, commitment_line(row), tuple(shown), out)
