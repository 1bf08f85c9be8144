"""People: for whom they speak, where they sat, and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, F, Q

from ..models import Attendance, Person
from .names import Named, named
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .parties import Seat, seat
from .permissions import Hidden, Who
from .quote_lists import QuoteList, quote_list


@dataclass(frozen=True)
class PersonLine:
    slug: str
    name: str
    party: Named
    titles: tuple[str, ...]
    quotes: int


@dataclass(frozen=True)
class PersonList:
    workspace: Workspace
    page: Page[PersonLine]


@dataclass(frozen=True)
class PersonPage:
    workspace: Workspace
    slug: str
    name: str
    party: Named
    titles: tuple[str, ...]
    aliases: tuple[str, ...]
    description: str
    seats: tuple[Seat, ...]
    quotes: QuoteList


def _line(row: Person) -> PersonLine:
    quotes: int = row.spoken  # type: ignore[attr-defined]
    return PersonLine(row.slug, row.name, named(row.party), tuple(row.titles), quotes)


def list_people(slug: str, *, by: Who, page: str | None = None) -> PersonList:
    """A page of the people, by party in the order of the board, then by name. Three queries."""
    workspace = get_workspace(slug, by=by)
    rows = Person.objects.filter(negotiation_id=workspace.id).select_related("party")
    rows = rows.annotate(spoken=Count("quotes")).order_by("party__order", "party__name", "name", "pk")
    return PersonList(workspace, page_of(rows, page, _line))


def get_person(slug: str, person: str, *, by: Who, all_quotes: bool = False) -> PersonPage:
    """One person. Four queries."""
    workspace = get_workspace(slug, by=by)
    rows = Person.objects.filter(negotiation_id=workspace.id, slug=person)
    row = rows.select_related("party").first()
    if row is None:
        raise Hidden(f"There is no person {person!r} here.")
    seats = Attendance.objects.filter(person=row).select_related("meeting", "person")
    seats = seats.order_by(F("meeting__starts_on").desc(nulls_last=True), "meeting__slug", "pk")
    return PersonPage(
        workspace=workspace,
        slug=row.slug,
        name=row.name,
        party=named(row.party),
        titles=tuple(row.titles),
        aliases=tuple(row.aliases),
        description=row.description,
        seats=tuple(seat(s) for s in seats),
        quotes=quote_list(workspace.id, Q(speaker=row), everything=all_quotes),
    )
