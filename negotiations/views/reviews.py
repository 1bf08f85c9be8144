"""Proposals: the queue of those who decide, and one of them beside what stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain import review_acts
from ..domain.changes import KeyReused
from ..domain.names import of_cell
from ..domain.positions import Outdated, Unseen
from ..domain.proposing import Decided
from ..domain.reviews import ProposalPage, get_proposal, get_queue
from ..domain.stances import Invalid
from ..forms.reviews import DecisionForm, pieces, sides
from .http import respond
from .lists import query_without_page

MOVED = "The cell has moved on since this was proposed. Nothing was recorded: look at both, then send it back."


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    """What waits for a second person, one's own proposals, and what is decided."""
    queue = get_queue(negotiation, by=request.user, which=request.GET.get("show", ""), page=request.GET.get("page"))
    context = {
        "queue": queue,
        "page": queue.page,
        "parts": [(which.value, which.value.capitalize(), number) for which, number in queue.counts.items()],
        "query": query_without_page(request),
    }
    return respond(request, "reviews/index.html", context, workspace=queue.workspace)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, negotiation: str, revision: int, party: str, priority: int) -> HttpResponse:
    """One proposal; what is sent to it accepts it, sends it back, rejects it or takes it back."""
    page = get_proposal(negotiation, revision, party, priority, by=request.user)
    if request.method != "POST":
        return _page(request, page, DecisionForm(None, seen=page.workspace.revision, comment=_begun(page)))
    form = DecisionForm(request.POST, seen=page.workspace.revision)
    if not form.is_valid():
        return _page(request, page, form, status=422)
    try:
        told = _act(request, page, form)
    except Invalid as wrong:
        form.show(wrong.errors)
        return _page(request, page, form, status=422)
    except (Outdated, Unseen, Decided, KeyReused) as refused:
        page = get_proposal(negotiation, revision, party, priority, by=request.user)  # as it is now
        form.refuse(MOVED if isinstance(refused, Outdated) else str(refused), seen=str(page.workspace.revision))
        return _page(request, page, form, status=409)
    messages.success(request, told)
    return _go_on(page)


def _act(request: HttpRequest, page: ProposalPage, form: DecisionForm) -> str:
    """Do what the form asks; what was done, as a sentence."""
    data, line = form.cleaned_data, page.proposal
    told = {"by": request.user, "comment": data["comment"], "key": data["key"]}
    cell = of_cell(line.party.name, line.priority.number)
    match request.POST.get("act"):
        case "send_back":
            review_acts.send_back(page.workspace, line.id, **told)
            return f"Sent back to {line.by}: {cell}."
        case "reject":
            review_acts.reject(page.workspace, line.id, **told)
            return f"Rejected: {cell}."
        case "withdraw":
            review_acts.withdraw(page.workspace, line.id, **told)
            return f"Your proposal for {cell} is withdrawn."
        case "accept":
            review_acts.accept(page.workspace, line.id, seen=data["seen"], **told)
            return f"Accepted and recorded: {cell}."
    raise Invalid({"": "Say what becomes of the proposal: choose one of the buttons."})


def _go_on(page: ProposalPage) -> HttpResponse:
    """To the next proposal that is open, so that one after the other is decided; without one, to the queue."""
    after = page.next or page.previous
    if after is None or page.proposal.is_mine:
        return redirect("reviews", page.workspace.slug)
    place = [page.workspace.slug, after.revision, after.party.slug, after.priority.number]
    return redirect(reverse("proposal", args=place))


def _begun(page: ProposalPage) -> str:
    """The comment with which one that can't be accepted any more is sent back."""
    if not page.proposal.has_moved:
        return ""
    return f"Stance {page.cell.version} was recorded since. Look at it, then propose again."


def _page(request: HttpRequest, page: ProposalPage, form: DecisionForm, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "line": page.proposal,
        "cell": page.cell,
        "form": form,
        "sides": sides(page.before, page.record),
        "pieces": pieces(page.before, page.record),
    }
    return respond(request, "reviews/show.html", context, workspace=page.workspace, status=status)
