"""The instruments, and each of them with who signed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.instruments import get_instrument, list_instruments
from .http import respond


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_instruments(negotiation, by=request.user, asked=request.GET.get)
    return respond(request, "instruments/index.html", {"list": found}, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, instrument: str) -> HttpResponse:
    page = get_instrument(negotiation, instrument, by=request.user, asked=request.GET.get)
    return respond(request, "instruments/show.html", {"instrument": page}, workspace=page.workspace, moment=page.moment)
