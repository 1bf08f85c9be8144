"""The first page: the negotiations that one may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.negotiation_cards import get_entrance
from .http import respond


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return respond(request, "negotiations/index.html", {"entrance": get_entrance(by=request.user)})
