"""Adding and editing meetings, people, instruments and commitments: each with its links, as one act in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from ..models import Commitment, Instrument, Meeting, Person
from . import records
from .acting import Done, acting, look_up
from .negotiations import Workspace
from .permissions import Hidden, Who
from .removals import require_present, with_removed
from .slugs import free_slug, wished_slug

ENTRIES = (Meeting, Person, Instrument, Commitment)


@dataclass(frozen=True)
class Entered:
    """What was typed: the row as it is to stand, checked already; what writes its links; and all that was asked.

    `asked` tells one content from another where a form is sent again; it is of dicts, lists and strings.
    """

    row: Model
    write_links: Callable[[], None]
    asked: dict[str, Any]
    why: str = ""


class Outdated(Exception):
    """Somebody changed the row or its links since; nothing was written."""


def get_entry(workspace: Workspace, model: type[Model], slug: str, *, also_out: bool = False) -> Any:
    """The row to edit; Hidden where there is none, Gone where it was taken out. Two queries.

    `also_out` lets that pass, for what was typed meanwhile; one query then.
    """
    row = model._default_manager.filter(negotiation_id=workspace.id, slug=slug).first()
    if row is None:
        raise Hidden(f"There is no {model._meta.verbose_name} {slug!r} here.")
    if not also_out:
        require_present(model._default_manager.filter(pk=row.pk))
    return row


def sent_before(workspace: Workspace, entered: Entered, *, by: Who, key: UUID | None) -> Done | None:
    """What came of this very form, if it was sent before. Raises KeyReused. It is looked for before a conflict is."""
    act = look_up(workspace, by=by, key=key, asked=entered.asked)
    if act.before is None:
        return None
    return Done(entered.row.slug or act.slug_made(type(entered.row)), repeated=True)  # type: ignore[attr-defined]


def add(workspace: Workspace, entered: Entered, *, by: Who, key: UUID | None = None) -> Done:
    """Add a row; its slug is made of its name. Raises Forbidden, KeyReused, records.Refused."""
    row: Any = entered.row
    _require_its_own(workspace, row)
    with acting(workspace, by=by, key=key, asked=entered.asked) as act:
        if act.before:
            return Done(act.slug_made(type(row)), repeated=True)
        row.slug = free_slug(type(row), workspace.id, str(row), otherwise=_noun(row))
        revision = act.take(*records.told_of(row), entered.why.strip())
        records.write(row, entered.write_links, revision=revision)
    return Done(row.slug)


def namesake_out(row: Any) -> int | None:
    """The act that took out one whose name makes the same slug as this one's; None where there is none. One query."""
    wished = wished_slug(str(row), otherwise=_noun(row))
    rows = type(row)._default_manager.filter(negotiation_id=row.negotiation_id, slug=wished).exclude(pk=row.pk)
    found = with_removed(rows).first()
    return found.removed if found and wished != _noun(row) else None


def edit(
    workspace: Workspace,
    entered: Entered,
    *,
    by: Who,
    version: str,
    links: Sequence[records.Link] = (),
    key: UUID | None = None,
) -> Done:
    """Change a row and its links. Raises Outdated where they are no longer what was seen (`records.version_of`), Gone
    where the row was taken out, and what `add` raises."""
    row: Any = entered.row
    _require_its_own(workspace, row)
    with transaction.atomic():
        records.hold(row)  # before the negotiation, as whoever curates does
        with acting(workspace, by=by, key=key, asked=entered.asked) as act:
            if act.before:
                return Done(row.slug, repeated=True)
            stored = type(row)._default_manager.get(pk=row.pk)
            if version != records.version_of(stored, links):
                raise Outdated
            revision = act.take(*records.told_of(row), entered.why.strip())
            records.write(row, entered.write_links, revision=revision)
    return Done(row.slug)


def _noun(row: Model) -> str:
    return str(row._meta.verbose_name)


def _require_its_own(workspace: Workspace, row: Any) -> None:
    if not isinstance(row, ENTRIES) or row.negotiation_id != workspace.id:
        raise Hidden("This is not of this negotiation.")
