"""Adding and editing what analysts keep: a row and its links, sent as one; and what others did meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from ..database.one_moment import one_moment
from ..domain import entries
from ..domain.acting import Done
from ..domain.changes import KeyReused
from ..domain.negotiations import Workspace, get_workspace
from ..domain.permissions import Act
from ..domain.records import Refused, changes_of
from ..domain.removals import Gone
from ..forms.entries import Entry, with_more_rows
from ..forms.entry_conflicts import TAKE, Meanwhile
from ..forms.kinds import Kind
from .http import go_to, respond, wants_fragment

MORE_ROWS = "more-"


def add(request: HttpRequest, negotiation: str, kind: Kind) -> HttpResponse:
    """Add one; it gets a slug of its name."""
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    if request.method == "GET":
        return _page(request, Entry(kind, workspace))
    return _send(request, Entry(kind, workspace, _data(request, kind)))


def edit(request: HttpRequest, negotiation: str, slug: str, kind: Kind) -> HttpResponse:
    """Edit one with its links."""
    if request.method == "GET":
        bool(request.user)  # looked up first: that may end a session, and in here nothing can be written
        with one_moment():  # the revision that the form names is that of what it shows
            workspace, row = _get(request, negotiation, slug, kind)
            return _page(request, Entry(kind, workspace, row=row))
    workspace, row = _get(request, negotiation, slug, kind, also_out=True)  # which is told beside what was typed
    entry = Entry(kind, workspace, _data(request, kind), row=row)
    if entry.act.startswith(TAKE):
        data = Meanwhile(entry).taking(entry.act.removeprefix(TAKE))
        return _page(request, Entry(kind, workspace, data, row=_again(workspace, entry)).leave_unchecked())
    return _send(request, entry)


def _get(
    request: HttpRequest, negotiation: str, slug: str, kind: Kind, *, also_out: bool = False
) -> tuple[Workspace, Any]:
    workspace = get_workspace(negotiation, by=request.user, to=Act.EDIT)
    return workspace, entries.get_entry(workspace, kind.model, slug, also_out=also_out)


def _data(request: HttpRequest, kind: Kind) -> QueryDict:
    act = request.POST.get("act", "")
    if act.startswith(MORE_ROWS):
        return with_more_rows(request.POST, kind, act.removeprefix(MORE_ROWS))
    return request.POST


def _send(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Do what the form asks, once; where it can't be done, show it as it was sent."""
    if entry.act != "save":
        return _page(request, entry.leave_unchecked())
    sent = entry.sent.is_valid()
    key = entry.sent.cleaned_data.get("key")
    try:
        done = entries.sent_before(entry.workspace, entry.entered, by=request.user, key=key) if sent else None
        if done is None and entry.is_outdated:
            return _conflict(request, entry)
        if done is None and not entry.is_valid():
            return _page(request, entry, status=422)
        if done is None and entry.row is not None and not entry.has_changed():
            messages.info(request, f"Nothing was changed in “{entry.name}”.")
            return go_to(request, _address(entry, entry.row.slug))
        return _led_on(request, entry, done or _write(request, entry))
    except entries.Outdated:
        return _conflict(request, entry)
    except (KeyReused, Refused, Gone) as refused:
        return _refused(request, entry, str(refused))


def _write(request: HttpRequest, entry: Entry) -> Done:
    key = entry.sent.cleaned_data["key"]
    if entry.row is None:
        return entries.add(entry.workspace, entry.entered, by=request.user, key=key)
    links = entry.kind.links
    return entries.edit(entry.workspace, entry.entered, by=request.user, version=entry.version, links=links, key=key)


def _led_on(request: HttpRequest, entry: Entry, done: Done) -> HttpResponse:
    told = f"The {entry.kind.noun} is {'changed' if entry.row else 'added'}."
    if entry.row is None and not done.repeated and (out := entries.namesake_out(entry.form.instance)):
        told += f" One of that name was taken out. If it is the same, undo this, and undo revision {out} instead."
    messages.success(request, told)
    return go_to(request, _address(entry, done.slug))


def _refused(request: HttpRequest, entry: Entry, sentence: str) -> HttpResponse:
    """The form as it was sent. What it names may be out since it was checked: then checking again tells where."""
    row = _again(entry.workspace, entry) if entry.row else None
    again = Entry(entry.kind, entry.workspace, entry.data, row=row)
    if again.is_valid():
        again.leave_unchecked().sent.refuse(sentence)
    return _page(request, again, status=409)


def _conflict(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Both versions, and the form with what was typed on top of what stands now."""
    with one_moment():
        row = _again(entry.workspace, entry)
        entry = Entry(entry.kind, get_workspace(entry.workspace.slug, by=request.user), entry.data, row=row)
        merged = Entry(entry.kind, entry.workspace, Meanwhile(entry).merged(), row=_again(entry.workspace, entry))
        return _page(request, merged.leave_unchecked(), status=409)


def _again(workspace: Workspace, entry: Entry) -> object:
    """The row as it is stored; a form that was checked has put into its own what was typed."""
    return entries.get_entry(workspace, entry.kind.model, entry.row.slug, also_out=True)


def _page(request: HttpRequest, entry: Entry, *, status: int = 200) -> HttpResponse:
    kind, workspace = entry.kind, entry.workspace
    context = {
        "entry": entry,
        "kind": kind,
        "row": entry.row,
        "here": request.path,
        "list": reverse(kind.nouns, args=[workspace.slug]),
        "back": _address(entry, entry.row.slug) if entry.row else reverse(kind.nouns, args=[workspace.slug]),
    }
    if entry.row is not None and entry.data is not None:
        context["meanwhile"] = Meanwhile(entry).lines()
        if context["meanwhile"]:
            context["last"] = next(iter(changes_of(entry.row, kind.links, most=1)), None)
    fragment = "#form" if wants_fragment(request) else ""
    return respond(request, f"entries/edit.html{fragment}", context, workspace=workspace, status=status)


def _address(entry: Entry, slug: str) -> str:
    return reverse(entry.kind.noun, args=[entry.workspace.slug, slug])
