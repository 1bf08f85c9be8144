"""The code book, the same for every negotiation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.codebook import get_codebook
from .http import respond


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return respond(request, "codebook/show.html", {"book": get_codebook()})
