"""The log of a negotiation, as a page and as feeds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..domain import changes, log_filters
from ..domain.acts import get_act
from ..domain.comparing import since_last_meeting
from ..domain.log import get_log, newest
from ..domain.negotiations import get_workspace
from ..exchange.feed import atom
from ..models.stances import Cause
from .http import respond


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    filters = log_filters.read(request.GET.get)
    log = get_log(negotiation, by=request.user, before=request.GET.get("before", ""), filters=filters)
    query = request.GET.copy()
    query.pop("before", None)
    context = {"log": log, "causes": Cause.choices, "query": query.urlencode() if filters.any else ""}
    return respond(request, "changes/index.html", context, workspace=log.workspace)


@require_safe
def show(request: HttpRequest, negotiation: str, revision: int) -> HttpResponse:
    """All that one act did."""
    page = get_act(negotiation, revision, by=request.user, page=request.GET.get("page"))
    return respond(request, "changes/show.html", {"act": page.act, "page": page.parts}, workspace=page.workspace)


@require_safe
def feed(request: HttpRequest, negotiation: str) -> HttpResponseBase:
    """The newest acts as an Atom feed; the address takes the log's filters. Unchanged, it costs one query."""
    workspace = get_workspace(negotiation, by=request.user)
    shown = [workspace.id, workspace.revision, workspace.today(), workspace.may_curate, request.GET.urlencode()]
    etag = quote_etag(changes.hash_of(shown))
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    page = request.build_absolute_uri(reverse("changes", args=[negotiation]))
    filters = log_filters.read(request.GET.get)
    entries = newest(workspace, filters)
    since = None if filters.any or not entries else since_last_meeting(workspace)
    compared = request.build_absolute_uri(reverse("compare", args=[negotiation]))
    content, media_type = atom(
        title=f"{workspace.name}: changes",
        page=page,
        feed=request.build_absolute_uri(),
        entries=entries,
        address=lambda entry: f"{page}?before={entry.revision + 1}#r{entry.revision}",
        since=(since, f"{compared}?from={since.start.asked}", entries[0].at) if since else None,
    )
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    return HttpResponse(content, content_type=media_type, headers=headers)
