"""The people, and each of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain.people import get_person, list_people
from ..forms.people import PERSON
from . import entries
from .http import place_of, respond
from .lists import query_without_page, wants_all_quotes


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_people(negotiation, by=request.user, asked=request.GET.get, page=request.GET.get("page"))
    context = {"page": found.page, "query": query_without_page(request)}
    return respond(request, "people/index.html", context, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, person: str) -> HttpResponse:
    page = get_person(negotiation, person, by=request.user, asked=request.GET.get, all_quotes=wants_all_quotes(request))
    return respond(request, "people/show.html", {"person": page}, **place_of(page))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, negotiation: str) -> HttpResponse:
    return entries.add(request, negotiation, PERSON)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, negotiation: str, person: str) -> HttpResponse:
    return entries.edit(request, negotiation, person, PERSON)
