"""Passages that may be evidence for a cell: cite them, or set them aside."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ..domain.asking import read_number
from ..domain.cells import get_cell
from ..domain.changes import KeyReused
from ..domain.finding_acts import judge, read_place
from ..domain.findings import NAME, TERM, get_findings
from ..domain.permissions import Act
from ..domain.stances import Invalid
from .http import respond, wants_fragment


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """The passages found for a cell, the best first; an analyst says of one that it is not relevant."""
    if request.method == "POST":
        return _judge(request, negotiation, party, priority)
    return _page(request, negotiation, party, priority)


def _page(
    request: HttpRequest, negotiation: str, party: str, priority: int, error: str = "", status: int = 200
) -> HttpResponse:
    wanted = read_number(request.GET.get("show"), "How many passages to show")
    found = get_findings(negotiation, party, priority, by=request.user, show=wanted)
    cell = found.cell
    context = {
        "findings": found,
        "cell": cell,
        "address": reverse("findings", args=[negotiation, party, priority]),
        "cell_address": reverse("cell", args=[negotiation, party, priority]),
        "NAME": NAME,
        "TERM": TERM,
        "error": error,
    }
    return respond(request, "findings/show.html", context, workspace=cell.workspace, status=status)


def _judge(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    cell = get_cell(negotiation, party, priority, by=request.user, to=Act.EDIT)
    place, relevant = request.POST.get("place", ""), request.POST.get("relevant") == "yes"
    try:
        judge(cell, read_place(place), relevant=relevant, by=request.user, key=_key(request))
    except Invalid as wrong:
        return _page(request, negotiation, party, priority, error=next(iter(wrong.errors.values())), status=422)
    except KeyReused as reused:
        return _page(request, negotiation, party, priority, error=str(reused), status=409)
    address = reverse("findings", args=[negotiation, party, priority])
    if wants_fragment(request):
        context = {"place": place, "relevant": relevant, "address": address, "key": uuid4()}
        return respond(request, "findings/show.html#judged", context, workspace=cell.workspace)
    messages.success(request, "The passage is among those found again." if relevant else "The passage is set aside.")
    return redirect(address)


def _key(request: HttpRequest) -> UUID:
    """The key of the form, so that it is done once however often it is sent."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise Invalid({"key": "The form names no key. Open the page again."}) from None
