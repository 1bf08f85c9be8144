"""What is to be re-checked: the queue, one cell of it, and quotes whose words changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from ..domain import decisions, stays
from ..domain.changes import KeyReused
from ..domain.contradictions import to_look_at
from ..domain.decisions import DecisionPage, get_decision
from ..domain.names import of_cell
from ..domain.permissions import Act
from ..domain.reasons import RecheckPage, get_queue, get_recheck
from ..domain.records import Refused
from ..domain.stances import Invalid
from ..forms.rechecks import DecideForm, StayForm
from .http import respond, wants_fragment
from .lists import query_without_page


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    """All cells to re-check, with why and since when."""
    queue = get_queue(negotiation, by=request.user, why=request.GET.get("reason", ""), page=request.GET.get("page"))
    kinds = [(why.value, why.label, number) for why, number in queue.counts.items()]
    context = {
        "queue": queue,
        "kinds": kinds,
        "page": queue.page,
        "query": query_without_page(request),
        "disputes": to_look_at(queue.workspace),
    }
    return respond(request, "rechecks/index.html", context, workspace=queue.workspace)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """One cell with its reasons; an analyst may say that its stance stays."""
    page = get_recheck(negotiation, party, priority, by=request.user, to=_asked(request))
    if request.method != "POST":
        return _cell(request, page, StayForm(None, alike=page.alike, seen=page.workspace.revision))
    form = StayForm(request.POST, alike=page.alike)
    if not form.is_valid():
        return _cell(request, page, form, status=422)
    told = form.cleaned_data
    try:
        stays.stay(
            page.workspace,
            page.cell.position,
            reason=told["reason"],
            seen=told["seen"],
            also=told["also"],
            by=request.user,
            key=told["key"],
        )
    except Invalid as wrong:
        form.show(wrong.errors)
        return _cell(request, page, form, status=422)
    except (Refused, KeyReused) as refused:
        page = get_recheck(negotiation, party, priority, by=request.user)  # what is there now
        form.show({"": str(refused)})
        form.renew_key(seen=page.workspace.revision)
        return _cell(request, page, form, status=409)
    if wants_fragment(request) and not told["also"]:
        page = get_recheck(negotiation, party, priority, by=request.user)
        return _cell(request, page, StayForm(None, alike=(), seen=page.workspace.revision))
    name, others = of_cell(page.cell.party.name, page.cell.priority.number), len(told["also"])
    stays_too = f" So do {others} others." if others > 1 else " So does one other."
    messages.success(request, f"{name}: the stance stays.{stays_too if others else ''}")
    if wants_fragment(request):  # other cells left the queue too
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect("rechecks", negotiation)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, negotiation: str, source: str, quote: str) -> HttpResponse:
    """A quote and what stands in its place now; an analyst may say whether it still holds."""
    page = get_decision(negotiation, source, quote, by=request.user, to=_asked(request))
    if request.method != "POST":
        return _quote(request, page, DecideForm(None, anchoring=page.anchoring or ""))
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _quote(request, page, form, status=422)
    told = form.cleaned_data
    try:
        decisions.decide(
            page.workspace,
            told["anchoring"],
            holds=told["holds"],
            reason=told["reason"],
            by=request.user,
            key=told["key"],
        )
    except Invalid as wrong:
        form.show(wrong.errors)
        return _quote(request, page, form, status=422)
    except (Refused, KeyReused) as refused:
        page = get_decision(negotiation, source, quote, by=request.user)
        form.show({"": str(refused)})
        form.renew_key(anchoring=page.anchoring or "")
        return _quote(request, page, form, status=409)
    said = "still holds" if told["holds"] else "no longer holds. What rests on it waits for a new stance"
    messages.success(request, f"Decided: the quote {said}.")
    return redirect("rechecks", negotiation)


def _asked(request: HttpRequest) -> Act:
    """Everybody may look; to send is to act."""
    return Act.EDIT if request.method == "POST" else Act.VIEW


def _cell(request: HttpRequest, page: RecheckPage, form: StayForm, status: int = 200) -> HttpResponse:
    in_place = wants_fragment(request)
    if in_place:
        form.take_focus()
    context = {"cell": page.cell, "stays": page.stays, "form": form, "in_place": in_place}
    template = "rechecks/show.html#cell" if in_place else "rechecks/show.html"
    return respond(request, template, context, workspace=page.workspace, status=status)


def _quote(request: HttpRequest, page: DecisionPage, form: DecideForm, status: int = 200) -> HttpResponse:
    context = {"page": page, "quote": page.quote, "form": form}
    return respond(request, "rechecks/decide.html", context, workspace=page.workspace, status=status)
