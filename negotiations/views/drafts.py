"""Keeping what is typed into the form of a cell, and throwing it away. A person's own drafts, seen by nobody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ..domain import drafts
from ..domain.meanwhile import Place, get_place
from ..domain.stances import Invalid
from ..forms.drafts import DraftForm
from .http import respond, wants_fragment

DISCARD = "discard"


@require_POST
def keep(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """Keep a draft as it stands, or throw it away. A script gets a line to show, a form is led on to the cell."""
    place = get_place(negotiation, party, priority, by=request.user)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _told(request, place, "This form can’t be kept as a draft.", status=422)
    cell = reverse("cell", args=[negotiation, party, priority])
    if request.POST.get("act") == DISCARD:
        drafts.discard(place.id, by=request.user, key=form.draft_key)
        return _told(request, place, "The draft is discarded.", leads_to=f"{cell}edit")
    now = timezone.now()
    based_on = form.cleaned_data["based_on"] or 0
    try:
        is_kept = drafts.keep(place, form.content, by=request.user, key=form.draft_key, based_on=based_on, at=now)
    except Invalid as wrong:
        return _told(request, place, " ".join(wrong.errors.values()), status=422)
    if not is_kept:
        return _told(request, place, "This form has been recorded already.", leads_to=cell)
    at = now.astimezone(place.workspace.zone)
    return _told(request, place, f"Draft kept at {at:%H:%M}.", leads_to=cell)


def _told(request: HttpRequest, place: Place, sentence: str, *, leads_to: str = "", status: int = 200) -> HttpResponse:
    if leads_to and not wants_fragment(request):
        messages.success(request, sentence)
        return redirect(leads_to)
    # what a browser kept by itself has come, and stands in the list now
    mine = drafts.mine(request.user, place.workspace) if request.POST.get("offer") else []
    context = {"sentence": sentence, "drafts": [kept for kept in mine if kept.position == place.id]}
    return respond(request, "drafts/keep.html", context, workspace=place.workspace, status=status)
