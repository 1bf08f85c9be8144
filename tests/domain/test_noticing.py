"""What recording a stance brings to light: words for and against, and a party that said otherwise before."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.domain import contradiction_acts as acts
from negotiations.domain.contradiction_drafts import Side
from negotiations.domain.noticing import notice
from negotiations.domain.places import Place
from negotiations.domain.recording import Placed
from negotiations.domain.stances import Draft, Item
from negotiations.models import Change, Contradiction
from tests.stories import record

pytestmark = pytest.mark.django_db


def told(contradiction):
    """Its sides, each with the quotes that it rests on."""
    return {
        side.says: [proof.quote.slug if proof.quote else proof.locator for proof in side.proofs.order_by("pk")]
        for side in contradiction.sides.order_by("number")
    }


def of_kind(kind):
    return list(Contradiction.objects.filter(kind=kind).order_by("pk"))


def test_words_for_and_against_one_judgement_are_a_contradiction_of_its_cell(world, analyst):
    revision = record(
        world, world.france, world.force, by=analyst, evidence=[world.send], contradicted_by=[world.unacceptable]
    )
    [found] = of_kind("bearing")
    assert (found.title, found.state) == ("France × 2 Deploy a force: words for and against", "open")
    assert told(found) == {
        "For the judgement “in favour”": ["france-send"],
        "Against the judgement “in favour”": ["russia-no"],
    }
    assert [cell.position for cell in found.cells.all()] == [world.cell(world.france, world.force)]
    assert {side.revision for side in found.sides.all()} == {revision}, "one act"
    assert Change.objects.filter(negotiation=world.negotiation, revision__gte=revision).count() == 1


def test_words_that_only_support_or_surround_it_are_none(world, analyst):
    record(world, world.france, world.force, by=analyst, evidence=[world.send, world.neighbours])
    assert not Contradiction.objects.exists()


def test_more_words_go_to_the_contradiction_that_is_not_resolved(world, analyst):
    both = {"evidence": [world.send], "contradicted_by": [world.unacceptable]}
    record(world, world.france, world.force, by=analyst, **both)
    both["evidence"].append(world.neighbours)
    record(world, world.france, world.force, by=analyst, code="champions", **both)
    [found] = of_kind("bearing")
    assert told(found)["For the judgement “in favour”"] == ["france-send", "germany-neighbours"]
    assert told(found)["Against the judgement “in favour”"] == ["russia-no"]


def test_a_side_that_people_added_in_the_same_words_confuses_nothing(world, analyst):
    both = {"evidence": [world.send], "contradicted_by": [world.unacceptable]}
    record(world, world.france, world.force, by=analyst, **both)
    [found] = of_kind("bearing")
    twin = Side("For the judgement “in favour”", (Place(quote=world.neighbours.pk),))
    acts.add_side(world.workspace(analyst), found.slug, twin, by=analyst)
    both["contradicted_by"].append(world.neighbours)
    record(world, world.france, world.force, by=analyst, **both)
    assert [side.proofs.count() for side in found.sides.order_by("number")] == [1, 2, 1]


def test_words_against_another_judgement_are_another_contradiction(world, analyst):
    record(world, world.france, world.force, by=analyst, evidence=[world.send], contradicted_by=[world.unacceptable])
    record(
        world, world.france, world.force, by=analyst, code="neutral", evidence=[world.unacceptable],
        contradicted_by=[world.send],
    )  # fmt: skip
    assert told(of_kind("bearing")[1]) == {
        "For the judgement “neutral”": ["russia-no"],
        "Against the judgement “neutral”": ["france-send"],
    }


def test_another_cell_has_its_own(world, analyst):
    for party in (world.france, world.germany):
        record(world, party, world.force, by=analyst, evidence=[world.send], contradicted_by=[world.unacceptable])
    assert [found.title.split()[0] for found in of_kind("bearing")] == ["France", "Germany"]


def test_what_was_resolved_is_opened_by_new_words_against_it_alone(world, analyst):
    both = {"evidence": [world.send], "contradicted_by": [world.unacceptable]}
    record(world, world.france, world.force, by=analyst, **both)
    [first] = of_kind("bearing")
    acts.rule(world.workspace(analyst), first.slug, "resolved", by=analyst, reason="It spoke of others.")
    record(world, world.france, world.force, by=analyst, **both)
    assert of_kind("bearing") == [first]
    both["contradicted_by"].append(world.neighbours)
    record(world, world.france, world.force, by=analyst, **both)
    assert [found.state for found in of_kind("bearing")] == ["resolved", "open"]
    assert told(first)["Against the judgement “in favour”"] == ["russia-no"], "what was ruled on stays as it was"


def test_a_party_that_crosses_the_scale_said_otherwise_before(world, analyst):
    record(
        world, world.france, world.force, by=analyst, code="champions", evidence=[world.send],
        contradicted_by=[world.neighbours], held_from=date(2025, 3, 3), precision="by",
    )  # fmt: skip
    record(world, world.france, world.force, by=analyst, code="opposes", evidence=[world.unacceptable])
    [found] = of_kind("reversal")
    assert found.title == "France × 2 Deploy a force: said otherwise before"
    assert told(found) == {
        "Before: Champions, by 3 March 2025": ["france-send"],
        "Now: Opposes, since 6 January 2026": ["russia-no"],
    }


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("champions", {}),
        ("neutral", {}),
        ("ambiguous", {}),
        ("unknown", {}),
        ("rejects", {"cause": "rejudged", "replaces": 1}),
        ("rejects", {"cause": "learned"}),
        ("rejects", {"held_from": date(2026, 1, 1)}),  # before it held the other: nothing is known of that time
    ],
)
def test_less_than_that_is_no_reversal(world, analyst, code, told):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    record(world, world.france, world.force, by=analyst, evidence=[world.unacceptable], **({"code": code} | told))
    assert of_kind("reversal") == []


def test_a_move_long_ago_is_told_from_what_was_held_then(world, analyst):
    """Not from what is held today."""
    days = [date(2025, 1, 1), date(2025, 12, 1)]
    record(world, world.france, world.force, by=analyst, evidence=[world.send], held_from=days[0])
    record(
        world, world.france, world.force, by=analyst, code="rejects", evidence=[world.unacceptable], held_from=days[1]
    )
    record(
        world, world.france, world.force, by=analyst, code="opposes", evidence=[world.neighbours],
        held_from=date(2025, 6, 1),
    )  # fmt: skip
    late, early = of_kind("reversal")
    assert list(told(early)) == ["Before: Supports, since 1 January 2025", "Now: Opposes, since 1 June 2025"]
    assert list(told(late)) == ["Before: Supports, since 1 January 2025", "Now: Rejects, since 1 December 2025"]


def test_a_stance_without_contradictions_asks_nothing_more(world, analyst, django_assert_num_queries):
    """Most are recorded so, and pay nothing for it."""
    draft = Draft(cause="first", code="supports", evidence=(Item("supports", quote=world.send.pk),))
    workspace = world.workspace(analyst)
    with django_assert_num_queries(0):
        notice(workspace, [Placed(1, 1, 1, draft)])
