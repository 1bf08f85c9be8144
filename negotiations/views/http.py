"""How views answer: one page for a browser, its fragment for htmx."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from ..domain.moments import Moment
from ..domain.negotiations import Workspace
from ..domain.permissions import Act, may_curate_something
from ..domain.removals import TakenOut
from .dials import addresses, carry_on

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
    moment: Moment | None = None,
    taken_out: TakenOut | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page (or `page.html#fragment`) with what every page needs beside its own context.

    Where it shows a past `moment`, its links lead on to the same. Of what is `taken_out` it says so.
    """
    may_curate = workspace.may_curate if workspace else may_curate_something(request.user)
    common: dict[str, Any] = {
        "revision": workspace.revision if workspace else None,
        "moment": moment,
        "taken_out": taken_out,
    }
    if moment:
        common |= addresses(request, moment)
        if moment.is_past and workspace:  # nothing is edited from the past
            workspace, may_curate = replace(workspace, act=Act.VIEW), False
    if taken_out and workspace:  # nothing is added to it
        workspace = replace(workspace, act=Act.VIEW)
    common["negotiation"] = workspace
    response = render(request, template, {**common, "may_curate": may_curate, **(context or {})}, status=status)
    if workspace and moment and moment.is_past:
        response.content = carry_on(response.content.decode(), moment, workspace.slug)
    return response


class Shown(Protocol):
    """What the domain tells of one thing, for a page of its own."""

    @property
    def workspace(self) -> Workspace: ...
    @property
    def moment(self) -> Moment: ...
    @property
    def taken_out(self) -> TakenOut | None: ...


def place_of(page: Shown) -> dict[str, Any]:
    """For `respond`: whose page it is, of which moment, and whether it was taken out."""
    return {"workspace": page.workspace, "moment": page.moment, "taken_out": page.taken_out}


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead on to another page, once something is done."""
    return HttpResponseClientRedirect(address) if wants_fragment(request) else redirect(address)


def look(request: HttpRequest) -> dict[str, str]:
    """Context processor: the reader's choice of light or dark, if any."""
    theme = request.COOKIES.get("theme", "")
    return {"theme": theme if theme in THEMES else ""}
