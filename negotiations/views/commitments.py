"""The commitments, and each of them with its events."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain.changes import KeyReused
from ..domain.commitment_events import add_step
from ..domain.commitments import CommitmentPage, get_commitment, list_commitments
from ..domain.negotiations import get_workspace
from ..domain.permissions import Act
from ..domain.stances import Invalid
from ..forms.commitments import COMMITMENT, StepForm
from ..models.commitments import Force, Stage
from . import entries
from .http import go_to, place_of, respond, wants_fragment
from .lists import query_without_page
from .picking import picker


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_commitments(
        negotiation,
        by=request.user,
        asked=request.GET.get,
        stage=request.GET.get("stage", ""),
        force=request.GET.get("force", ""),
        page=request.GET.get("page"),
    )
    context = {
        "list": found,
        "page": found.page,
        "query": query_without_page(request),
        "stages": Stage.choices,
        "forces": Force.choices,
    }
    return respond(request, "commitments/index.html", context, workspace=found.workspace, moment=found.moment)


@require_safe
def show(request: HttpRequest, negotiation: str, commitment: str) -> HttpResponse:
    page = get_commitment(negotiation, commitment, by=request.user, asked=request.GET.get)
    context = {"commitment": page.commitment, "steps": page.steps}
    return respond(request, "commitments/show.html", context, **place_of(page))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, negotiation: str) -> HttpResponse:
    return entries.add(request, negotiation, COMMITMENT)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, negotiation: str, commitment: str) -> HttpResponse:
    return entries.edit(request, negotiation, commitment, COMMITMENT)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, negotiation: str, commitment: str) -> HttpResponse:
    """Add a step: how far it has come, and how we know."""
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    page = get_commitment(negotiation, commitment, by=request.user)
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.POST.get("act") == "find":
        form.leave_unchecked()
        return _step(request, page, form)
    if not form.is_bound or not form.is_valid():
        return _step(request, page, form, status=422 if form.is_bound else 200)
    try:
        add_step(workspace, commitment, form.step, by=request.user, key=form.cleaned_data["key"])
    except Invalid as wrong:
        form.show(wrong.errors)
        return _step(request, page, form, status=422)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _step(request, page, form, status=409)
    messages.success(request, "The step is added.")
    return go_to(request, reverse("commitment", args=[workspace.slug, commitment]))


def _step(request: HttpRequest, page: CommitmentPage, form: StepForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "commitment": page.commitment, "steps": page.steps}
    words = request.POST.get("words", "")
    context |= picker(page.workspace.id, form.places, words, page.commitment.party.slug)
    fragment = "#form" if wants_fragment(request) else ""
    return respond(request, f"commitments/step.html{fragment}", context, workspace=page.workspace, status=status)
