"""The factories: there is one for each model, and what they make stands up to the database."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from negotiations.models import COPIES, Change, Stance

from . import factories

MODELS = [model for model in apps.get_app_config("negotiations").get_models() if model not in COPIES]


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_model_has_a_factory_that_satisfies_all_constraints(model):
    made = getattr(factories, f"{model.__name__}Factory")()
    connection.check_constraints()  # what would otherwise be looked at when the transaction ends
    assert isinstance(made, model)
    assert model.objects.filter(pk=made.pk).exists()


@pytest.mark.django_db
def test_a_row_takes_the_negotiation_of_whatever_is_named_beside_it():
    party = factories.PartyFactory()
    person = factories.PersonFactory(party=party)
    assert person.negotiation == party.negotiation


@pytest.mark.django_db(transaction=True)
def test_a_stance_can_be_made_in_a_transaction_of_its_own(world):
    stance = factories.StanceFactory(position=world.cell(world.france, world.force), evidence=[world.send])
    assert Stance.objects.get().evidence.get().quote == world.send
    assert Change.objects.filter(negotiation=world.negotiation).latest("revision").revision == stance.revision
