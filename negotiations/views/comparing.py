"""What changed between two moments: a page, a file, and the mark of a brief."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from ..domain import visits
from ..domain.asking import Unanswerable, read_number
from ..domain.cell_names import CellName, get_name
from ..domain.comparing import Comparison, compare, of_cell
from ..domain.meetings import list_meetings
from ..domain.moments import now
from ..domain.negotiations import Workspace, get_workspace
from ..domain.permissions import is_signed_in
from ..domain.points import read_end, read_start, starts_for
from ..exchange.comparison_csv import written
from .http import respond


@require_safe
def show(request: HttpRequest, negotiation: str) -> HttpResponse:
    """`?from=` and `?to=`: each a meeting, a revision or a day; without `to`, now; without `from`, ways to choose.

    `?cell=`, such as germany:3, tells of one cell alone.
    """
    workspace = get_workspace(negotiation, by=request.user)
    asked = request.GET.get("from", "")
    name = request.GET.get("cell", "")
    cell = get_name(workspace.id, name) if name else None
    comparison, wrong = None, ""
    try:
        comparison = _compared(request, workspace, cell) if asked else None
    except Unanswerable as unanswerable:
        wrong = str(unanswerable)
    context = {
        "comparison": comparison,
        "wrong": wrong,
        "cell": cell,
        "asked_from": asked,
        "asked_to": request.GET.get("to", ""),
        "meetings": [m for m in list_meetings(negotiation, by=request.user).meetings if m.starts_on],
        "since": starts_for(workspace, by=request.user),
        "may_mark": is_signed_in(request.user),
        "csv": f"{reverse('compare_csv', args=[workspace.slug])}?{request.GET.urlencode()}",
        "on_board": _on_board(comparison, workspace.slug) if comparison else "",
    }
    return respond(request, "comparing/show.html", context, workspace=workspace, status=400 if wrong else 200)


def _compared(request: HttpRequest, workspace: Workspace, cell: CellName | None) -> Comparison:
    end = read_end(workspace, request.GET.get("to", ""), now(workspace), by=request.user)
    start = read_start(workspace, request.GET.get("from") or "0", end, by=request.user)
    comparison = compare(workspace, start, end)
    return of_cell(comparison, cell) if cell else comparison


def _on_board(comparison: Comparison, slug: str) -> str:
    query = urlencode([*comparison.end.moment.dials, ("compare", comparison.start.asked)])
    return f"{reverse('board', args=[slug])}?{query}"


@require_safe
def download(request: HttpRequest, negotiation: str) -> HttpResponse:
    """The same as a file for a spreadsheet; without `from`, since before anything was recorded."""
    workspace = get_workspace(negotiation, by=request.user)
    name = request.GET.get("cell", "")
    content = written(_compared(request, workspace, get_name(workspace.id, name) if name else None))
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{negotiation}-changes.csv"'},
    )


@require_POST
def brief(request: HttpRequest, negotiation: str) -> HttpResponse:
    """Mark that one has briefed others on what `revision` says, so that the next time begins there."""
    workspace = get_workspace(negotiation, by=request.user)
    revision = read_number(request.POST.get("revision"), "The revision")
    visits.mark_brief(workspace, by=request.user, revision=workspace.revision if revision is None else revision)
    messages.success(request, "Your brief is marked; “since my last brief” begins here.")
    return redirect("compare", negotiation=workspace.slug)
