"""Why cells are to be looked at again, as pages tell it: the queue, one cell, and what was said of it before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from ..models import Anchoring, Change, Outlet, Position, Source, Stay
from ..models.quotes import AnchorState
from ..texts.differing import Compared, compare
from . import quotes, rechecks
from .alike import Alike, alike_to
from .log import with_change
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace, get_workspace
from .paging import ON_A_PAGE
from .permissions import Act, Hidden, Who
from .quotes import Cited
from .rechecks import Open, Why
from .undone import counting


@dataclass(frozen=True)
class Changed:
    """A quote in a later text: what was cited beside what stands there now. `text` is that text's number.

    `decided` is the reason of whoever said that it no longer holds; empty where nobody has decided.
    """

    state: AnchorState
    text: int
    own_text: int
    compared: Compared
    decided: str


@dataclass(frozen=True)
class Reason:
    """Why a cell is to be looked at again, since which revision and when.

    `before` and `now` are grades or a status in words, `because` the reason that was given for them.
    Without a `before`, it never was graded better.
    """

    why: Why
    since: int
    at: datetime
    quote: Cited | None = None
    changed: Changed | None = None
    source: Named | None = None
    outlet: str = ""
    before: str = ""
    now: str = ""
    because: str = ""
    origins: int = 0


@dataclass(frozen=True)
class Recheck:
    """A cell with its open reasons, the oldest first."""

    position: int
    party: Named
    priority: Numbered
    code: str
    red_line: bool
    confidence: str
    rationale: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Queue:
    """A page of the cells to re-check, in the order of the board. `counts`: how many cells have a reason of each kind.

    `many` counts the cells of all kinds.
    """

    workspace: Workspace
    page: Page[Position]
    cells: tuple[Recheck, ...]
    why: str
    counts: Mapping[Why, int]
    many: int


@dataclass(frozen=True)
class Stayed:
    """Somebody looked at the cell before, and its stance stayed."""

    reason: str
    by: str
    at: datetime
    revision: int


@dataclass(frozen=True)
class RecheckPage:
    """`alike`: empty for those who only look."""

    workspace: Workspace
    cell: Recheck
    stays: tuple[Stayed, ...]
    alike: tuple[Alike, ...]


def get_queue(slug: str, *, by: Who, why: str = "", page: str | None = None) -> Queue:
    """The cells to re-check, fifty to a page; only those with a reason of the kind `why`, if it is one.

    At most ten queries.
    """
    workspace = get_workspace(slug, by=by)
    found = rechecks.find_all(workspace.id)
    counts = Counter(kind for kind, _ in {(each.why, each.position) for each in found})
    why = why if why in Why.values else ""
    wanted = {each.position for each in found if not why or each.why == why}
    rows = Position.objects.filter(pk__in=wanted).select_related("party", "priority")
    part = Paginator(rows.order_by("party__order", "party__name", "priority__number"), ON_A_PAGE).get_page(page)
    return Queue(
        workspace=workspace,
        page=part,
        cells=_rechecks(workspace, list(part), found),
        why=why,
        counts={kind: counts[kind] for kind in Why if counts[kind]},
        many=len({each.position for each in found}),
    )


def get_recheck(slug: str, party: str, number: int, *, by: Who, to: Act = Act.VIEW) -> RecheckPage:
    """One cell with its open reasons and what was said of it before; Hidden where there is no such cell."""
    workspace = get_workspace(slug, by=by, to=to)
    rows = Position.objects.filter(negotiation_id=workspace.id, party__slug=party, priority__number=number)
    cell = rows.select_related("party", "priority").first()
    if cell is None:
        raise Hidden("There is no such cell.")
    found = rechecks.find_open(workspace.id, positions=[cell.pk])
    [recheck] = _rechecks(workspace, [cell], found)
    alike = alike_to(cell, found) if found and workspace.may_edit else ()
    return RecheckPage(workspace, recheck, stays_of(cell.pk), alike)


def stays_of(position: int, *, after: int = 0) -> tuple[Stayed, ...]:
    """Who said since revision `after` that the stance of a cell stays, and why; the newest first. One query."""
    rows = with_change(counting(Stay.objects.filter(position_id=position, revision__gt=after))).order_by("-revision")
    return tuple(Stayed(row.reason, row.by_name, row.at, row.revision) for row in rows)


def of_cells(workspace: Workspace, positions: Sequence[int]) -> Mapping[int, tuple[Reason, ...]]:
    """The open reasons of cells, by the cell's id, the oldest first. At most six queries."""
    return _in_words(workspace.id, rechecks.find_open(workspace.id, positions=positions))


