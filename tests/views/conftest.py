"""The talks that the tests of the board are told in."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.models import Party, User
from tests import factories as make
from tests.stories import record
from tests.worlds import World


@pytest.fixture
def coalition(world: World) -> Party:
    """France and Germany belong to it; it is the last row."""
    party = make.PartyFactory(
        negotiation=world.negotiation, slug="coalition", name="Coalition", kind="collective", order=9
    )
    for member in (world.france, world.germany):
        make.CollectiveMemberFactory(collective=party, member=member)
    return party


@pytest.fixture
def talks(world: World, coalition: Party, analyst: User) -> World:
    """What the parties said about the force; nobody has looked at the monitoring, apart from one party."""
    record(
        world, world.france, world.force, by=analyst, code="champions", conditions="After a ceasefire",
        confidence="moderate", evidence=[world.send],
    )  # fmt: skip
    record(
        world, world.germany, world.force, by=analyst, code="supports", limits="No soldiers in Ukraine",
        evidence=[world.neighbours, world.send], contradicted_by=[world.unacceptable],
    )  # fmt: skip
    record(
        world, world.russia, world.force, by=analyst, code="rejects", red_line=True, confidence="high",
        rationale="Moscow calls any such force a target.", evidence=[world.unacceptable],
    )  # fmt: skip
    record(world, coalition, world.force, by=analyst, code="supports", evidence=[world.send])
    record(world, world.france, world.monitoring, by=analyst, code="neutral", evidence=[world.send])
    return world


@pytest.fixture
def moving(talks: World, analyst: User) -> World:
    """Germany rejected the force in March, and supports it from the summit; the start of Russia's stance is unknown."""
    record(
        talks, talks.germany, talks.force, by=analyst, code="rejects", cause="learned", held_from=date(2025, 3, 20),
        evidence=[talks.neighbours],
    )  # fmt: skip
    record(
        talks, talks.russia, talks.monitoring, by=analyst, code="opposes", held_from=date(2026, 1, 3),
        precision="by", evidence=[talks.unacceptable],
    )  # fmt: skip
    return talks


@pytest.fixture
def judged(world: World, second_analyst: User) -> World:
    """Anton has judged Germany on the force: its first stance, on one quote."""
    record(
        world,
        world.germany,
        world.force,
        by=second_analyst,
        why="Read the report.",
        rationale="Berlin offers to help from next door.",
        conditions="After a ceasefire",
        evidence=[world.neighbours],
    )
    return world
