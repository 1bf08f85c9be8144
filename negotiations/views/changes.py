"""The log of a negotiation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.log import get_log
from .http import respond


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    log = get_log(negotiation, by=request.user, before=request.GET.get("before", ""))
    return respond(request, "changes/index.html", {"log": log}, workspace=log.workspace)
