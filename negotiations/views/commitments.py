"""The commitments, and each of them with its events."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..domain.commitments import get_commitment, list_commitments
from ..models.commitments import Force, Stage
from .http import respond
from .lists import query_without_page


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
    return respond(request, "commitments/show.html", context, workspace=page.workspace, moment=page.moment)
