"""A cell: beside the board, on a page of its own, and edited in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain import (
    comment_acts,
    comments,
    contradictions,
    drafts,
    editing,
    findings,
    meanwhile,
    positions,
    questions,
    reasons,
    reviews,
)
from ..domain.asking import Unanswerable
from ..domain.cells import Cell, get_cell
from ..domain.changes import KeyReused
from ..domain.moments import PAST_STAYS, record_of
from ..domain.permissions import Act
from ..domain.points import starts_for
from ..domain.removals import Gone
from ..domain.stances import Invalid
from ..forms.conflicts import compare
from ..forms.drafts import read_key, sent_again
from ..forms.evidence import rows_for
from ..forms.picks import merged
from ..forms.stances import StanceForm
from ..models.evidence import Bearing
from ..models.stances import SCALE, Code, Confidence
from .comments import context_of
from .http import place_of, respond, wants_fragment


@require_safe
def show(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """What a party's stance on a priority is, at a moment, on what it rests, and how it came to be."""
    cell = get_cell(negotiation, party, priority, by=request.user, asked=request.GET.get)
    return _shown(request, cell)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, negotiation: str, party: str, priority: int) -> HttpResponse:
    """Edit one cell in place; without JavaScript, on a page of its own."""
    is_sent = request.method == "POST"
    cell = get_cell(negotiation, party, priority, by=request.user, to=Act.EDIT, asked=request.GET.get, also_out=is_sent)
    if cell.is_past:
        raise Unanswerable(PAST_STAYS)
    sent = request.POST if is_sent else _draft(request, cell)
    data = merged(sent, cell) if sent is not None else None
    searched = findings.get_search(cell).told(cell.as_of) if request.GET.get("searched") and data is None else ""
    form = StanceForm(data, cell=cell, cause=request.GET.get("cause", ""), searched=searched)
    if data is None and (proposal := reviews.get_record(cell, request.GET.get("proposal"))):
        form.start_from(proposal)
    words = data.get("words", "") if data is not None else ""
    offered = editing.choices(cell, chosen=[i.quote for i in form.chosen if i.quote], words=words)
    form.offer_parties(offered.parties)
    if data is None:
        return _form(request, cell, form, offered)
    if data.get("act") == "merge" and form.is_outdated:  # also before it is good enough to be recorded
        return _conflict(request, cell, form, offered)
    if data.get("act") in ("find", "edit", "merge"):  # look for quotes, or go on editing: nothing is recorded yet
        form.leave_unchecked()
        return _form(request, cell, form, offered)
    if not form.is_valid():
        return _form(request, cell, form, offered, status=422)
    entry = positions.Entry(cell.id, form.cleaned_data["based_on"], form.draft, form.cleaned_data["seen"])
    try:
        recorded = positions.record_stances(
            cell.workspace,
            [entry],
            by=request.user,
            why=form.cleaned_data["why"],
            key=form.cleaned_data["key"],
        )
    except positions.Outdated:
        return _conflict(request, cell, form, offered)
    except positions.Unseen as unseen:
        cell = get_cell(negotiation, party, priority, by=request.user, to=Act.EDIT)
        form.show({"": str(unseen)})
        form.see(cell.workspace.revision)
        return _form(request, cell, form, offered, status=409)
    except Invalid as wrong:
        form.show(wrong.errors)
        return _form(request, cell, form, offered, status=422)
    except Gone as gone:
        form.show({"": str(gone)})
        return _form(request, cell, form, offered, status=409)
    except KeyReused as reused:
        form.show({"": str(reused)})
        form.renew_key()
        return _form(request, cell, form, offered, status=409)
    drafts.discard(cell.id, by=request.user, key=form.cleaned_data["key"])
    return _recorded(request, negotiation, party, priority, recorded)


def _draft(request: HttpRequest, cell: Cell) -> QueryDict | None:
    """The draft that is taken up, as its form would send it; what is there no longer opens the form anew."""
    key = read_key(request.GET.get("draft", ""))
    kept = drafts.get(cell.workspace, cell.id, key, by=request.user) if key else None
    return sent_again(kept, seen=cell.workspace.revision) if kept else None


PROPOSED = "Your proposal waits for a second person. Nothing on the board has changed."


