"""Stances, put into a cell as the database wants it: the version moves first, evidence comes with them.

They stay below the rules for drafts (domain.stances): tests can also make what no form would let through.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from negotiations.domain import as_of
from negotiations.models import Dependence, Evidence, Position, Stance
from negotiations.models.evidence import Bearing
from negotiations.models.fields import Precision
from negotiations.models.stances import Cause, Code, Confidence

from .base import Owned, of_the_same
from .quotes import QuoteFactory


class StanceFactory(Owned):
    """The next stance of a cell: `first`, else `moved`. `evidence` may list quotes that support it."""

    class Meta:
        model = Stance

    position = of_the_same("PositionFactory")
    code = Code.SUPPORTS
    rationale = "It said so."
    confidence = factory.LazyAttribute(lambda o: "" if o.cause == Cause.WITHDRAWN else Confidence.LOW)
    held_from = date(2026, 1, 6)
    precision = Precision.DAY
    cause = factory.LazyAttribute(lambda o: Cause.MOVED if _version(o.position) else Cause.FIRST)
    evidence: Any = None
    depends_on: Any = ()

    @classmethod
    def _write(cls, model_class: type[Stance], values: dict[str, Any]) -> Stance:
        quotes, parties = values.pop("evidence"), values.pop("depends_on")
        position = Position.objects.select_for_update(no_key=True).get(pk=values["position"].pk)
        if quotes is None:
            needed = values["code"] not in ("", Code.UNKNOWN)
            quotes = [QuoteFactory(negotiation=values["negotiation"])] if needed else []
        values.setdefault("seq", position.version + 1)
        Position.objects.filter(pk=position.pk).update(version=values["seq"])
        stance = super()._write(model_class, values)
        shared = {"negotiation": stance.negotiation, "revision": stance.revision, "stance": stance}
        Evidence.objects.bulk_create(Evidence(**shared, quote=q, bearing=Bearing.SUPPORTS) for q in quotes)
        Dependence.objects.bulk_create(Dependence(**shared, party=party) for party in parties)
        as_of.refresh(stance.negotiation_id, positions=[position.pk])
        return stance


class EvidenceFactory(Owned):
    """Only in the transaction that recorded the stance."""

    class Meta:
        model = Evidence

    stance = of_the_same("StanceFactory")
    revision = factory.SelfAttribute("stance.revision")
    quote = of_the_same("QuoteFactory")
    bearing = Bearing.CONTEXT


class DependenceFactory(Owned):
    """Only in the transaction that recorded the stance."""

    class Meta:
        model = Dependence

    stance = of_the_same("StanceFactory")
    revision = factory.SelfAttribute("stance.revision")
    party = of_the_same("PartyFactory")


def _version(position: Position) -> int:
    return Position.objects.values_list("version", flat=True).get(pk=position.pk)
