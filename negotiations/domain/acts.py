"""One act of the log on a page of its own: all that it did, however much that is."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from ..models import Change, Membership, RowEdit
from . import log_parts
from .histories import Happened
from .log import HIDDEN, name_of_author, undone_by
from .log_filters import ACCESS
from .negotiations import Workspace, get_workspace
from .parts import Part
from .permissions import Act, Hidden, Who

ON_A_PAGE = 50  # parts


@dataclass(frozen=True)
class ActPage:
    """`parts` is a page of what it did, empty to those who may not be told."""

    workspace: Workspace
    act: Happened
    parts: Page[Part]


def get_act(slug: str, revision: int, *, by: Who, to: Act = Act.VIEW, page: str | None = None) -> ActPage:
    """The act of a revision, with a page of its parts. A fixed number of queries for each kind of part."""
    workspace = get_workspace(slug, by=by, to=to)
    rows = Change.objects.filter(negotiation_id=workspace.id, revision=revision)
    row = rows.annotate(by_name=name_of_author()).first() if revision < 2**63 else None
    if row is None:
        raise Hidden(f"There is no change {revision} here.")
    verb, what, why = row.verb, row.what, row.why
    refs = log_parts.of_act(workspace.id, revision)
    if not workspace.may_curate and _is_of_access(row):
        verb, what, why = HIDDEN
        refs = refs.none()
    parts = Paginator(refs, ON_A_PAGE).get_page(page)
    parts.object_list = log_parts.tell(workspace.id, [ref[:3] for ref in parts.object_list])[revision]
    undone = undone_by(workspace.id, [revision]).get(revision)
    act = Happened(revision, row.at, row.by_name, verb, what, why, row.undoes, undone, ())
    return ActPage(workspace, act, parts)


def _is_of_access(row: Change) -> bool:
    edits = RowEdit.objects.filter(change=row, table=Membership._meta.db_table)
    return row.verb == ACCESS or edits.exists()