def _recorded(
    request: HttpRequest, negotiation: str, party: str, priority: int, recorded: positions.Recorded
) -> HttpResponse:
    address = reverse("cell", args=[negotiation, party, priority])
    told = PROPOSED if recorded.proposed else "The stance is recorded."
    if not wants_fragment(request):
        messages.success(request, told)
        return redirect(address)
    cell = get_cell(negotiation, party, priority, by=request.user)
    response = _shown(request, cell, recorded=told)
    response["HX-Trigger"] = "cell-saved"  # the board fetches itself anew
    response["HX-Push-Url"] = address
    return response


def _shown(request: HttpRequest, cell: Cell, *, recorded: str = "") -> HttpResponse:
    """The cell with what is open about it."""
    with record_of(cell.workspace, cell.moment):
        disputes = contradictions.of_cell(cell.workspace, cell.id, cell.moment)
        context = {
            "recorded": recorded,
            "since": starts_for(cell.workspace, by=request.user) if cell.history and not cell.is_past else [],
            "contradictions": disputes,
            "fallen": [line for line in disputes if line.has_fallen],
            "questions": questions.of_cell(cell.workspace, cell.id, cell.moment),
            "drafts": [] if cell.is_past else [kept for kept in _drafts(request, cell) if kept.position == cell.id],
            **_talk(request, cell),
            "proposals": () if cell.is_past else reviews.of_cell(cell.workspace, cell.id, by=request.user),
            "reasons": [] if cell.is_past else reasons.of_cells(cell.workspace, [cell.id])[cell.id],
            "stays": reasons.stays_of(cell.id, after=cell.current.revision)
            if cell.current and not cell.is_past
            else [],
        }
    return _answer(request, "positions/show.html", cell, context)


def _drafts(request: HttpRequest, cell: Cell) -> list[drafts.Kept]:
    return drafts.mine(request.user, cell.workspace) if cell.may_edit else []


def _talk(request: HttpRequest, cell: Cell) -> dict[str, Any]:
    """What analysts say to each other about the cell; of today alone, and for nobody else."""
    if not cell.may_edit:
        return {}
    threads = comments.of_cell(cell.workspace, cell.id, by=request.user)
    return context_of(threads, comment_acts.names_to_call(cell.workspace, by=request.user))


def _form(
    request: HttpRequest, cell: Cell, form: StanceForm, offered: editing.Choices, status: int = 200
) -> HttpResponse:
    bearings = {item.quote: item.bearing for item in form.chosen if item.quote}
    mine = [kept for kept in _drafts(request, cell) if str(kept.key) != form["key"].value()]
    context = {
        "drafts": [kept for kept in mine if kept.position == cell.id],
        "elsewhere": [kept for kept in mine if kept.position != cell.id],
        "form": form,
        "reasons": reasons.of_cells(cell.workspace, [cell.id])[cell.id],
        "offered": offered,
        "words": form.data.get("words", ""),
        "quotes": [(quote, bearings.get(quote.id, "")) for quote in [*offered.chosen, *offered.found]],
        "locators": rows_for(form.chosen),
        "bearings": Bearing.choices,
        "on_scale": [(c.value, c.label) for c in SCALE],
        "off_scale": [(c.value, c.label) for c in Code if c not in SCALE],
        "confidences": Confidence.choices,
        "proposed": offered.proposed(form.chosen),
        "same_stance": form["cause"].value() == "evidence" and cell.current is not None,
    }
    return _answer(request, "positions/edit.html", cell, context, status=status)


def _conflict(request: HttpRequest, cell: Cell, form: StanceForm, offered: editing.Choices) -> HttpResponse:
    cell = get_cell(cell.workspace.slug, cell.party.slug, cell.number, by=request.user, to=Act.EDIT)
    since = meanwhile.since(cell.id, form.started_from, by=request.user)
    context = {"conflict": compare(form, cell, offered, since), "bearings": Bearing.choices}
    status = 409 if request.method == "POST" else 200  # a draft is only taken up
    return _answer(request, "positions/conflict.html", cell, context, status=status)


def _answer(
    request: HttpRequest, template: str, cell: Cell, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The whole page, or for htmx what goes into the panel."""
    fragment = "#panel" if wants_fragment(request) else ""
    board = reverse("board", args=[cell.workspace.slug])
    common = {
        "cell": cell,
        "codes": [(c.value, c.label, c in SCALE) for c in Code],
        "board_address": board,
        "address": reverse("cell", args=[cell.workspace.slug, cell.party.slug, cell.number]),
    }
    return respond(request, template + fragment, {**common, **context}, **place_of(cell), status=status)
