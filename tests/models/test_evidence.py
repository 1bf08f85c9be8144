"""A judgement rests on something: without evidence that supports it, it is refused when it is committed."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from negotiations.database.dates import ALWAYS
from negotiations.models import Stance
from negotiations.models.evidence import Bearing
from negotiations.models.stances import Cause, Code
from tests import factories
from tests.sql import refused, run, without_guards

JUDGEMENTS = [code for code in Code if code != Code.UNKNOWN]
UNSUPPORTED = "has nothing that supports it"


@pytest.mark.django_db
@pytest.mark.parametrize("code", JUDGEMENTS)
def test_a_judgement_without_evidence_is_refused(code, world):
    with refused(UNSUPPORTED):
        factories.StanceFactory(position=world.cell(world.france, world.force), code=code, evidence=[])
    factories.StanceFactory(position=world.cell(world.france, world.force), code=code, evidence=[world.send])


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_at_commit_and_only_the_trigger_refuses_it(world):
    cell = world.cell(world.france, world.force)
    with pytest.raises(IntegrityError, match=UNSUPPORTED), transaction.atomic():  # noqa: PT012
        factories.StanceFactory(position=cell, evidence=[])
        assert Stance.objects.count() == 1  # until commit, evidence may still come
    assert Stance.objects.count() == 0
    with without_guards("negotiations_stance"):  # the control
        factories.StanceFactory(position=cell, evidence=[])
        run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
@pytest.mark.parametrize("bearing", [Bearing.CONTRADICTS, Bearing.CONTEXT])
def test_what_contradicts_or_only_surrounds_a_judgement_doesnt_carry_it(bearing, world):
    with refused(UNSUPPORTED):
        stance = factories.StanceFactory(position=world.cell(world.france, world.force), evidence=[])
        factories.EvidenceFactory(stance=stance, quote=world.send, bearing=bearing)


@pytest.mark.django_db
def test_unknown_may_stand_without_evidence_and_with_it(world):
    held = {"code": Code.UNKNOWN, "held_from": ALWAYS, "precision": ""}
    factories.StanceFactory(position=world.cell(world.france, world.force), **held)
    factories.StanceFactory(position=world.cell(world.germany, world.force), evidence=[world.neighbours], **held)


@pytest.fixture
def mistaken(world):
    return factories.StanceFactory(position=world.cell(world.france, world.force), evidence=[world.send])


def withdraw(stance, **values):
    return factories.StanceFactory(
        position=stance.position, cause=Cause.WITHDRAWN, replaces=stance.seq, **({"code": ""} | values)
    )


@pytest.mark.django_db
def test_a_withdrawal_has_neither_code_nor_confidence(mistaken):
    with refused("stance_says_something_unless_withdrawn"):
        withdraw(mistaken, code=Code.SUPPORTS)
    with refused("stance_says_something_unless_withdrawn"):
        withdraw(mistaken, confidence="low")
    with refused("stance_says_something_unless_withdrawn"):
        factories.StanceFactory(position=mistaken.position, code="")
    withdraw(mistaken)


@pytest.mark.django_db
def test_a_withdrawal_has_no_evidence(mistaken, world):
    with refused("a withdrawn stance has no evidence"):
        withdraw(mistaken, evidence=[world.send])
    with refused("a withdrawn stance has no evidence"):  # nor later in its transaction
        withdrawal = withdraw(mistaken)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        factories.EvidenceFactory(stance=withdrawal, quote=world.send)


@pytest.mark.django_db
def test_evidence_is_a_quote_or_a_locator_in_a_source_and_never_both(world):
    stance = factories.StanceFactory(position=world.cell(world.france, world.force), evidence=[world.send])
    add = {"stance": stance, "quote": None}
    factories.EvidenceFactory(**add, source=world.source, locator="page 3, roll call")
    for wrong in [
        {"source": world.source, "locator": ""},
        {"source": None, "locator": "page 3"},
        {"source": None},
        {"source": world.source, "locator": "page 3", "quote": world.neighbours},
    ]:
        with refused("evidence_is_a_quote_or_a_locator"):
            factories.EvidenceFactory(**(add | wrong))
