"""The meetings, and each of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.meetings import get_meeting, list_meetings
from .http import respond
from .lists import wants_all_quotes


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_meetings(negotiation, by=request.user)
    return respond(request, "meetings/index.html", {"list": found}, workspace=found.workspace)


@require_safe
def show(request: HttpRequest, negotiation: str, meeting: str) -> HttpResponse:
    page = get_meeting(negotiation, meeting, by=request.user, all_quotes=wants_all_quotes(request))
    return respond(request, "meetings/show.html", {"meeting": page}, workspace=page.workspace)
