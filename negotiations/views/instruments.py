"""The instruments, and each of them with who signed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain.instruments import get_instrument, list_instruments
from ..forms.instruments import INSTRUMENT
from . import entries
from .http import place_of, respond


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_instruments(negotiation, by=request.user, asked=request.GET.get)
    return respond(request, "instruments/index.html", {"list": found}, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, instrument: str) -> HttpResponse:
    page = get_instrument(negotiation, instrument, by=request.user, asked=request.GET.get)
    return respond(request, "instruments/show.html", {"instrument": page}, **place_of(page))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, negotiation: str) -> HttpResponse:
    return entries.add(request, negotiation, INSTRUMENT)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, negotiation: str, instrument: str) -> HttpResponse:
    return entries.edit(request, negotiation, instrument, INSTRUMENT)
