"""What people keep for themselves."""

from __future__ import annotations

from uuid import uuid4

import factory
from django.utils import timezone

from negotiations.models import Draft

from .base import Owned, of_the_same


class DraftFactory(Owned):
    class Meta:
        model = Draft

    position = of_the_same("PositionFactory")
    owner = factory.SubFactory("tests.factories.UserFactory")
    key = factory.LazyFunction(uuid4)
    based_on = 0
    content = factory.LazyFunction(lambda: {"rationale": ["Half a thought"]})
    saved_at = factory.LazyFunction(timezone.now)
