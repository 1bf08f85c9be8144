"""Going to a cell by typing what it is called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from ..domain.jumps import find
from ..domain.negotiations import get_workspace
from .dials import DIALS
from .http import respond, wants_fragment


@require_safe
def jump(request: HttpRequest, negotiation: str) -> HttpResponse:
    """To the cell that is meant; where several may be, or none, a list to choose from."""
    workspace = get_workspace(negotiation, by=request.user)
    text = request.GET.get("to", "")
    kept = urlencode([(name, request.GET[name]) for name in DIALS if request.GET.get(name)])
    query = f"?{kept}" if kept else ""
    hits = [
        (hit, reverse("cell", args=[workspace.slug, hit.party, hit.number]) + query) for hit in find(workspace, text)
    ]
    if wants_fragment(request):
        return respond(request, "jumps/jump.html#hits", {"hits": hits, "text": text}, workspace=workspace)
    if len(hits) == 1:
        return redirect(hits[0][1])
    return respond(request, "jumps/jump.html", {"hits": hits, "text": text}, workspace=workspace)
