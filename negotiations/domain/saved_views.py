"""Saved views of a board: kept by whoever has an account, shared by analysts, deleted by their owner."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from ..models import SavedView
from . import filters
from .negotiations import Workspace
from .permissions import Act, Forbidden, Hidden, Who, is_signed_in, require_account
from .stances import Invalid

# What a board's address may say; anything else is left out of what is kept.
NAMES = frozenset({*filters.NAMES, "p", "as_of", "known_at", "public_by", "compare"})
FIELDS = {"day": "as_of", "known_day": "known_at"}  # fields beside the lists, which win where they are filled in
LONGEST_QUERY = 1000  # characters
MOST_FIELDS = 200  # in a query
TOO_MUCH = "These filters are too many for one view."
MOST = 100  # of one person in one negotiation


@dataclass(frozen=True)
class View:
    """A saved view as one person sees it.

    `query` begins with a question mark, or is empty; `by` is its owner's name.
    """

    id: int
    name: str
    query: str
    is_shared: bool
    is_mine: bool
    by: str


def list_views(workspace: Workspace, *, by: Who) -> list[View]:
    """One's own and what others share, one's own first. One query."""
    mine = Q(owner_id=by.pk) if is_signed_in(by) else Q(pk__in=[])
    rows = SavedView.objects.filter(mine | Q(is_shared=True), negotiation_id=workspace.id).select_related("owner")
    views = [
        View(
            row.pk,
            row.name,
            f"?{row.query}" if row.query else "",
            row.is_shared,
            row.owner_id == by.pk,
            str(row.owner),
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: not view.is_mine)


def save(workspace: Workspace, *, by: Who, name: str, query: str, shared: bool) -> None:
    """Keep a board's query under a name. Sent twice, it is kept once. Raises Forbidden, Invalid."""
    require_account(by)
    if shared and workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation share views.")
    kept = clean(query)
    if len(kept) > LONGEST_QUERY:
        raise Invalid({"": TOO_MUCH})
    owner = int(by.pk or 0)
    own = SavedView.objects.filter(negotiation_id=workspace.id, owner_id=owner)
    row = own.filter(name=name).first()  # before they are counted: the last one that fits may be sent twice
    if row is None:
        if own.count() >= MOST:
            raise Invalid({"": f"You keep {MOST} views here already; delete one first."})
        told = {"negotiation_id": workspace.id, "owner_id": owner, "query": kept, "is_shared": shared}
        row, _ = own.get_or_create(name=name, defaults=told)
    if (row.query, row.is_shared) != (kept, shared):
        raise Invalid({"name": "You have a view of this name already; choose another, or delete that one."})


def delete(workspace: Workspace, view: int, *, by: Who) -> None:
    """Delete one's own view; a curator may delete what others share. Deleting what is gone does nothing."""
    require_account(by)
    row = SavedView.objects.filter(pk=view, negotiation_id=workspace.id).first()
    if row is None:
        return
    if row.owner_id != by.pk:
        if not row.is_shared:
            raise Hidden("There is no such view.")
        if not workspace.may_curate:
            raise Forbidden("Only its owner or a curator deletes a shared view.")
    row.delete()


def clean(query: str) -> str:
    """The query of an address, without what a board does not read. Raises Invalid where it is far too much."""
    try:
        pairs = parse_qsl(query.lstrip("?"), max_num_fields=MOST_FIELDS, separator="&")
    except ValueError as error:
        raise Invalid({"": TOO_MUCH}) from error
    typed = {FIELDS[name]: value for name, value in pairs if name in FIELDS and value}
    kept = [(name, value) for name, value in pairs if name in NAMES and name not in typed]
    return urlencode([*typed.items(), *kept])
