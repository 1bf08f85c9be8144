"""The digest of what one watches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ..domain import digests
from ..domain.asking import read_number
from ..domain.negotiations import get_workspace
from ..domain.permissions import require_account
from .http import respond


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, negotiation: str) -> HttpResponse:
    """What is new in what one watches; what is sent marks it as read, or asks for it by e-mail."""
    workspace = get_workspace(negotiation, by=request.user)
    require_account(request.user)
    if request.method != "POST":
        digest = digests.get_digest(workspace, by=request.user)
        return respond(request, "digests/show.html", {"digest": digest}, workspace=workspace)
    match request.POST.get("act"):
        case "read" if (revision := read_number(request.POST.get("revision"), "The revision")) is not None:
            digests.mark_read(workspace, revision, by=request.user)
        case "mail" | "no-mail" as act:
            digests.send_by_mail(workspace, act == "mail", by=request.user)
            messages.success(request, _told(request) if act == "mail" else "No more e-mail comes.")
    return redirect("digest", negotiation=workspace.slug)


def _told(request: HttpRequest) -> str:
    has_address = bool(getattr(request.user, "email", ""))
    return f"The digest comes by e-mail{'' if has_address else ', once your account has an address'}."
