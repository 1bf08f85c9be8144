"""Searching a negotiation."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.search import Asked, SearchPage, search
from ..domain.search_results import NEWEST
from ..models.outlets import Reliability
from ..models.search import SearchKind
from ..models.sources import SourceStatus
from .http import respond, wants_fragment

# Fields of the form that have another name inside, where "from" is a word of the language.
FIELDS = {
    "words": "q", "kind": "kind", "party": "party", "status": "status", "reliability": "reliability",
    "language": "language", "since": "from", "until": "to", "standing": "standing", "order": "order", "page": "page",
}  # fmt: skip


@require_safe
def show(request: HttpRequest, negotiation: str) -> HttpResponse:
    """What is found; for htmx without the form that asked."""
    asked = Asked(**{name: request.GET.get(field, "") for name, field in FIELDS.items()})
    page = search(negotiation, asked, by=request.user)
    context = {
        "search": page,
        "asked": asked,
        "tabs": _tabs(request, page),
        "query": _query(request, "page"),
        "widened": _query(request, *(field for name, field in FIELDS.items() if name not in ("words", "order"))),
        "statuses": SourceStatus.choices,
        "reliabilities": Reliability.choices,
    }
    template = "search/show.html" + ("#results" if wants_fragment(request) else "")
    return respond(request, template, context, workspace=page.workspace, status=422 if page.problems else 200)


@dataclass(frozen=True)
class Tab:
    """A kind of hit to choose. `many` is empty where nobody has counted them."""

    label: str
    many: str
    query: str
    is_current: bool


def _tabs(request: HttpRequest, page: SearchPage) -> list[Tab]:
    """The kinds that there are. Where there are more hits than were counted, there are at least as many of each."""
    if page.results is None:
        return []
    kinds = page.results.kinds
    in_all = sum(kinds.values())
    end = "+" if in_all > NEWEST else ""
    chosen = page.asked.kind if page.asked.kind in SearchKind.values else ""
    base = _query(request, "page", "kind")
    there = [kind for kind in SearchKind if kind in kinds or kind == chosen or end]
    return [
        Tab("Everything", _many(in_all, end), base, not chosen),
        *(Tab(f"{k.label}s", _many(kinds.get(k, 0), end), f"{base}&kind={k}", k == chosen) for k in there),
    ]


def _many(number: int, end: str) -> str:
    return f"{min(number, NEWEST):,}{end}" if number or not end else ""


def _query(request: HttpRequest, *without: str) -> str:
    """The address's query without some of its fields, and without those that are empty."""
    query = request.GET.copy()
    for field in list(query):
        if field in without or not query[field]:
            del query[field]
    return query.urlencode()
