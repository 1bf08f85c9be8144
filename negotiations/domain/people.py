"""People: for whom they speak, where they sat, and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Q

from ..models import Attendance, Person, Quote
from .at_moment import added, how_many, recorded
from .moments import Dials, Moment, moment_asked, nothing
from .names import Named, named
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .parties import Seat, seats
from .permissions import Hidden, Who
from .quote_lists import QuoteList, quote_list
from .removals import TakenOut, taken_out, with_removed
from .undone import counting


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
    moment: Moment
    page: Page[PersonLine]


@dataclass(frozen=True)
class PersonPage:
    workspace: Workspace
    moment: Moment
    slug: str
    name: str
    party: Named
    titles: tuple[str, ...]
    aliases: tuple[str, ...]
    description: str
    seats: tuple[Seat, ...]
    quotes: QuoteList
    taken_out: TakenOut | None


def _line(row: Person) -> PersonLine:
    quotes: int = row.spoken  # type: ignore[attr-defined]
    return PersonLine(row.slug, row.name, named(row.party), tuple(row.titles), quotes)


def list_people(slug: str, *, by: Who, asked: Dials = nothing, page: str | None = None) -> PersonList:
    """A page of the people, by party in the order of the board, then by name. Three queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        rows = recorded(Person.objects.filter(negotiation_id=workspace.id), moment).select_related("party")
        quotes = counting(Quote.objects.filter(added(moment)), until=moment.until)
        rows = rows.annotate(spoken=how_many(quotes, "speaker"))
        rows = rows.order_by("party__order", "party__name", "name", "pk")
        return PersonList(workspace, moment, page_of(rows, page, _line))


def get_person(slug: str, person: str, *, by: Who, asked: Dials = nothing, all_quotes: bool = False) -> PersonPage:
    """One person. Four queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        rows = Person.objects.filter(negotiation_id=workspace.id, slug=person)
        row = with_removed(rows, until=moment.until).select_related("party").first()
        if row is None:
            raise Hidden(f"There is no person {person!r} here.")
        return PersonPage(
            workspace=workspace,
            moment=moment,
            slug=row.slug,
            name=row.name,
            party=named(row.party),
            titles=tuple(row.titles),
            aliases=tuple(row.aliases),
            description=row.description,
            seats=seats(Attendance.objects.filter(person=row), moment),
            quotes=quote_list(workspace.id, Q(speaker=row), moment, everything=all_quotes),
            taken_out=taken_out(workspace, row.removed),
        )
