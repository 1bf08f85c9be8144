"""Comments: the threads of a negotiation, and those of a cell, where one says something, resolves and opens again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain import comment_acts
from ..domain.changes import KeyReused
from ..domain.comments import Talk, Thread, get_talk, list_threads
from ..domain.stances import Invalid
from ..forms.comments import CommentForm, TurnForm
from ..forms.keyed import Keyed
from .http import respond, wants_fragment
from .lists import query_without_page


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    """What is still to be talked about, where one is mentioned, and what is resolved."""
    found = list_threads(negotiation, by=request.user, which=request.GET.get("show", ""), page=request.GET.get("page"))
    context = {
        "list": found,
        "page": found.page,
        "parts": [(which.value, which.value.capitalize(), number) for which, number in found.counts.items()],
        "query": query_without_page(request),
    }
    return respond(request, "comments/index.html", context, workspace=found.workspace)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """The threads of a cell; what is sent to it says something, resolves a thread or opens one again."""
    talk = get_talk(negotiation, party, priority, by=request.user)
    if request.method != "POST":
        return _page(request, talk)
    turns = {"resolve": comment_acts.resolve, "reopen": comment_acts.reopen}
    act = turns.get(request.POST.get("act", ""))
    form: Keyed = TurnForm(request.POST) if act else CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, talk, form, status=422)
    data, cell = form.cleaned_data, talk.cell
    try:
        if act:
            act(cell.workspace, cell.id, data["thread"], by=request.user, key=data["key"])
        else:
            comment_acts.comment(
                cell.workspace, cell.id, data["text"], by=request.user, thread=data["thread"], key=data["key"]
            )
    except Invalid as wrong:
        form.show(wrong.errors)
        return _page(request, get_talk(negotiation, party, priority, by=request.user), form, status=422)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _page(request, talk, form, status=409)
    if wants_fragment(request):
        return _page(request, get_talk(negotiation, party, priority, by=request.user))
    messages.success(request, "It is noted." if act else "Your comment stands below the cell.")
    return redirect(reverse("cell", args=[negotiation, party, priority]) + "#talk")


def _page(request: HttpRequest, talk: Talk, sent: Keyed | None = None, status: int = 200) -> HttpResponse:
    """The page; for htmx the threads alone. `sent` stands where it was typed, with what is wrong with it."""
    workspace = talk.cell.workspace
    names = comment_acts.names_to_call(workspace, by=request.user)
    context = {"cell": talk.cell, **context_of(talk.threads, names, sent)}
    template = "comments/show.html#talk" if wants_fragment(request) else "comments/show.html"
    return respond(request, template, context, workspace=workspace, status=status)


def context_of(threads: tuple[Thread, ...], names: list[tuple[str, str]], sent: Keyed | None = None) -> dict[str, Any]:
    """What the threads of a cell are shown with: each with its forms, one for a new thread, and whom one may call."""
    said = sent if isinstance(sent, CommentForm) else None
    asked = str(sent.data.get("thread", "")) if sent else ""
    return {
        "talk": [
            (
                thread,
                said if said and asked == str(thread.id) else CommentForm(None, thread=thread.id),
                TurnForm(None, thread=thread.id),
            )
            for thread in threads
        ],
        "names": names,
        "new": said if said and not asked else CommentForm(None),
        "refused": sent if sent and (isinstance(sent, TurnForm) or sent.non_field_errors()) else None,
    }
