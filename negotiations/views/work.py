"""Work among colleagues: one's own list, and watching a thing or giving it to somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..domain import assignments, comments, drafts, reviews, watches
from ..domain.asking import read_number
from ..domain.negotiations import Workspace, get_workspace
from ..domain.permissions import Act, require_account
from ..domain.stances import Invalid
from ..domain.things import Thing, get_thing
from ..forms.work import GiveForm
from .http import respond

LATELY = timedelta(days=14)  # how long one is told that a proposal was rejected


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    """What was given to whoever asks; `?of=all` that of everybody. What is sent ticks one thing off, or back on."""
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    of_all = request.GET.get("of") == "all"
    if request.method == "POST":
        done = "done" in request.POST
        number = read_number(request.POST.get("done" if done else "again"), "The number of the work")
        if number is not None:
            assignments.finish(workspace, number, by=request.user, done=done)
        return redirect(reverse("work", args=[workspace.slug]) + ("?of=all" if of_all else ""))
    open_work, done_work = assignments.list_work(workspace, by=request.user, of_all=of_all)
    context = {"open": open_work, "done": done_work, "of_all": of_all}
    if not of_all:
        context |= {
            "drafts": drafts.mine(request.user, workspace),
            "sent_back": reviews.waiting_for(workspace, by=request.user),
            "rejected": reviews.rejected(workspace, by=request.user, since=timezone.now() - LATELY),
            "mentions": comments.open_mentions(workspace, by=request.user),
        }
    return respond(request, "work/index.html", context, workspace=workspace)


@require_http_methods(["GET", "HEAD", "POST"])
def on_cell(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    return _on(request, negotiation, "cell", f"{party}:{priority}")


@require_http_methods(["GET", "HEAD", "POST"])
def on_party(request: HttpRequest, negotiation: str, party: str) -> HttpResponse:
    return _on(request, negotiation, "party", party)


@require_http_methods(["GET", "HEAD", "POST"])
def on_priority(request: HttpRequest, negotiation: str, priority: int) -> HttpResponse:
    return _on(request, negotiation, "priority", str(priority))


@require_http_methods(["GET", "HEAD", "POST"])
def on_question(request: HttpRequest, negotiation: str, question: str) -> HttpResponse:
    return _on(request, negotiation, "question", question)


def _on(request: HttpRequest, negotiation: str, kind: str, key: str) -> HttpResponse:
    """Watch one thing, or give it to an analyst."""
    workspace = get_workspace(negotiation, by=request.user)
    require_account(request.user)
    thing = get_thing(workspace, kind, key)
    if request.method != "POST":
        return _page(request, workspace, thing)
    match request.POST.get("act"):
        case "watch" if thing.may_be_watched:
            watches.watch(workspace, thing, by=request.user)
            messages.success(request, f"You watch {thing.name}. The digest tells what changes.")
        case "unwatch":
            watches.unwatch(workspace, thing, by=request.user)
            messages.success(request, f"You no longer watch {thing.name}.")
        case "give":
            return _give(request, get_workspace(negotiation, by=request.user, to=Act.EDIT), thing)
    return redirect(request.path)


def _give(request: HttpRequest, workspace: Workspace, thing: Thing) -> HttpResponse:
    form = _form(request, workspace, thing)
    if not form.is_valid():
        return _page(request, workspace, thing, form, status=422)
    data = form.cleaned_data
    try:
        assignments.give(
            workspace,
            thing,
            by=request.user,
            task=data["task"],
            analyst=data["analyst"],
            due=data["due"],
            note=data["note"],
        )
    except Invalid as wrong:
        for name, sentence in wrong.errors.items():
            form.add_error(name or None, sentence)
        return _page(request, workspace, thing, form, status=422)
    messages.success(request, "It is given. “My work” lists it for whoever has it.")
    return redirect(request.path)


def _form(request: HttpRequest, workspace: Workspace, thing: Thing) -> GiveForm:
    data = request.POST if request.method == "POST" else None
    return GiveForm(data, thing=thing, analysts=assignments.analysts(workspace), me=int(request.user.pk or 0))


def _page(
    request: HttpRequest, workspace: Workspace, thing: Thing, form: GiveForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "thing": thing,
        "is_watched": watches.is_watched(workspace, thing, by=request.user),
    }
    if workspace.may_edit and thing.may_be_given:
        context["form"] = form or _form(request, workspace, thing)
        context["works"] = assignments.work_on(workspace, thing, by=request.user)
    if thing.position:
        party, _, number = thing.key.partition(":")
        context["back"] = reverse("cell", args=[workspace.slug, party, int(number)])
    else:
        context["back"] = reverse(thing.kind, args=[workspace.slug, thing.key])
    return respond(request, "work/on.html", context, workspace=workspace, status=status)
