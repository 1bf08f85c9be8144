"""What an open form asks every few seconds: has somebody recorded a stance of this cell?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..domain.meanwhile import get_place, since
from .http import respond

NEWEST = 3  # stances that the notice tells of by themselves


@require_safe
def show(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """A notice of what came in after `?since=`, a version of the cell; 304 where the asker knows it already.

    The tag is the version in the cell's row, read for this very answer, so a tag that matches is never stale.
    """
    place = get_place(negotiation, party, priority, by=request.user)
    tag = f'"{place.version}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        version = request.GET.get("since", "")
        known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else place.version
        found = since(place.id, known, by=request.user) if known < place.version else []
        context = {
            "newest": found[-NEWEST:],
            "more": len(found[:-NEWEST]),
            "address": reverse("cell", args=[negotiation, party, priority]),
        }
        response = respond(request, "meanwhile/show.html", context, workspace=place.workspace)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
