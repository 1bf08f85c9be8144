"""The one pass after citing: the stances of several cells side by side, and what a quote means for each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from ..domain import positions
from ..domain.changes import KeyReused
from ..domain.names import of_cell
from ..domain.stances import Invalid
from ..domain.weighing import MOST_CELLS, Weighing, get_weighing, read_cells
from ..forms.weighing import WeighForm, started_again
from ..models.evidence import Bearing
from ..models.stances import SCALE, Code, Confidence
from .http import respond


@require_http_methods(["GET", "POST"])
def weigh(request: HttpRequest, negotiation: str, source: str, quote: str) -> HttpResponse:
    """Choose cells for a quote, then decide for each; all of it is recorded as one act."""
    asked = request.POST if request.method == "POST" else request.GET
    weighing = get_weighing(negotiation, source, quote, read_cells(asked.getlist("cell")), by=request.user)
    if not weighing.cells:
        return _choose(request, weighing, status=422 if request.method == "POST" else 200)
    if request.method == "GET":
        form = WeighForm(None, weighing=weighing, bearing=request.GET.get("bearing", ""))
        return _page(request, weighing, form)
    form = WeighForm(request.POST, weighing=weighing)
    if not form.is_valid():
        return _page(request, weighing, form, status=422)
    if not form.entries:
        messages.info(request, "Nothing was recorded for these cells.")
        return redirect(reader_address(weighing))
    return _record(request, weighing, form)


def _record(request: HttpRequest, weighing: Weighing, form: WeighForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        recorded = positions.record_stances(
            weighing.workspace, form.entries, by=request.user, why=data["why"], key=data["key"]
        )
    except positions.Outdated:
        return _outdated(request, weighing)
    except positions.Unseen as unseen:
        return _outdated(request, weighing, str(unseen))
    except Invalid as wrong:
        form.show(wrong.errors, wrong.cells)
        return _page(request, weighing, form, status=422)
    except KeyReused as reused:
        form.add_error(None, str(reused))
        form.renew_key()
        return _page(request, weighing, form, status=409)
    cells = ", ".join(of_cell(card.cell.party.name, card.cell.number) for card in form.cards if not card.is_put_off)
    done = "Proposed, and waiting for a second person" if recorded.proposed else "Recorded"
    messages.success(request, f"{done}: {cells}.")
    return redirect(reader_address(weighing))


def _outdated(request: HttpRequest, weighing: Weighing, told: str = "") -> HttpResponse:
    """What somebody recorded meanwhile beside what was typed here; nothing was written."""
    workspace = weighing.workspace
    again = get_weighing(
        workspace.slug,
        weighing.source.slug,
        weighing.quote.slug,
        read_cells(request.POST.getlist("cell")),
        by=request.user,
    )
    form = started_again(request.POST, again)
    if told:
        form.full_clean()
        form.add_error(None, told)
    return _page(request, again, form, status=409)


def reader_address(weighing: Weighing) -> str:
    """The text at the quote; the next citation is offered what this one said."""
    cells = [("cell", f"{cell.party.slug}:{cell.number}") for cell in weighing.cells]
    query = urlencode([("text", weighing.text), ("after", weighing.quote.slug), *cells])
    address = reverse("source", args=[weighing.workspace.slug, weighing.source.slug])
    return f"{address}?{query}#q-{weighing.quote.slug}"


def _choose(request: HttpRequest, weighing: Weighing, status: int) -> HttpResponse:
    context = {
        "weighing": weighing,
        "priorities": weighing.priorities,
        "rows": [(party, [(n, False) for n in weighing.priorities]) for party in weighing.parties],
        "bearings": Bearing.choices,
        "most": MOST_CELLS,
        "back": reader_address(weighing),
    }
    return respond(request, "weighing/choose.html", context, workspace=weighing.workspace, status=status)


def _page(request: HttpRequest, weighing: Weighing, form: WeighForm, status: int = 200) -> HttpResponse:
    context = {
        "weighing": weighing,
        "form": form,
        "bearings": Bearing.choices,
        "on_scale": [(c.value, c.label) for c in SCALE],
        "off_scale": [(c.value, c.label) for c in Code if c not in SCALE],
        "confidences": Confidence.choices,
        "wrong": [card for card in form.cards if card.is_wrong],
        "moved": [card for card in form.cards if card.moved],
        "back": reader_address(weighing),
    }
    return respond(request, "weighing/weigh.html", context, workspace=weighing.workspace, status=status)
