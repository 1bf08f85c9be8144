"""The history of a cell, and of every other thing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.histories import HistoryPage, get_cell_history, get_history
from .http import respond


@require_safe
def cell(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """Every judgement of a cell and what else was done about it, each beside what stood before, word by word."""
    before = request.GET.get("before", "")
    return _shown(request, get_cell_history(negotiation, party, priority, by=request.user, before=before))


@require_safe
def show(request: HttpRequest, negotiation: str, kind: str, key: str) -> HttpResponse:
    """The same of a party, a source, a meeting…; `key` is its slug, or its number."""
    before = request.GET.get("before", "")
    return _shown(request, get_history(negotiation, kind, key, by=request.user, before=before))


def _shown(request: HttpRequest, history: HistoryPage) -> HttpResponse:
    return respond(
        request, "histories/show.html", {"history": history}, workspace=history.workspace, taken_out=history.taken_out
    )
