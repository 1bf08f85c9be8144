"""Small negotiations that tests are told in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from negotiations.domain.negotiations import Workspace, get_workspace
from negotiations.models import (
    Negotiation,
    Outlet,
    Party,
    Person,
    Position,
    Priority,
    Quote,
    Snapshot,
    Source,
)

from . import factories as make

TEXT = (
    "The French president said “we will send them” after the talks in Paris. Berlin's chancellor spoke of a "
    "contribution “in neighbouring countries” only. From Moscow came “unacceptable 🚫 to us”, and no more."
)


@dataclass(frozen=True)
class World:
    """Three parties on two priorities, with one accepted source that quotes each of them once."""

    negotiation: Negotiation
    france: Party
    germany: Party
    russia: Party
    monitoring: Priority
    force: Priority
    outlet: Outlet
    source: Source
    snapshot: Snapshot
    president: Person
    send: Quote
    neighbours: Quote
    unacceptable: Quote

    def cell(self, party: Party, priority: Priority) -> Position:
        """The cell as it is now."""
        return Position.objects.get(party=party, priority=priority)

    def workspace(self, by: object) -> Workspace:
        return get_workspace(self.negotiation.slug, by=by)


def build_world(talks: Negotiation) -> World:
    france, germany, russia = (
        make.PartyFactory(negotiation=talks, slug=slug, name=slug.capitalize(), order=order)
        for order, slug in enumerate(["france", "germany", "russia"], start=1)
    )
    outlet = make.OutletFactory(negotiation=talks, slug="gazette", name="The Gazette", reliability="B")
    source = make.SourceFactory(outlet=outlet, slug="summit-report", title="After the summit", status="accepted")
    snapshot = make.SnapshotFactory(source=source, text=TEXT)
    president = make.PersonFactory(party=france, slug="president", name="The President")
    return World(
        negotiation=talks,
        france=france,
        germany=germany,
        russia=russia,
        monitoring=make.PriorityFactory(negotiation=talks, number=1, name="Monitor the ceasefire"),
        force=make.PriorityFactory(negotiation=talks, number=2, name="Deploy a force"),
        outlet=outlet,
        source=source,
        snapshot=snapshot,
        president=president,
        send=make.QuoteFactory(
            snapshot=snapshot, slug="france-send", exact="we will send them", party=france, speaker=president
        ),
        neighbours=make.QuoteFactory(
            snapshot=snapshot, slug="germany-neighbours", exact="in neighbouring countries", party=germany
        ),
        unacceptable=make.QuoteFactory(
            snapshot=snapshot, slug="russia-no", exact="unacceptable 🚫 to us", party=russia
        ),
    )


@pytest.fixture
def negotiation(db: None) -> Negotiation:
    """An empty negotiation, for members only; filled where a test asks for `world` too."""
    return make.NegotiationFactory(slug="paris", name="Paris talks")


@pytest.fixture
def world(negotiation: Negotiation) -> World:
    return build_world(negotiation)
