"""What people keep for themselves, and what they give each other to do."""

from __future__ import annotations

import factory
from django.utils import timezone

from negotiations.models import Assignment, DigestMark, SavedView, Visit, Watch
from negotiations.models.visits import VisitKind
from negotiations.models.work import Task

from .base import Owned, of_the_same


class SavedViewFactory(Owned):
    class Meta:
        model = SavedView

    owner = factory.SubFactory("tests.factories.UserFactory")
    name = factory.Sequence(lambda n: f"View {n}")
    query = "code=opposes"


class VisitFactory(Owned):
    class Meta:
        model = Visit

    user = factory.SubFactory("tests.factories.UserFactory")
    kind = VisitKind.VISIT
    revision = 1
    at = factory.LazyFunction(timezone.now)


class WatchFactory(Owned):
    class Meta:
        model = Watch

    user = factory.SubFactory("tests.factories.UserFactory")
    party = of_the_same("PartyFactory")


class DigestMarkFactory(Owned):
    class Meta:
        model = DigestMark

    user = factory.SubFactory("tests.factories.UserFactory")
    read = 1
    mailed = 1


class AssignmentFactory(Owned):
    class Meta:
        model = Assignment

    task = Task.CELL
    position = of_the_same("PositionFactory")
    analyst = factory.SubFactory("tests.factories.UserFactory")
    by = factory.SubFactory("tests.factories.UserFactory")
    at = factory.LazyFunction(timezone.now)
