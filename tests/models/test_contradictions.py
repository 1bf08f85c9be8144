"""A contradiction has two sides at least, each rests on something, and all of it stays as it was written."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from negotiations.models import Contradiction, ContradictionSide
from tests import factories as make
from tests.sql import refused, run, without_guards

TWO_SIDES = "has fewer than two sides"
RESTS = "rests on nothing"


@pytest.mark.django_db
@pytest.mark.parametrize("sides", [[], ["Thirty-five members"]])
def test_a_contradiction_with_fewer_than_two_sides_is_refused(world, sides):
    with refused(TWO_SIDES):
        make.ContradictionFactory(negotiation=world.negotiation, sides=sides)
    make.ContradictionFactory(negotiation=world.negotiation, sides=["Thirty-five", "Over thirty"])


@pytest.mark.django_db
def test_a_side_that_rests_on_nothing_is_refused(world):
    with refused(RESTS):
        make.ContradictionFactory(
            negotiation=world.negotiation, sides=[("Thirty-five", [world.send]), ("Over thirty", [])]
        )
    contradiction = make.ContradictionFactory(negotiation=world.negotiation)
    with refused(RESTS):
        make.ContradictionSideFactory(contradiction=contradiction, quotes=[])
    make.ContradictionSideFactory(contradiction=contradiction, quotes=[world.send])


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_at_commit_and_only_the_triggers_refuse_it(world):
    with pytest.raises(IntegrityError, match=TWO_SIDES), transaction.atomic():  # noqa: PT012
        make.ContradictionFactory(negotiation=world.negotiation, sides=["Thirty-five"])
        assert Contradiction.objects.count() == 1  # until commit, the other side may still come
    assert Contradiction.objects.count() == ContradictionSide.objects.count() == 0
    with without_guards("negotiations_contradiction", "negotiations_contradictionside"):  # the control
        make.ContradictionFactory(negotiation=world.negotiation, sides=[("Thirty-five", [])])
        run("SET CONSTRAINTS ALL IMMEDIATE")
