"""The log: acts, and what they did to rows that are edited in place."""

from __future__ import annotations

from typing import Any

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from negotiations.models import Change, RowEdit

from .base import change


class ChangeFactory(DjangoModelFactory):
    class Meta:
        model = Change

    negotiation = factory.SubFactory("tests.factories.NegotiationFactory")
    by = factory.SubFactory("tests.factories.UserFactory")
    verb = "added"
    what = factory.Sequence(lambda n: f"thing {n}")
    why = "For a test."

    @classmethod
    def _create(cls, model_class: type[Change], *args: Any, **values: Any) -> Change:
        with transaction.atomic(savepoint=False):
            return model_class.objects.get(pk=change(values.pop("negotiation"), **values).change_id)


class RowEditFactory(DjangoModelFactory):
    """In life a trigger writes these. The Change must be of the same transaction."""

    class Meta:
        model = RowEdit

    change = factory.SubFactory(ChangeFactory)
    table = "negotiations_party"
    row = 1
    before = factory.Dict({"name": "Before"})
    after = factory.Dict({"name": "After"})
