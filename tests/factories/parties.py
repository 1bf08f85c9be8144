"""The board's rows, columns and cells, and the people behind the rows."""

from __future__ import annotations

from typing import Any

import factory

from negotiations.models import CollectiveMember, Party, Person, Position, Priority
from negotiations.models.parties import PartyKind

from .base import Owned, of_the_same


class PartyFactory(Owned):
    class Meta:
        model = Party

    slug = factory.Sequence(lambda n: f"party-{n}")
    name = factory.LazyAttribute(lambda party: party.slug.replace("-", " ").capitalize())
    order = factory.Sequence(lambda n: n % 32_000)


class CollectiveMemberFactory(Owned):
    class Meta:
        model = CollectiveMember

    collective = of_the_same("PartyFactory", kind=PartyKind.COLLECTIVE)
    member = of_the_same("PartyFactory")


class PersonFactory(Owned):
    class Meta:
        model = Person

    slug = factory.Sequence(lambda n: f"person-{n}")
    name = factory.LazyAttribute(lambda person: person.slug.replace("-", " ").title())
    party = of_the_same("PartyFactory")


class PriorityFactory(Owned):
    class Meta:
        model = Priority

    number = factory.LazyAttribute(lambda o: Priority.objects.filter(negotiation=o.negotiation).count() + 1)
    name = factory.LazyAttribute(lambda priority: f"Priority {priority.number}")


class PositionFactory(Owned):
    """The cell of a party and a priority. The database made it with them; this finds it."""

    class Meta:
        model = Position

    party = of_the_same("PartyFactory")
    priority = of_the_same("PriorityFactory")

    @classmethod
    def _create(cls, model_class: type[Position], *args: Any, **values: Any) -> Position:
        return model_class.objects.get(party=values["party"], priority=values["priority"])
