"""The people, and each of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.people import get_person, list_people
from .http import respond
from .lists import query_without_page, wants_all_quotes


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_people(negotiation, by=request.user, page=request.GET.get("page"))
    context = {"page": found.page, "query": query_without_page(request)}
    return respond(request, "people/index.html", context, workspace=found.workspace)


@require_safe
def show(request: HttpRequest, negotiation: str, person: str) -> HttpResponse:
    page = get_person(negotiation, person, by=request.user, all_quotes=wants_all_quotes(request))
    return respond(request, "people/show.html", {"person": page}, workspace=page.workspace)
