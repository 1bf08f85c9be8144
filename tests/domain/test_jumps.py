"""Going to a cell by typing its name."""

from __future__ import annotations

import pytest

from negotiations.domain.jumps import MOST, find
from tests import factories as make


def went(world, reader, text: str) -> list[str]:
    return [f"{hit.party} {hit.number}" for hit in find(world.workspace(reader), text)]


@pytest.mark.parametrize(
    "typed", ["ger 2", "GER 2", "2 germany", "ger force", "berlin 2", "bündnis ger 2", "bund ger 2"]
)
def test_the_beginning_of_a_name_and_a_number_are_a_cell(typed, world, reader):
    world.germany.aliases = ["Berlin", "Bündnis"]
    world.germany.save()
    assert went(world, reader, typed) == ["germany 2"]


def test_without_a_number_each_priority_is_offered(world, reader):
    assert went(world, reader, "ger") == ["germany 1", "germany 2"]
    assert went(world, reader, "ger monitor") == ["germany 1"]


def test_a_number_alone_is_a_column(world, reader):
    assert went(world, reader, "2") == ["france 2", "germany 2", "russia 2"]


def test_whose_whole_name_was_typed_comes_first(world, reader):
    make.PartyFactory(negotiation=world.negotiation, slug="aa-friends", name="Allies of France", order=0)
    make.PartyFactory(negotiation=world.negotiation, slug="francesca", name="Francesca", order=0)
    assert went(world, reader, "france 1") == ["france 1", "francesca 1", "aa-friends 1"]


@pytest.mark.parametrize(
    "typed", ["", "  ", "!?", "atlantis 2", "ger 9", "ger 1 2", "ger 99999999999999999999", "ger ٣", "\u202e"]
)
def test_what_is_no_cell_is_none(typed, world, reader):
    assert went(world, reader, typed) == []


def test_no_more_are_offered_than_one_looks_through(world, reader):
    for _ in range(20):
        make.PartyFactory(negotiation=world.negotiation, name="Georgia")
    assert len(went(world, reader, "ge")) == MOST
