"""What the factories of a negotiation's rows share: one negotiation throughout, and a Change for each row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import factory
from django.db import connection, transaction
from django.db.models import Model
from factory.django import DjangoModelFactory

from negotiations.domain import changes
from negotiations.models import Negotiation, User

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


@contextmanager
def recorded_at(instant: datetime) -> Iterator[None]:
    """Whatever factories make in here is recorded at `instant`. In one negotiation instants only go forward."""
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)


def change(negotiation: Negotiation, by: User | None = None, **told: Any) -> changes.Taken:
    """Take one place in the log, inside the caller's transaction; `told` may name verb, what, why, key."""
    told = {"verb": "added", "what": "for a test"} | told
    if (at := _told.get()) is None:
        taken = changes.take(negotiation.pk, by=by, **told)
    else:
        taken = _bring_along(negotiation, at, told)
    negotiation.revision = taken.revision
    return taken


def _bring_along(negotiation: Negotiation, at: datetime, told: dict[str, Any]) -> changes.Taken:
    """A Change with a time of its own, as one that comes with a log from elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH raised AS (UPDATE negotiations_negotiation SET revision = revision + 1 WHERE id = %s"
            " RETURNING id, revision)"
            " INSERT INTO negotiations_change"
            " (negotiation_id, revision, at, verb, what, why, request_hash, transaction)"
            " SELECT id, revision, %s, %s, %s, '', '', '' FROM raised RETURNING id, revision, at",
            [negotiation.pk, at, told["verb"], told["what"]],
        )
        return changes.Taken(*cursor.fetchone())


def of_the_same(factory_name: str, **fields: Any) -> factory.SubFactory:
    """Another row of the same negotiation."""
    return factory.SubFactory(
        f"tests.factories.{factory_name}", negotiation=factory.SelfAttribute("..negotiation"), **fields
    )


class Owned(DjangoModelFactory):
    """A row of a negotiation: the one named, else that of any row named beside it, else a new one."""

    class Meta:
        abstract = True

    negotiation = factory.SubFactory("tests.factories.NegotiationFactory")

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Any:
        if "negotiation" not in params:
            owned = (value.negotiation for value in params.values() if hasattr(value, "negotiation_id"))
            params = {"negotiation": found, **params} if (found := next(owned, None)) else params
        return super()._generate(strategy, params)

    @classmethod
    def _create(cls, model_class: type[Model], *args: Any, **values: Any) -> Any:
        with transaction.atomic(savepoint=False):  # a row that is refused ends the test's transaction
            taken = change(values["negotiation"])
            if any(field.name == "revision" for field in model_class._meta.fields):
                values.setdefault("revision", taken.revision)
            return cls._write(model_class, values)

    @classmethod
    def _write(cls, model_class: type[Model], values: dict[str, Any]) -> Any:
        """Write the row, under the Change just taken."""
        return model_class._default_manager.create(**values)
