"""The priorities, and each of them with its column of the board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.priorities import get_priority, list_priorities
from .http import place_of, respond


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_priorities(negotiation, by=request.user, asked=request.GET.get)
    return respond(request, "priorities/index.html", {"list": found}, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, priority: int) -> HttpResponse:
    page = get_priority(negotiation, priority, by=request.user, asked=request.GET.get)
    return respond(request, "priorities/show.html", {"page": page}, **place_of(page))
