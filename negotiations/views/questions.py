"""The open questions: the list, each with what became of it, asking, answering, dropping, wording anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain import question_acts
from ..domain.asking import Unanswerable
from ..domain.cell_names import Grid, get_grid, ids_of
from ..domain.changes import KeyReused
from ..domain.negotiations import Workspace, get_workspace
from ..domain.permissions import Act
from ..domain.questions import QuestionPage, get_question, list_questions
from ..domain.stances import Invalid
from ..forms.keyed import Keyed
from ..forms.questions import AnswerForm, AskForm, EditForm, NoteForm
from ..models.questions import QuestionState
from .http import go_to, respond, wants_fragment
from .lists import query_without_page
from .picking import picker

OUTDATED = "Somebody changed this question meanwhile; it stands above as it reads now. Save again to keep yours."


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_questions(
        negotiation,
        by=request.user,
        asked=request.GET.get,
        state=request.GET.get("state", ""),
        page=request.GET.get("page"),
    )
    context = {
        "list": found,
        "page": found.page,
        "query": query_without_page(request),
        "states": QuestionState.choices,
    }
    return respond(request, "questions/index.html", context, workspace=found.workspace, moment=found.moment)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, negotiation: str) -> HttpResponse:
    """Ask a question; `?cell=germany:3` says about what."""
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    grid = get_grid(workspace.id)
    if request.method == "GET":
        return _asking(request, workspace, _begun(request, workspace, grid))
    form = AskForm(request.POST, grid=grid)
    if not form.is_valid():
        return _asking(request, workspace, form, status=422)
    position = ids_of(workspace.id, [form.cell]).get(form.cell) if form.cell else None
    try:
        done = question_acts.ask(
            workspace, form.wording, by=request.user, position=position, key=form.cleaned_data["key"]
        )
    except Invalid as wrong:
        form.show(wrong.errors)
        return _asking(request, workspace, form, status=422)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _asking(request, workspace, form, status=409)
    messages.success(request, "The question is asked.")
    return go_to(request, reverse("question", args=[workspace.slug, done.slug]))


def _begun(request: HttpRequest, workspace: Workspace, grid: Grid) -> AskForm:
    cell = request.GET.get("cell", "")
    if cell and not ids_of(workspace.id, [cell]):
        raise Unanswerable("The address names a cell that is not there.")
    return AskForm(None, grid=grid, cell=cell)


def _asking(request: HttpRequest, workspace: Workspace, form: AskForm, status: int = 200) -> HttpResponse:
    return respond(request, "questions/add.html", {"form": form}, workspace=workspace, status=status)


# --- one of them -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, negotiation: str, question: str) -> HttpResponse:
    """One question; what is sent to it answers it, drops it, opens it again, or words it anew."""
    if request.method != "POST":
        return _page(request, get_question(negotiation, question, by=request.user, asked=request.GET.get))
    page = get_question(negotiation, question, by=request.user, to=Act.EDIT)
    match request.POST.get("act"):
        case "drop" | "reopen" as act:
            return _turn(request, page, getattr(question_acts, act))
        case "edit":
            return _edit(request, page)
    return _answer(request, page)


def _answer(request: HttpRequest, page: QuestionPage) -> HttpResponse:
    form = AnswerForm(request.POST)
    if request.POST.get("act") == "find":
        form.leave_unchecked()
        return _page(request, page, answer=form)

    def act() -> None:
        place = form.places[0] if form.places else None
        question_acts.answer(
            page.workspace,
            page.question.slug,
            place,
            by=request.user,
            note=form.cleaned_data["note"],
            key=form.cleaned_data["key"],
        )

    return _try(request, page, form, act, "The question is answered.", answer=form)


def _turn(request: HttpRequest, page: QuestionPage, to_turn: Callable[..., Any]) -> HttpResponse:
    form = NoteForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        to_turn(page.workspace, page.question.slug, by=request.user, note=data["note"], key=data["key"])

    return _try(request, page, form, act, "It is recorded.", turn=form)


def _edit(request: HttpRequest, page: QuestionPage) -> HttpResponse:
    form = EditForm(request.POST, page=page)

    def act() -> None:
        data = form.cleaned_data
        question_acts.edit(
            page.workspace,
            page.question.slug,
            form.wording,
            by=request.user,
            version=data["version"],
            key=data["key"],
        )

    return _try(request, page, form, act, "The question is changed.", edit=form)


def _try(
    request: HttpRequest, page: QuestionPage, form: Keyed, act: Callable[[], None], done: str, **forms: Keyed
) -> HttpResponse:
    """Do what a form asks; where it can't be done, show the page with the form as it was sent."""
    if not form.is_valid():
        return _page(request, page, status=422, **forms)
    try:
        act()
    except Invalid as wrong:
        form.show(wrong.errors)
        return _page(request, page, status=422, **forms)
    except question_acts.Outdated:
        form.refuse(OUTDATED, version=page.version)
        return _page(request, page, status=409, **forms)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _page(request, page, status=409, **forms)
    messages.success(request, done)
    return go_to(request, reverse("question", args=[page.workspace.slug, page.question.slug]))


def _page(request: HttpRequest, page: QuestionPage, *, status: int = 200, **forms: Keyed) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "question": page.question, "sent": list(forms)}
    if page.workspace.may_edit and not page.moment.is_past:
        context |= {"answer": AnswerForm(None), "turn": NoteForm(None), "edit": EditForm(None, page=page), **forms}
        answer = context["answer"]
        words = request.POST.get("words", "") if "answer" in forms else ""
        about = page.question.party.slug if page.question.party else ""
        context |= picker(page.workspace.id, answer.places, words, about)
    fragment = "#answer" if "answer" in forms and wants_fragment(request) else ""
    return respond(
        request, f"questions/show.html{fragment}", context, workspace=page.workspace, moment=page.moment, status=status
    )
