"""The negotiations that somebody may see, with what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, IntegerField, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ..models import Party, Priority, Source
from ..models.negotiations import Visibility
from ..models.priorities import PriorityKind
from .permissions import Who, is_administrator, is_signed_in, visible
from .removals import present


@dataclass(frozen=True)
class Card:
    """`priorities` leaves linked matters out."""

    slug: str
    name: str
    description: str
    visibility: Visibility
    parties: int
    priorities: int
    sources: int
    revision: int


@dataclass(frozen=True)
class Entrance:
    """What the first page shows, and what it says where there is nothing."""

    cards: tuple[Card, ...]
    is_signed_in: bool
    is_administrator: bool


def _number_of(model: type[Model], **only: str) -> Coalesce:
    rows = present(model._default_manager.filter(negotiation=OuterRef("pk"), **only)).order_by()
    many = rows.values("negotiation").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(many, IntegerField()), 0)


def get_entrance(*, by: Who) -> Entrance:
    """One query."""
    rows = visible(by).annotate(
        parties_held=_number_of(Party),
        priorities_held=_number_of(Priority, kind=PriorityKind.PRIORITY),
        sources_held=_number_of(Source),
    )
    cards = (
        Card(
            slug=row.slug,
            name=row.name,
            description=row.description,
            visibility=Visibility(row.visibility),
            parties=row.parties_held,
            priorities=row.priorities_held,
            sources=row.sources_held,
            revision=row.revision,
        )
        for row in rows.order_by("name", "pk")
    )
    return Entrance(tuple(cards), is_signed_in(by), is_administrator(by))
