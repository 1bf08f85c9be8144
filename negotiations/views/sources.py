"""The sources, and each of them with its text to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ..domain.sources import get_source, list_sources
from ..domain.triage import queue_of
from ..models.outlets import Reliability
from ..models.sources import SourceStatus
from .http import respond
from .lists import query_without_page

CARRIED = ("after", "cell")  # what the next citation is offered: the quote cited before, and its cells


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_sources(
        negotiation,
        by=request.user,
        asked=request.GET.get,
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
        "triage": queue_of(found.workspace),
    }
    return respond(request, "sources/index.html", context, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, source: str) -> HttpResponse:
    asked = request.GET
    page = get_source(
        negotiation,
        source,
        by=request.user,
        asked=request.GET.get,
        text=asked.get("text", ""),
        start=asked.get("from", ""),
        near=asked.get("after", ""),
        find=asked.get("find", ""),
    )
    number = str(page.text.shown.number) if page.text else ""
    found = page.text.found.words if page.text and page.text.found else ""
    before = [(name, value) for name in CARRIED for value in asked.getlist(name)]
    context = {
        "source": page,
        "text": page.text,
        "letters": Reliability.values,
        "carried": before,
        "cite_query": urlencode([("text", number), *before]),
        "query": urlencode([("text", number), ("find", found), *before]),
    }
    taken_out = page.text.taken_out if page.text else None
    return respond(
        request, "sources/show.html", context, workspace=page.workspace, moment=page.moment, taken_out=taken_out
    )
