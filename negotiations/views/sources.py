"""The sources, and each of them with its text to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ..domain.sources import get_source, list_sources
from ..models.outlets import Reliability
from ..models.sources import SourceStatus
from .http import respond
from .lists import query_without_page


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_sources(
        negotiation,
        by=request.user,
        status=request.GET.get("status", ""),
        outlet=request.GET.get("outlet", ""),
        language=request.GET.get("language", ""),
        page=request.GET.get("page"),
    )
    context = {
        "list": found,
        "page": found.page,
        "query": query_without_page(request),
        "statuses": SourceStatus.choices,
    }
    return respond(request, "sources/index.html", context, workspace=found.workspace)


@require_safe
def show(request: HttpRequest, negotiation: str, source: str) -> HttpResponse:
    page = get_source(negotiation, source, by=request.user, text=request.GET.get("text", ""))
    context = {
        "source": page,
        "text": page.text,
        "letters": Reliability.values,
        "carried": carried(request.GET),
    }
    return respond(request, "sources/show.html", context, workspace=page.workspace)


def carried(asked: QueryDict) -> str:
    """What the citation made before is carried by, from one address to the next: `&after=…&cell=…`."""
    return "".join(f"&{urlencode({name: value})}" for name in ("after", "cell") for value in asked.getlist(name))