def _rechecks(workspace: Workspace, cells: Sequence[Position], found: Iterable[Open]) -> tuple[Recheck, ...]:
    shown = {cell.pk for cell in cells}
    reasons = _in_words(workspace.id, [each for each in found if each.position in shown])
    return tuple(
        Recheck(
            position=cell.pk,
            party=named(cell.party),
            priority=numbered(cell.priority),
            code=cell.code,
            red_line=cell.red_line,
            confidence=cell.confidence,
            rationale=cell.rationale,
            reasons=reasons[cell.pk],
        )
        for cell in cells
    )


def _in_words(negotiation: int, found: Sequence[Open]) -> Mapping[int, tuple[Reason, ...]]:
    """The reasons by cell. At most five queries, however many there are."""
    by_cell: dict[int, tuple[Reason, ...]] = defaultdict(tuple)
    if not found:
        return by_cell
    on = {why: {each.on for each in found if each.why == why and each.on} for why in Why}
    moments = Change.objects.filter(negotiation=negotiation, revision__in={each.since for each in found})
    places = Anchoring.objects.select_related("quote__snapshot").defer("quote__snapshot__text")
    told = _Told(
        at={change.revision or 0: change.at for change in moments.only("revision", "at")},
        quotes=quotes.get_many(negotiation, on[Why.ANCHOR] | on[Why.CLAIM]),
        places=places.in_bulk([each.told["anchoring"] for each in found if each.why == Why.ANCHOR]),
        sources={row.pk: named(row) for row in Source.objects.filter(pk__in=on[Why.SOURCE])},
        outlets=dict(Outlet.objects.filter(pk__in=on[Why.OUTLET]).values_list("pk", "name")),
    )
    for each in sorted(found, key=lambda each: (each.since, list(Why).index(each.why), each.on or 0)):
        by_cell[each.position] += (told.of(each),)
    return by_cell


@dataclass(frozen=True)
class _Told:
    """What the sentences name, by id; `at` by revision."""

    at: Mapping[int, datetime]
    quotes: Mapping[int, Cited]
    places: Mapping[int, Anchoring]
    sources: Mapping[int, Named]
    outlets: Mapping[int, str]

    def of(self, each: Open) -> Reason:
        said = each.told
        return Reason(
            why=each.why,
            since=each.since,
            at=self.at[each.since],
            quote=self.quotes.get(each.on or 0) if each.why in (Why.ANCHOR, Why.CLAIM) else None,
            changed=_changed(self.places[said["anchoring"]], said) if each.why == Why.ANCHOR else None,
            source=self.sources[each.on or 0] if each.why == Why.SOURCE else None,
            outlet=self.outlets[each.on or 0] if each.why == Why.OUTLET else "",
            before=str(said.get("before") or ""),
            now=str(said.get("now", "")),
            because=said.get("why", ""),
            origins=said.get("origins", 0),
        )


def _changed(place: Anchoring, said: Mapping[str, Any]) -> Changed:
    return Changed(
        state=AnchorState(place.state),
        text=said["text"],
        own_text=place.quote.snapshot.number,
        compared=compare(place.quote.exact, place.found),
        decided=said["decided"] or "",
    )
