"""Users, negotiations, and who has which role where."""

from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.db import transaction
from factory.django import DjangoModelFactory

from negotiations.domain import changes
from negotiations.models import Membership, Negotiation, User
from negotiations.models.negotiations import Role, Visibility

from .base import Owned, change


class UserFactory(DjangoModelFactory):
    """An account that tests sign in with `client.force_login`; give a `password` only to type it in."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")
    name = factory.Sequence(lambda n: f"User Number {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password: Any = None

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **values: Any) -> User:
        with transaction.atomic(savepoint=False):
            changes.take_for_accounts(by=None, verb="added", what=f"account {values['username']}")
            values["password"] = make_password(values["password"])
            return model_class.objects.create(**values)


class NegotiationFactory(DjangoModelFactory):
    class Meta:
        model = Negotiation

    slug = factory.Sequence(lambda n: f"talks-{n}")
    name = factory.Sequence(lambda n: f"Talks {n}")
    visibility = Visibility.MEMBERS
    time_zone = "Europe/Paris"

    @classmethod
    def _create(cls, model_class: type[Negotiation], *args: Any, **values: Any) -> Negotiation:
        with transaction.atomic(savepoint=False):
            negotiation = model_class.objects.create(**values)
            change(negotiation, verb="opened", what=negotiation.name)
        return negotiation


class MembershipFactory(Owned):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.READER
