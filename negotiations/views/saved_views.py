"""Saved views of the board: the list, keeping one, deleting one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ..domain import saved_views
from ..domain.asking import Unanswerable
from ..domain.negotiations import Workspace, get_workspace
from ..domain.permissions import is_signed_in, require_account
from ..domain.stances import Invalid
from ..forms.saved_views import SaveForm
from .http import respond, wants_fragment

LONGEST_ID = 18  # digits


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    """The views that one may use. `?query=` begins a new one; what is sent keeps it, or deletes one."""
    workspace = get_workspace(negotiation, by=request.user)
    if request.method != "POST":
        return _page(request, workspace, SaveForm(initial={"query": request.GET.get("query", "")}))
    require_account(request.user)
    if "delete" in request.POST:
        number = request.POST["delete"]
        if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
            raise Unanswerable("Say which view is to be deleted.")
        saved_views.delete(workspace, int(number), by=request.user)
        messages.success(request, "The view is deleted.")
        return redirect("saved_views", negotiation=workspace.slug)
    form = SaveForm(request.POST)
    if not form.is_valid():
        return _page(request, workspace, form, status=422)
    data = form.cleaned_data
    try:
        saved_views.save(workspace, by=request.user, name=data["name"], query=data["query"], shared=data["shared"])
    except Invalid as wrong:
        for name, sentence in wrong.errors.items():
            form.add_error(name or None, sentence)
        return _page(request, workspace, form, status=422)
    messages.success(request, f"The view “{data['name']}” is saved.")
    kept = saved_views.clean(data["query"])
    return redirect(reverse("board", args=[workspace.slug]) + (f"?{kept}" if kept else ""))


def _page(request: HttpRequest, workspace: Workspace, form: SaveForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "views": saved_views.list_views(workspace, by=request.user),
        "may_keep": is_signed_in(request.user),
        "query": request.GET.get("query", ""),
    }
    fragment = "#menu" if wants_fragment(request) and request.method == "GET" else ""
    return respond(request, f"saved_views/index.html{fragment}", context, workspace=workspace, status=status)
