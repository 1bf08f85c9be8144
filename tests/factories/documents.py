"""Documents that were handed in: those not yet confirmed, and the bytes that are kept of the others."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import factory
from django.utils import timezone

from negotiations.models import Intake, Original

from .base import Owned, of_the_same


class OriginalFactory(Owned):
    class Meta:
        model = Original

    snapshot = of_the_same("SnapshotFactory")
    name = "report.txt"
    media_type = "text/plain"
    content = factory.Sequence(lambda n: f"A report, number {n}.".encode())
    size = factory.LazyAttribute(lambda original: len(original.content))
    sha256 = factory.LazyAttribute(lambda original: sha256(original.content).hexdigest())


class IntakeFactory(Owned):
    class Meta:
        model = Intake

    token = factory.LazyFunction(uuid4)
    by = factory.SubFactory("tests.factories.UserFactory")
    at = factory.LazyFunction(timezone.now)
    text = "A report that nobody has confirmed."
