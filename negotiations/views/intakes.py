"""Taking a document in: handing it in, then saying what it is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ..domain import anchorings, intakes
from ..domain.changes import KeyReused
from ..domain.names import Named
from ..domain.negotiations import Workspace, get_workspace
from ..domain.permissions import Act, Hidden
from ..domain.recognising import AlreadyHere
from ..domain.sources import list_names
from ..forms.intakes import DetailsForm, HandInForm
from ..texts.extracting import Unreadable
from . import markup
from .http import respond


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, negotiation: str) -> HttpResponse:
    """Hand in a file or a text. Where it can be read, it waits to be confirmed; otherwise nothing is left."""
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    post, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HandInForm(post, files, initial={"source": request.GET.get("source", "")})
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            token = intakes.hand_in(
                workspace,
                by=request.user,
                name=file.name if file else "",
                content=file.read() if file else None,
                text=form.cleaned_data["text"],
                source=form.cleaned_data["source"],
            )
        except Unreadable as unreadable:
            form.add_error("file" if file else "text", str(unreadable))
        except AlreadyHere as here:
            return _is_here(request, workspace, here)
        else:
            return redirect("intake", negotiation, token)
    slug = form.cleaned_data.get("source", "") if form.is_bound else request.GET.get("source", "")
    context = {
        "form": form,
        "source": intakes.get_source(workspace, slug) if slug else None,
        "waiting": intakes.waiting(workspace, by=request.user),
    }
    status = 422 if form.is_bound else 200
    return respond(request, "intakes/take_in.html", context, workspace=workspace, status=status)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, negotiation: str, token: UUID) -> HttpResponse:
    """Say what a document is that waits; then it is taken in. Or throw it away."""
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    if request.POST.get("act") == "discard":
        intakes.discard(workspace, token, by=request.user)
        messages.success(request, "The document is thrown away. Nothing was kept of it.")
        return redirect("sources", negotiation)
    held = intakes.find_held(workspace, token, by=request.user)
    done = intakes.taken_in(workspace, token, by=request.user) if held is None else None
    if held is None and (done is None or request.method == "GET"):
        raise Hidden("Nothing waits here: it was taken in, thrown away, or has waited too long.")
    names = [(source.slug, source.name) for source in list_names(workspace)]
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, held=held, sources=names, today=workspace.today())
    if form.is_valid():
        try:
            source = intakes.confirm(workspace, token, form.details, by=request.user)
        except AlreadyHere as here:
            return _is_here(request, workspace, here)
        except KeyReused as reused:  # the same form, sent again with other words
            messages.error(request, str(reused))
            return redirect("source", negotiation, done.slug if done else "")
        else:
            messages.success(request, _taken_in(workspace, source))
            return redirect("source", negotiation, source.slug)
    if held is None and done is not None:
        return redirect("source", negotiation, done.slug)
    status = 422 if form.is_bound else 200
    context = {"form": form, "held": held, "outlets": intakes.outlet_names(workspace)}
    return respond(request, "intakes/confirm.html", context, workspace=workspace, status=status)


def _taken_in(workspace: Workspace, source: Named) -> str:
    """That it is taken in; of a further text, also what became of the quotes."""
    outcome = anchorings.outcome_of_newest(workspace.id, source.slug)
    if not outcome.quotes:
        return f"“{source.name}” is taken in. Read it, and cite its words."
    return markup.outcome(f"“{source.name}” has a further text.", outcome, reverse("rechecks", args=[workspace.slug]))


def _is_here(request: HttpRequest, workspace: Workspace, here: AlreadyHere) -> HttpResponse:
    messages.info(request, f"{here} Nothing was added.")
    return redirect(reverse("source", args=[workspace.slug, here.source.slug]))
