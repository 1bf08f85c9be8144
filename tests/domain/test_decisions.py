"""Deciding whether a quote still holds whose words are no longer found."""

from __future__ import annotations

from uuid import uuid4

import pytest

from negotiations.domain import decisions
from negotiations.domain.changes import KeyReused
from negotiations.domain.permissions import Forbidden
from negotiations.domain.records import Refused
from negotiations.domain.snapshots import add_text
from negotiations.domain.stances import Invalid
from negotiations.models import AnchoringDecision, Change
from negotiations.models.sources import SnapshotKind
from tests import factories as make
from tests.stories import record


def new_text(world, new):
    text = world.snapshot.text.replace("in neighbouring countries", new)
    return add_text(world.source, text, kind=SnapshotKind.FULL, by=None).anchorings.get(quote=world.neighbours)


@pytest.fixture
def changed(world, analyst):
    """Germany's stance on the force rests on words that a new text has otherwise. Where they stand there."""
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours])
    return new_text(world, "in the neighbouring countries")


def decide(world, by, place, holds=True, reason="Only an article came in.", key=None):
    return decisions.decide(world.workspace(by), place.pk, holds=holds, reason=reason, by=by, key=key)


@pytest.mark.parametrize(("holds", "said", "left"), [(True, "still holds", 0), (False, "no longer holds", 1)])
def test_it_holds_or_does_not_and_the_log_says_so(holds, said, left, world, changed, analyst):
    done = decide(world, analyst, changed, holds)
    change = Change.objects.get(negotiation=world.negotiation, revision=done.revision)
    assert (change.by, change.verb) == (analyst, "decided")
    assert change.what == f"that “in neighbouring countries” {said} in After the summit"
    assert world.cell(world.germany, world.force).rechecks == left


def test_a_second_thought_is_added_and_counts(world, changed, analyst):
    decide(world, analyst, changed, True)
    decide(world, analyst, changed, False, reason="It was about others.")
    assert AnchoringDecision.objects.count() == 2
    assert world.cell(world.germany, world.force).rechecks == 1


def test_readers_only_look(world, changed, reader):
    with pytest.raises(Forbidden):
        decide(world, reader, changed)


def test_nothing_is_decided_without_a_reason(world, changed, analyst):
    with pytest.raises(Invalid):
        decide(world, analyst, changed, reason=" ")


def test_a_passage_that_a_newer_text_has_overtaken_is_not_decided_on(world, changed, analyst):
    new_text(world, "in no neighbouring countries")
    with pytest.raises(Refused, match="Another text has come"):
        decide(world, analyst, changed)


def test_words_that_were_found_need_no_decision(world, changed, analyst):
    place = changed.snapshot.anchorings.get(quote=world.send)
    assert place.state == "exact"
    with pytest.raises(Refused):
        decide(world, analyst, place)


def test_another_negotiations_passage_is_not_decided_on(world, changed, analyst):
    with pytest.raises(Refused):
        decide(world, analyst, make.AnchoringFactory(state="gone", start=None, end=None))
    assert not AnchoringDecision.objects.exists()


def test_sent_twice_it_is_done_once(world, changed, analyst):
    key = uuid4()
    first, again = (decide(world, analyst, changed, key=key) for _ in range(2))
    assert (again.revision, again.repeated) == (first.revision, True)
    with pytest.raises(KeyReused):
        decide(world, analyst, changed, False, key=key)
    assert AnchoringDecision.objects.count() == 1
