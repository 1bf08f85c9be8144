"""Reading proposals: the queue of those who decide, one of them beside what stands, and those of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.paginator import Page
from django.db.models import BigIntegerField, Case, Exists, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When

from ..models import Change, Party, Proposal, ProposalDecision, Source
from ..models.reviews import DecisionState
from ..models.stances import Cause
from . import proposing, quotes
from .cells import Cell, Identified, Record, StanceProof, get_cell
from .in_sql import asked
from .log import of_change, with_change
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Act, Hidden, Who
from .reasons import Reason, of_cells

OPEN = "open"
DECLINED = (DecisionState.SENT_BACK, DecisionState.REJECTED)
MOST_SAID_BEFORE = 5


class Which(StrEnum):
    """The parts of the queue: what waits for a decision, one's own, and what is decided."""

    OPEN = "open"
    MINE = "mine"
    DECIDED = "decided"


@dataclass(frozen=True)
class ProposalLine:
    """A proposal as lists show it. `state` is a DecisionState, or `open`; `comment` is that of the newest decision.

    `has_moved`: a stance was recorded for the cell since, so it can't be accepted as it is.
    """

    id: int
    revision: int
    party: Named
    priority: Numbered
    code: str
    red_line: bool
    rationale: str
    why: str
    based_on: int
    by: str
    at: datetime
    is_mine: bool
    state: str
    comment: str
    has_moved: bool

    @property
    def state_in_words(self) -> str:
        return "Open" if self.state == OPEN else str(DecisionState(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def waits_for_me(self) -> bool:
        """Whether it was sent back to the one who looks."""
        return self.is_mine and self.state == DecisionState.SENT_BACK


@dataclass(frozen=True)
class Queue:
    """A page of proposals. `counts` tells how many there are of each part."""

    workspace: Workspace
    which: Which
    page: Page[ProposalLine]
    counts: Mapping[Which, int]


@dataclass(frozen=True)
class Decision:
    state: DecisionState
    comment: str
    by: str
    at: datetime
    revision: int


@dataclass(frozen=True)
class ProposalPage:
    """A proposal with what it would take the place of: `before` is what stands, or the stance that it replaces.

    `record` is the proposal as the stance that it would be. `earlier` is what was said, the newest first, when earlier
    proposals for the cell were sent back or rejected. `previous` and `next` are open proposals around it.
    """

    workspace: Workspace
    proposal: ProposalLine
    cell: Cell
    record: Record
    before: Record | None
    decisions: tuple[Decision, ...]
    earlier: tuple[Decision, ...]
    reasons: tuple[Reason, ...]
    previous: ProposalLine | None
    next: ProposalLine | None

    @property
    def may_decide(self) -> bool:
        return self.proposal.is_open and not self.proposal.is_mine

    @property
    def may_withdraw(self) -> bool:
        return self.proposal.is_mine and (self.proposal.is_open or self.proposal.waits_for_me)


def get_queue(slug: str, *, by: Who, which: str = "", page: str | None = None) -> Queue:
    """Proposals, fifty to a page: the longest open first; of one's own, those sent back; the last decided."""
    workspace = get_workspace(slug, by=by, to=Act.EDIT)
    part = Which(which) if which in list(Which) else Which.OPEN
    rows = _rows(workspace, by)
    of_part = {
        Which.OPEN: rows.filter(state=None).order_by("revision", "pk"),
        Which.MINE: rows.filter(author=by.pk).order_by(_WAITING_FIRST, "-revision", "pk"),
        Which.DECIDED: rows.exclude(state=None).order_by("-decided", "-pk"),
    }
    return Queue(
        workspace=workspace,
        which=part,
        page=page_of(of_part[part], page, lambda row: _line(row, by)),
        counts={each: found.count() for each, found in of_part.items()},
    )


def of_cell(workspace: Workspace, position: int, *, by: Who) -> tuple[ProposalLine, ...]:
    """The proposals for a cell that are open, or were sent back; none for readers. One query."""
    if not workspace.may_edit:
        return ()
    rows = _rows(workspace, by).filter(Q(state=None) | Q(state=DecisionState.SENT_BACK), position_id=position)
    return tuple(_line(row, by) for row in rows.order_by("revision"))


def waiting_for(workspace: Workspace, *, by: Who) -> tuple[ProposalLine, ...]:
    """What was sent back to `by`, the oldest first. One query."""
    rows = _rows(workspace, by).filter(state=DecisionState.SENT_BACK, author=by.pk)
    return tuple(_line(row, by) for row in rows.order_by("revision", "pk"))


def rejected(workspace: Workspace, *, by: Who, since: datetime) -> tuple[ProposalLine, ...]:
    """What of `by` was rejected since then, the last first. One query."""
    lately = ProposalDecision.objects.filter(
        Exists(Change.objects.filter(negotiation=OuterRef("negotiation"), revision=OuterRef("revision"), at__gte=since))
    )
    rows = _rows(workspace, by).filter(state=DecisionState.REJECTED, author=by.pk, decisions__in=lately)
    return tuple(_line(row, by) for row in rows.order_by("-decided", "-pk"))


def get_proposal(slug: str, revision: int, party: str, number: int, *, by: Who) -> ProposalPage:
    """What an act proposed for a cell; Hidden where there is none. A fixed number of queries."""
    workspace = get_workspace(slug, by=by, to=Act.EDIT)
    found = _rows(workspace, by).filter(revision=revision, position__party__slug=party)
    row = found.filter(position__priority__number=number).first()
    if row is None:
        raise Hidden("There is no such proposal here.")
    cell = get_cell(slug, party, number, by=by)
    record = record_of(row)
    before = next((each for each in cell.history if each.seq == record.replaces), cell.current)
    waiting = _rows(workspace, by).filter(state=None).exclude(pk=row.pk)
    earlier = waiting.filter(Q(revision__lt=row.revision) | Q(revision=row.revision, pk__lt=row.pk))
    later = waiting.filter(Q(revision__gt=row.revision) | Q(revision=row.revision, pk__gt=row.pk))
    previous = earlier.order_by("-revision", "-pk").first()
    following = later.order_by("revision", "pk").first()
    return ProposalPage(
        workspace=workspace,
        proposal=_line(row, by),
        cell=cell,
        record=record,
        before=before,
        decisions=_decisions(row),
        earlier=_said_before(row),
        reasons=of_cells(workspace, [cell.id])[cell.id],
        previous=_line(previous, by) if previous else None,
        next=_line(following, by) if following else None,
    )


def get_record(cell: Cell, revision: str | None) -> Record | None:
    """What an act proposed for a cell, to be edited; None where it proposed nothing, or the address is damaged."""
    if not revision or not (revision.isascii() and revision.isdigit() and len(revision) < 19):
        return None
    rows = with_change(Proposal.objects.filter(position=cell.id, revision=int(revision)))
    row = rows.first()
    return record_of(row) if row else None


def record_of(row: Any) -> Record:
    """A proposal, with its Change, as the stance that it would be."""
    content = row.content
    parties = {party.slug: party for party in Party.objects.filter(negotiation=row.negotiation_id)}
    depends_on = [parties[slug] for slug in content["depends_on"]]
    return Record(
        seq=row.based_on + 1,
        code=content["code"],
        before="",
        rationale=content["rationale"],
        conditions=content["conditions"],
        limits=content["limits"],
        red_line=content["red_line"],
        confidence=content["confidence"],
        held_from=proposing.day_of(content),
        precision=content["precision"],
        cause=Cause(content["cause"]),
        replaces=content["replaces"],
        replaced_by=None,
        depends_on=tuple(Identified(party.pk, party.slug, party.name) for party in depends_on),
        evidence=_proofs(row.negotiation_id, content["evidence"]),
        revision=row.revision,
        at=row.at,
        by=row.by_name,
        why=row.reason,
    )


def _proofs(negotiation: int, evidence: list[dict[str, str]]) -> tuple[StanceProof, ...]:
    wanted = [each["quote"] for each in evidence if "quote" in each]
    cited = {row.slug: quotes.cited(row) for row in quotes.of_negotiation(negotiation).filter(slug__in=wanted)}
    rows = Source.objects.filter(negotiation=negotiation, slug__in=[each.get("source", "") for each in evidence])
    sources = {row.slug: row for row in rows.select_related("merged_into")}
    found = []
    for each in evidence:
        quote = cited[each["quote"]] if "quote" in each else None
        source = None if quote else sources[each["source"]]
        found.append(
            StanceProof(
                bearing=each["bearing"],
                quote=quote,
                source_id=source.pk if source else None,
                source_slug=quote.source_slug if quote else each["source"],
                source_title=source.title if source else quote.source_title if quote else "",
                source_status=source.kept.status if source else quote.source_status if quote else "",
                locator=each.get("locator", ""),
                origin=quote.origin if quote else "",
            )
        )
    return tuple(found)


def _decisions(row: Proposal) -> tuple[Decision, ...]:
    """All that was decided of a proposal, the oldest first."""
    return _told(with_change(ProposalDecision.objects.filter(proposal=row)).order_by("revision", "pk"))


def _said_before(row: Proposal) -> tuple[Decision, ...]:
    rows = ProposalDecision.objects.filter(
        proposal__position=row.position_id, proposal__revision__lt=row.revision, state__in=DECLINED
    )
    return _told(with_change(rows).order_by("-revision", "-pk")[:MOST_SAID_BEFORE])


def _told(rows: Iterable[Any]) -> tuple[Decision, ...]:
    return tuple(Decision(DecisionState(d.state), d.comment, d.by_name, d.at, d.revision) for d in rows)


_WAITING_FIRST = Case(
    When(state=DecisionState.SENT_BACK, then=Value(0)),
    When(state=None, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


NEWEST = """(SELECT d.{} FROM negotiations_proposaldecision d
WHERE d.proposal_id = %(expressions)s ORDER BY d.revision DESC, d.id DESC LIMIT 1)"""


def _rows(workspace: Workspace, by: Who) -> QuerySet[Any]:
    rows = with_change(Proposal.objects.filter(negotiation_id=workspace.id)).annotate(
        author=of_change("c.by_id", BigIntegerField()),
        state=asked(NEWEST.format("state"), "pk", kind=TextField()),
        decided=asked(NEWEST.format("revision"), "pk", kind=BigIntegerField()),
        comment=asked(NEWEST.format("comment"), "pk", kind=TextField()),
    )
    return rows.select_related("position__party", "position__priority")


def _line(row: Any, by: Who) -> ProposalLine:
    return ProposalLine(
        id=row.pk,
        revision=row.revision,
        party=named(row.position.party),
        priority=numbered(row.position.priority),
        code=row.content["code"],
        red_line=row.content["red_line"],
        rationale=row.content["rationale"],
        why=row.reason,
        based_on=row.based_on,
        by=row.by_name,
        at=row.at,
        is_mine=row.author == by.pk,
        state=row.state or OPEN,
        comment=row.comment or "",
        has_moved=row.state is None and row.position.version != row.based_on,
    )
