"""Commitments: what parties undertook, towards whom, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from ..models import Beneficiary, Commitment, CommitmentEvent
from ..models.commitments import Force, Stage
from ..texts.sentences import first_sentence
from .names import Named, Numbered, named, named_or_none, numbered_or_none
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Hidden, Who
from .quote_lists import Proof, proof, proofs


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


@dataclass(frozen=True)
class CommitmentList:
    workspace: Workspace
    page: Page[CommitmentLine]
    stage: str
    force: str

    @property
    def is_filtered(self) -> bool:
        return bool(self.stage or self.force)


@dataclass(frozen=True)
class CommitmentPage:
    workspace: Workspace
    commitment: CommitmentLine
    steps: tuple[Step, ...]


def with_details(commitments: QuerySet[Commitment]) -> QuerySet[Any]:
    """Fetch in one query all that `commitment_line` shows. The stage is the event that was recorded last."""
    events = CommitmentEvent.objects.filter(commitment=OuterRef("pk")).order_by("-revision", "-pk")
    towards = Beneficiary.objects.filter(commitment=OuterRef("pk")).order_by("pk")
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


def commitment_lines(commitments: QuerySet[Commitment]) -> tuple[CommitmentLine, ...]:
    """One query, in the order of the parties on the board."""
    rows = with_details(commitments).order_by("party__order", "party__name", "pk")
    return tuple(commitment_line(row) for row in rows)


def list_commitments(
    slug: str, *, by: Who, stage: str = "", force: str = "", page: str | None = None
) -> CommitmentList:
    """A page of the negotiation's commitments. Of a stage or force that there isn't, nothing is asked."""
    workspace = get_workspace(slug, by=by)
    stage = stage if stage in Stage.values else ""
    force = force if force in Force.values else ""
    rows = with_details(Commitment.objects.filter(negotiation_id=workspace.id))
    if stage:
        rows = rows.filter(stage=stage)
    if force:
        rows = rows.filter(force=force)
    rows = rows.order_by("party__order", "party__name", F("priority__number").asc(nulls_last=True), "pk")
    return CommitmentList(workspace, page_of(rows, page, commitment_line), stage, force)


def get_commitment(slug: str, commitment: str, *, by: Who) -> CommitmentPage:
    workspace = get_workspace(slug, by=by)
    row = with_details(Commitment.objects.filter(negotiation_id=workspace.id, slug=commitment)).first()
    if row is None:
        raise Hidden(f"There is no commitment {commitment!r} here.")
    events = list(CommitmentEvent.objects.filter(commitment_id=row.pk).select_related("source"))
    found = proofs(workspace.id, events)
    steps = [Step(Stage(e.status), e.on, e.precision, e.note, proof(e, found), e.revision) for e in events]
    return CommitmentPage(workspace, commitment_line(row), tuple(steps))
