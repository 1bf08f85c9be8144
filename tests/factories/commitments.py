"""Commitments, towards whom, and how far they have come."""

from __future__ import annotations

from datetime import date

import factory

from negotiations.models import Beneficiary, Commitment, CommitmentEvent
from negotiations.models.commitments import Force, Stage

from .base import Owned, of_the_same


class CommitmentFactory(Owned):
    class Meta:
        model = Commitment

    slug = factory.Sequence(lambda n: f"commitment-{n}")
    party = of_the_same("PartyFactory")
    text = "Trains the other side's soldiers."
    force = Force.POLITICAL


class BeneficiaryFactory(Owned):
    class Meta:
        model = Beneficiary

    commitment = of_the_same("CommitmentFactory")
    party = of_the_same("PartyFactory")


class CommitmentEventFactory(Owned):
    class Meta:
        model = CommitmentEvent

    commitment = of_the_same("CommitmentFactory")
    status = Stage.ANNOUNCED
    on = date(2026, 1, 6)
    quote = of_the_same("QuoteFactory")
