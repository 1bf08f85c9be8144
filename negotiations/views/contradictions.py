"""The contradictions: the list, each with its sides, adding one, adding to one, and ruling on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ..domain import contradiction_acts, editing
from ..domain.asking import Unanswerable
from ..domain.cell_names import get_grid, ids_of
from ..domain.changes import KeyReused
from ..domain.contradiction_drafts import Side
from ..domain.contradictions import ContradictionPage, get_contradiction, list_contradictions
from ..domain.negotiations import Workspace, get_workspace
from ..domain.permissions import Act
from ..domain.quotes import ids_by_slug
from ..domain.stances import Invalid
from ..forms.contradictions import NEW, SIDES, AddingForm, ContradictionForm, EditForm, RulingForm
from ..forms.evidence import rows_for
from ..models.contradictions import ContradictionKind, ContradictionState
from .http import go_to, respond, wants_fragment
from .lists import query_without_page
from .picking import picker

OUTDATED = "Somebody changed this contradiction meanwhile; it stands above as it reads now. Save again to keep yours."


@require_safe
def index(request: HttpRequest, negotiation: str) -> HttpResponse:
    found = list_contradictions(
        negotiation,
        by=request.user,
        asked=request.GET.get,
        state=request.GET.get("state", ""),
        kind=request.GET.get("kind", ""),
        party=request.GET.get("party", ""),
        page=request.GET.get("page"),
    )
    context = {
        "list": found,
        "page": found.page,
        "query": query_without_page(request),
        "states": ContradictionState.choices,
        "kinds": ContradictionKind.choices,
    }
    return respond(request, "contradictions/index.html", context, workspace=found.workspace, moment=found.moment)


# --- adding one ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, negotiation: str) -> HttpResponse:
    """Add a contradiction; `?cell=germany:3` and `?quote=` (of each side one) say what it begins with."""
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    if request.method == "GET":
        return _adding(request, workspace, _begun(request, workspace))
    form = ContradictionForm(request.POST)
    if request.POST.get("act") == "find":  # looking for quotes adds nothing yet
        form.leave_unchecked()
        return _adding(request, workspace, form)
    if not form.is_valid():
        return _adding(request, workspace, form, status=422)
    draft = form.draft(ids_of(workspace.id, form.cells))
    try:
        done = contradiction_acts.add(workspace, draft, by=request.user, key=form.cleaned_data["key"])
    except Invalid as wrong:
        form.show(wrong.errors)
        return _adding(request, workspace, form, status=422)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _adding(request, workspace, form, status=409)
    messages.success(request, "The contradiction is added.")
    return go_to(request, reverse("contradiction", args=[workspace.slug, done.slug]))


def _begun(request: HttpRequest, workspace: Workspace) -> ContradictionForm:
    """The form as the address begins it."""
    cells, slugs = request.GET.getlist("cell"), request.GET.getlist("quote")
    quotes = ids_by_slug(workspace.id, slugs)
    if set(slugs) - set(quotes) or set(cells) - set(ids_of(workspace.id, cells)):
        raise Unanswerable("The address names a cell or a quote that is not there.")
    return ContradictionForm(None, quotes=[quotes[slug] for slug in slugs], cells=cells)


def _adding(request: HttpRequest, workspace: Workspace, form: ContradictionForm, status: int = 200) -> HttpResponse:
    words = request.POST.get("words", "")
    chosen = {item.quote: item.bearing for item in form.chosen if item.quote}
    grid = get_grid(workspace.id)
    about = form.cells[0].partition(":")[0] if form.cells else ""
    offered = editing.choices_in(workspace.id, chosen=chosen, words=words, about=about)
    context = {
        "form": form,
        "offered": offered,
        "words": words,
        "quotes": [(quote, chosen.get(quote.id, "")) for quote in [*offered.chosen, *offered.found]],
        "locators": rows_for(form.chosen),
        "sides": [(number, f"Side {number}") for number in SIDES],
        "says": [form[f"says_{number}"] for number in SIDES],
        "priorities": grid.priorities,
        "rows": grid.rows(form.cells),
    }
    fragment = "#form" if wants_fragment(request) else ""
    return respond(request, f"contradictions/add.html{fragment}", context, workspace=workspace, status=status)


# --- one of them -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, negotiation: str, contradiction: str) -> HttpResponse:
    """One contradiction; what is sent to it adds words, rules on it, or says anew what it is about."""
    if request.method != "POST":
        return _page(request, get_contradiction(negotiation, contradiction, by=request.user, asked=request.GET.get))
    page = get_contradiction(negotiation, contradiction, by=request.user, to=Act.EDIT)
    if request.POST.get("act") == "rule":
        return _rule(request, page)
    if request.POST.get("act") == "edit":
        return _edit(request, page)
    return _add_words(request, page)


def _rule(request: HttpRequest, page: ContradictionPage) -> HttpResponse:
    form = RulingForm(request.POST, page=page)
    if not form.is_valid():
        return _page(request, page, ruling=form, status=422)
    data = form.cleaned_data
    try:
        contradiction_acts.rule(
            page.workspace,
            page.contradiction.slug,
            data["state"],
            by=request.user,
            reason=data["reason"],
            key=data["key"],
        )
    except Invalid as wrong:
        form.show(wrong.errors)
        return _page(request, page, ruling=form, status=422)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _page(request, page, ruling=form, status=409)
    messages.success(request, "The ruling is recorded.")
    return go_to(request, _address(page))


def _edit(request: HttpRequest, page: ContradictionPage) -> HttpResponse:
    form = EditForm(request.POST, page=page)
    if not form.is_valid():
        return _page(request, page, editing_form=form, status=422)
    data, workspace = form.cleaned_data, page.workspace
    try:
        contradiction_acts.edit(
            workspace,
            page.contradiction.slug,
            form.details(ids_of(workspace.id, [*form.cells, *form.without])),
            by=request.user,
            version=data["version"],
            why=data["why"],
            key=data["key"],
        )
    except Invalid as wrong:
        form.show(wrong.errors)
        return _page(request, page, editing_form=form, status=422)
    except contradiction_acts.Outdated:
        form.refuse(OUTDATED, version=page.version)
        return _page(request, page, editing_form=form, status=409)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _page(request, page, editing_form=form, status=409)
    messages.success(request, "The contradiction is changed.")
    return go_to(request, _address(page))


def _add_words(request: HttpRequest, page: ContradictionPage) -> HttpResponse:
    form = AddingForm(request.POST, page=page)
    if request.POST.get("act") == "find":
        form.leave_unchecked()
        return _page(request, page, adding=form)
    if not form.is_valid():
        return _page(request, page, adding=form, status=422)
    workspace, slug = page.workspace, page.contradiction.slug
    side, places, key = form.cleaned_data["side"], tuple(form.places), form.cleaned_data["key"]
    try:
        if side == NEW:
            new = Side(form.cleaned_data["says"], places)
            contradiction_acts.add_side(workspace, slug, new, by=request.user, key=key)
        else:
            contradiction_acts.add_places(workspace, slug, int(side), places, by=request.user, key=key)
    except Invalid as wrong:
        form.show(wrong.errors)
        return _page(request, page, adding=form, status=422)
    except KeyReused as reused:
        form.refuse(str(reused))
        return _page(request, page, adding=form, status=409)
    messages.success(request, "It is added.")
    return go_to(request, _address(page))


def _address(page: ContradictionPage) -> str:
    return reverse("contradiction", args=[page.workspace.slug, page.contradiction.slug])


def _page(
    request: HttpRequest,
    page: ContradictionPage,
    *,
    ruling: RulingForm | None = None,
    adding: AddingForm | None = None,
    editing_form: EditForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "contradiction": page.contradiction}
    if page.workspace.may_edit and not page.moment.is_past:
        adding_form = adding or AddingForm(None, page=page)
        words = request.POST.get("words", "") if adding else ""
        edit = editing_form or EditForm(None, page=page)
        grid = get_grid(page.workspace.id)
        context |= {
            "ruling": ruling or RulingForm(None, page=page),
            "adding": adding_form,
            "edit": edit,
            "is_editing": editing_form is not None,
            "priorities": grid.priorities,
            "rows": grid.rows(edit.cells),
        }
        about = page.cells[0].party.slug if page.cells else ""
        context |= picker(page.workspace.id, adding_form.places, words, about)
    fragment = "#adding" if adding and wants_fragment(request) else ""
    template = f"contradictions/show.html{fragment}"
    return respond(request, template, context, workspace=page.workspace, moment=page.moment, status=status)
