"""The tree of who repeats whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.origin_trees import get_origins
from .http import respond


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    page = get_origins(negotiation, by=request.user)
    return respond(request, "origins/index.html", {"page": page}, workspace=page.workspace)
