"""How views answer: one page for a browser, its fragment for htmx."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from ..domain.negotiations import Workspace
from ..domain.permissions import may_curate_something

THEMES = ("light", "dark")


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part to put into the page; going back in history wants the whole page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def respond(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    workspace: Workspace | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page (or `page.html#fragment`) with what every page needs beside its own context."""
    may_curate = workspace.may_curate if workspace else may_curate_something(request.user)
    common = {"negotiation": workspace, "revision": workspace.revision if workspace else None}
    return render(request, template, {**common, "may_curate": may_curate, **(context or {})}, status=status)


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead on to another page, once something is done."""
    return HttpResponseClientRedirect(address) if wants_fragment(request) else redirect(address)


def look(request: HttpRequest) -> dict[str, str]:
    """Context processor: the reader's choice of light or dark, if any."""
    theme = request.COOKIES.get("theme", "")
    return {"theme": theme if theme in THEMES else ""}
