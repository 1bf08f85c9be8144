"""The meetings, and each of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain.meetings import get_meeting, list_meetings
from ..forms.meetings import MEETING
from . import entries
from .http import place_of, respond
from .lists import wants_all_quotes


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_meetings(negotiation, by=request.user, asked=request.GET.get)
    return respond(request, "meetings/index.html", {"list": found}, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, meeting: str) -> HttpResponse:
    page = get_meeting(
        negotiation, meeting, by=request.user, asked=request.GET.get, all_quotes=wants_all_quotes(request)
    )
    return respond(request, "meetings/show.html", {"meeting": page}, **place_of(page))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, negotiation: str) -> HttpResponse:
    return entries.add(request, negotiation, MEETING)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, negotiation: str, meeting: str) -> HttpResponse:
    return entries.edit(request, negotiation, meeting, MEETING)
