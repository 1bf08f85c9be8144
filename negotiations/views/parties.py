"""The parties, and each of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.parties import get_party, list_parties
from .http import place_of, respond
from .lists import wants_all_quotes


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_parties(negotiation, by=request.user, asked=request.GET.get)
    return respond(request, "parties/index.html", {"list": found}, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, party: str) -> HttpResponse:
    page = get_party(negotiation, party, by=request.user, asked=request.GET.get, all_quotes=wants_all_quotes(request))
    return respond(request, "parties/show.html", {"party": page}, **place_of(page))
