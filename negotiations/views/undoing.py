"""Undoing an act: what that would do, what stands in its way, and doing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ..domain import undoing
from ..domain.changes import KeyReused
from ..domain.records import Refused
from ..domain.stances import Invalid
from ..domain.undoing import UndoPage, get_undo
from ..forms.undoing import UndoForm
from .http import respond

MOVED = "Something was done meanwhile, so undoing does something else now. Nothing was undone: look again, then decide."


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, negotiation: str, revision: int) -> HttpResponse:
    """Undo one act, all of it or nothing."""
    page = get_undo(negotiation, revision, by=request.user)
    if request.method != "POST":
        return _shown(request, page, UndoForm(None, seen=page.seen))
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    told = form.cleaned_data
    try:
        done = undoing.undo(
            page.workspace, revision, why=told["reason"], seen=told["seen"], by=request.user, key=told["key"]
        )
    except Invalid as wrong:
        form.show({"reason" if name == "why" else name: said for name, said in wrong.errors.items()})
        return _shown(request, page, form, status=422)
    except undoing.Moved:
        return _anew(request, negotiation, revision, form, MOVED)
    except (Refused, KeyReused) as refused:
        return _anew(request, negotiation, revision, form, str(refused))
    messages.success(request, f"Revision {revision} is undone.")
    return redirect("change", negotiation, done.revision)


def _anew(request: HttpRequest, negotiation: str, revision: int, form: UndoForm, sentence: str) -> HttpResponse:
    """What undoing would do now, with the reason that was typed."""
    page = get_undo(negotiation, revision, by=request.user)
    form.refuse(sentence, seen=page.seen)
    return _shown(request, page, form, status=409)


def _shown(request: HttpRequest, page: UndoPage, form: UndoForm, status: int = 200) -> HttpResponse:
    context = {"undo": page, "act": page.act.act, "plan": page.plan, "form": form}
    return respond(request, "undoing/undo.html", context, workspace=page.workspace, status=status)
