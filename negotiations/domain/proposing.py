"""Where a second person must agree: drafts kept as proposals, what is decided of them, and how many are open.

The only place that writes proposals and their decisions; who calls holds the cells' locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from ..database.dates import ALWAYS
from ..models import Change, Party, Proposal, ProposalDecision, Quote, Source
from ..models.reviews import DecisionState
from .negotiations import Workspace
from .permissions import Who
from .stances import Draft, Item

SAID = ("cause", "code", "rationale", "conditions", "limits", "red_line", "confidence", "precision", "replaces")

REFRESH = """
UPDATE negotiations_position p SET proposed = found.many FROM (
  SELECT p.id, count(o.id) AS many FROM negotiations_position p
  LEFT JOIN negotiations_proposal o ON o.position_id = p.id
    AND NOT EXISTS (SELECT FROM negotiations_proposaldecision d WHERE d.proposal_id = o.id)
  WHERE p.id = ANY(%s) GROUP BY p.id) found
WHERE p.id = found.id AND p.proposed <> found.many
"""


class Decided(Exception):
    """Somebody decided on the proposal before, or its author took it back; nothing was written."""

    def __init__(self, state: str) -> None:
        told = DecisionState(state).label.lower()
        super().__init__(f"This proposal is {told} already. Nothing of yours was recorded.")


def contents_of(negotiation: int, drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Drafts as they are kept, with slugs for ids: slugs are never changed or reused, so they can be read for ever."""
    items = [item for draft in drafts for item in draft.evidence]
    quotes = _slugs(Quote, negotiation, (item.quote for item in items))
    sources = _slugs(Source, negotiation, (item.source for item in items))
    parties = _slugs(Party, negotiation, (party for draft in drafts for party in draft.depends_on))

    def piece(item: Item) -> dict[str, str]:
        if item.quote is not None:
            return {"bearing": item.bearing, "quote": quotes[item.quote]}
        return {"bearing": item.bearing, "source": sources[item.source or 0], "locator": item.locator}

    return [
        {name: getattr(draft, name) for name in SAID}
        | {
            "held_from": None if draft.held_from in (None, ALWAYS) else str(draft.held_from),
            "depends_on": [parties[party] for party in draft.depends_on],
            "evidence": [piece(item) for item in draft.evidence],
        }
        for draft in drafts
    ]


def _slugs(model: Any, negotiation: int, ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {pk for pk in ids if pk is not None}
    return dict(model.objects.filter(negotiation_id=negotiation, pk__in=wanted).values_list("pk", "slug"))


def draft_of(negotiation: int, content: dict[str, Any]) -> Draft:
    """A kept draft, to be recorded. Three queries at most."""
    evidence = content["evidence"]
    quotes = _ids(Quote, negotiation, (each["quote"] for each in evidence if "quote" in each))
    sources = _ids(Source, negotiation, (each["source"] for each in evidence if "source" in each))
    parties = _ids(Party, negotiation, content["depends_on"])
    return Draft(
        **{name: content[name] for name in SAID},
        held_from=day_of(content),
        depends_on=tuple(parties[slug] for slug in content["depends_on"]),
        evidence=tuple(
            Item(each["bearing"], quote=quotes[each["quote"]])
            if "quote" in each
            else Item(each["bearing"], source=sources[each["source"]], locator=each["locator"])
            for each in evidence
        ),
    )


def day_of(content: dict[str, Any]) -> date:
    """From when it would be held; without a day it has no beginning."""
    return date.fromisoformat(content["held_from"]) if content["held_from"] else ALWAYS


def _ids(model: Any, negotiation: int, slugs: Iterable[str]) -> dict[str, int]:
    wanted = set(slugs)
    return dict(model.objects.filter(negotiation_id=negotiation, slug__in=wanted).values_list("slug", "pk"))


def keep(workspace: Workspace, drafts: Sequence[tuple[int, int, Draft]], *, by: Who, why: str, revision: int) -> None:
    """Keep settled drafts, each with its cell and the version of it that it is based on, as proposals of one act.

    What the same author proposed for these cells before is superseded by them.
    """
    cells = [position for position, _, _ in drafts]
    mine = Change.objects.filter(negotiation=OuterRef("negotiation"), revision=OuterRef("revision"), by_id=by.pk)
    before = pending().filter(Exists(mine), position__in=cells).order_by("pk")
    for proposal in list(before):
        decide(proposal, DecisionState.SUPERSEDED, revision=revision)
    contents = contents_of(workspace.id, [draft for _, _, draft in drafts])
    Proposal.objects.bulk_create(
        Proposal(
            negotiation_id=workspace.id,
            revision=revision,
            position_id=position,
            based_on=based_on,
            content=content,
            reason=why,
        )
        for (position, based_on, _), content in zip(drafts, contents, strict=True)
    )
    refresh(cells)


def pending() -> QuerySet[Proposal]:
    """Proposals that are open, or were sent back and wait for their author."""
    closing = ProposalDecision.objects.filter(proposal=OuterRef("pk")).exclude(state=DecisionState.SENT_BACK)
    return Proposal.objects.filter(~Exists(closing))


def require_undecided(proposal: int, state: DecisionState) -> None:
    """Decided where `state` can't become of the proposal any more. The cell is locked, so nobody decides meanwhile."""
    before = ProposalDecision.objects.filter(proposal=proposal).order_by("-revision", "-pk").first()
    if before is None:
        return
    if before.state == DecisionState.SENT_BACK and state == DecisionState.WITHDRAWN:
        return
    raise Decided(before.state)


def decide(proposal: Proposal, state: DecisionState, *, revision: int, comment: str = "") -> None:
    """Write what becomes of a proposal."""
    ProposalDecision.objects.create(
        negotiation_id=proposal.negotiation_id, revision=revision, proposal=proposal, state=state, comment=comment
    )


def refresh(positions: Sequence[int]) -> None:
    """Count anew how many proposals are open for each cell. The only writer of that column."""
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, [sorted(positions)])
