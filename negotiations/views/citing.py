"""Citing a passage of a source, and weighing what it says for the stances of cells."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from ..domain import citing, quotes
from ..domain.changes import KeyReused
from ..domain.citable import Citable, get_citable
from ..domain.quotes import Cited
from ..domain.stances import Invalid
from ..domain.weighing import MOST_CELLS
from ..forms.citing import CiteForm
from ..models.evidence import Bearing
from .http import respond, wants_fragment


@require_http_methods(["GET", "POST"])
def cite(request: HttpRequest, negotiation: str, source: str) -> HttpResponse:
    """Cite a passage: beside the text, or without JavaScript on a page of its own."""
    sent = request.POST if request.method == "POST" else None
    number = (sent or request.GET).get("text", "")
    desk = get_citable(negotiation, source, by=request.user, text=number, after=request.GET.get("after", ""))
    form = CiteForm(sent, desk=desk, asked=request.GET)
    if sent is None:
        return _form(request, desk, form)
    if not form.is_valid() or form.chosen is None:
        return _form(request, desk, form, status=422)
    passage = form.chosen
    try:
        quote = citing.cite(
            desk.workspace,
            desk.snapshot,
            passage.start,
            passage.end,
            form.told,
            by=request.user,
            key=form.cleaned_data["key"],
        )
    except citing.AlreadyCited as already:
        twin = quotes.get_many(desk.workspace.id, [already.quote])[already.quote]
        return _form(request, desk, form, status=422, twin=twin)
    except Invalid as wrong:
        form.show(wrong.errors)
        return _form(request, desk, form, status=422)
    except KeyReused as reused:
        form.show({"": str(reused)})
        form.renew_key()
        return _form(request, desk, form, status=409)
    return _cited(request, desk, form, quote.slug)


def _cited(request: HttpRequest, desk: Citable, form: CiteForm, quote: str) -> HttpResponse:
    """On to weighing, where cells are chosen; else back to the text, at the new mark."""
    messages.success(request, "The passage is cited.")
    cells = [("cell", cell) for cell in form.cleaned_data["cell"]]
    if cells:
        query = urlencode([*cells, ("bearing", form.cleaned_data["bearing"])])
        address = f"{reverse('weigh', args=[desk.workspace.slug, desk.slug, quote])}?{query}"
    else:
        query = urlencode([("text", desk.snapshot.number), ("after", quote)])
        address = f"{reverse('source', args=[desk.workspace.slug, desk.slug])}?{query}#q-{quote}"
    return HttpResponseClientRedirect(address) if wants_fragment(request) else redirect(address)


def _form(
    request: HttpRequest, desk: Citable, form: CiteForm, status: int = 200, twin: Cited | None = None
) -> HttpResponse:
    paragraph = str(form["paragraph"].value() or "")
    number = int(paragraph) if paragraph.isascii() and paragraph.isdigit() and len(paragraph) < 10 else 0
    checked = set(form["cell"].value() or [])
    context = {
        "is_beside": wants_fragment(request),
        "desk": desk,
        "form": form,
        "twin": twin,
        "twin_query": "?" + urlencode([("cell", cell) for cell in sorted(checked)]),
        "paragraph": number,
        "context": desk.paragraph(number),
        "checked": checked,
        "rows": [
            (party, [(n, f"{party.slug}:{n.number}" in checked) for n in desk.priorities]) for party in desk.parties
        ],
        "bearings": Bearing.choices,
        "most": MOST_CELLS,
        "back": reverse("source", args=[desk.workspace.slug, desk.slug]),
    }
    fragment = "#form" if context["is_beside"] else ""
    return respond(request, f"citing/cite.html{fragment}", context, workspace=desk.workspace, status=status)
