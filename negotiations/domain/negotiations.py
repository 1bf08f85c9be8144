"""A negotiation as one person sees it: what it is, at which revision, and what they may do in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from ..models import Negotiation
from . import changes
from .permissions import Act, Forbidden, Hidden, Who, highest_act, require_administrator, visible


@dataclass(frozen=True)
class Workspace:
    """`revision` was read before anything else of the negotiation, so it is never newer than what is shown.

    `review`: what somebody records is a proposal until somebody else accepts it.
    """

    id: int
    slug: str
    name: str
    description: str
    visibility: str
    zone: ZoneInfo
    revision: int
    act: Act
    review: bool = False

    @property
    def may_edit(self) -> bool:
        return self.act >= Act.EDIT

    @property
    def may_curate(self) -> bool:
        return self.act >= Act.CURATE

    def day_of(self, instant: datetime) -> date:
        """The day of an instant, as this negotiation counts days."""
        return instant.astimezone(self.zone).date()

    def today(self) -> date:
        return self.day_of(timezone.now())


def _workspace(negotiation: Negotiation, by: Who) -> Workspace:
    return Workspace(
        id=negotiation.pk,
        slug=negotiation.slug,
        name=negotiation.name,
        description=negotiation.description,
        visibility=negotiation.visibility,
        zone=ZoneInfo(negotiation.time_zone),
        revision=negotiation.revision,
        act=highest_act(by, negotiation),
        review=negotiation.review,
    )


def get_workspace(slug: str, *, by: Who, to: Act = Act.VIEW) -> Workspace:
    """The negotiation `slug`, if `by` may do `to` in it; otherwise Hidden or Forbidden. One query."""
    negotiation = visible(by).filter(slug=slug).first()
    if negotiation is None:
        raise Hidden(f"There is no negotiation {slug!r}, or it is not open to you.")
    workspace = _workspace(negotiation, by)
    if workspace.act < to:
        needed = {Act.EDIT: "analysts", Act.CURATE: "curators"}.get(to, "administrators")
        raise Forbidden(f"Only {needed} of this negotiation may do this.")
    return workspace


def open_negotiation(*, by: Who, slug: str, name: str, why: str, **fields: Any) -> Negotiation:
    """Make an empty negotiation; its first Change says who opened it."""
    require_administrator(by)
    with transaction.atomic():
        negotiation = Negotiation.objects.create(slug=slug, name=name, **fields)
        changes.take(negotiation.pk, by=by, verb="opened", what=name, why=why)
    return negotiation
