"""Drafts: what somebody typed into the form of a cell and has not recorded. Seen by nobody else, and not logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, JSONField, QuerySet
from django.utils.text import Truncator

from ..models import Change, Draft
from .in_sql import asked
from .meanwhile import Place
from .negotiations import Workspace
from .permissions import Who
from .removals import present
from .stances import Invalid

LARGEST = 300_000  # characters in one draft, its names included
MOST = 20  # drafts of one person for one cell; the oldest give way

WRITTEN = {"why": "Reason", "rationale": "Rationale", "conditions": "Conditions", "limits": "Limits"}
LONGEST_WORDS = 80  # characters of a draft that are told where it is offered

Content = Mapping[str, Sequence[str]]  # a form's fields by name, as a browser sends them


@dataclass(frozen=True)
class Kept:
    """A draft. `based_on` is the version of the cell that its form was opened at, `version` the cell's now."""

    workspace: Workspace
    position: int
    party: str
    party_name: str
    number: int
    key: UUID
    based_on: int
    version: int
    content: Content
    saved_at: datetime
    started: Mapping[str, str]  # the words of the stance that it started from

    @property
    def moved_on(self) -> bool:
        return self.based_on < self.version

    @property
    def first_words(self) -> tuple[str, str] | None:
        """What tells it from another draft of the cell: the first field that was written in, and how it begins."""
        for name, label in WRITTEN.items():
            said = " ".join(self.content.get(name, []))
            if said.strip() and said.split() != self.started.get(name, "").split():
                return label, Truncator(said).chars(LONGEST_WORDS)
        return None


def keep(place: Place, content: Content, *, by: Who, key: UUID, based_on: int, at: datetime) -> bool:
    """Keep what was typed so far in the place of what this form kept before; whether it was kept.

    A form that has been recorded keeps nothing more: what comes late is no draft. Raises Invalid where it is too much.
    """
    cleaned = {_storable(name): [_storable(value) for value in values] for name, values in content.items()}
    if sum(len(name) + sum(map(len, values)) for name, values in cleaned.items()) > LARGEST:
        raise Invalid({"": "This is too much to be kept as a draft."})
    if Change.objects.filter(by_id=by.pk, key=key).exists():
        return False
    # one that is of another cell by this key is another form's; it stays
    told = {"position_id": place.id, "based_on": based_on, "content": cleaned, "saved_at": at}
    row, is_new = Draft.objects.get_or_create(
        owner_id=int(by.pk or 0), key=key, defaults={"negotiation_id": place.workspace.id, **told}
    )
    if not is_new:
        if row.position_id != place.id:
            return False
        Draft.objects.filter(pk=row.pk).update(**told)
    else:
        own = Draft.objects.filter(owner_id=by.pk, position=place.id)
        own.filter(pk__in=own.values_list("pk", flat=True)[MOST:]).delete()
    return True


def discard(position: int, *, by: Who, key: UUID) -> None:
    """Throw one's own draft away: it was recorded, or is not wanted. What is gone already is no fault."""
    Draft.objects.filter(position=position, owner_id=by.pk, key=key).delete()


def mine(by: Who, workspace: Workspace) -> list[Kept]:
    """One's own drafts in a negotiation, the newest first; none where one may no longer record. One query.

    Those that have been recorded after all are left out.
    """
    if not workspace.may_edit:
        return []
    return [_kept(row, workspace) for row in _open(by).filter(negotiation=workspace.id)]


def get(workspace: Workspace, position: int, key: UUID, *, by: Who) -> Kept | None:
    """One's own draft for a cell; None where there is none, or it has been recorded after all."""
    row = _open(by).filter(position=position, key=key).first()
    return _kept(row, workspace) if row else None


NOT_RECORDED = """NOT EXISTS (SELECT FROM negotiations_change c WHERE (c.by_id, c.key) = (%(expressions)s))"""
# What the stance said on which it is based, field by field.
STARTED = f"""(SELECT jsonb_build_object({", ".join(f"'{name}', s.{name}" for name in WRITTEN if name != "why")})
FROM negotiations_stance s WHERE (s.position_id, s.seq) = (%(expressions)s))"""


def _open(by: Who) -> QuerySet[Any]:
    rows = present(Draft.objects.filter(asked(NOT_RECORDED, "owner_id", "key", kind=BooleanField()), owner_id=by.pk))
    rows = rows.annotate(started=asked(STARTED, "position_id", "based_on", kind=JSONField()))
    return rows.select_related("position__party", "position__priority")


def _kept(row: Any, workspace: Workspace) -> Kept:
    cell = row.position
    return Kept(
        workspace=workspace,
        position=row.position_id,
        party=cell.party.slug,
        party_name=cell.party.name,
        number=cell.priority.number,
        key=row.key,
        based_on=row.based_on,
        version=cell.version,
        content=row.content,
        saved_at=row.saved_at,
        started=row.started or {},
    )


def _storable(text: str) -> str:
    """The text without what PostgreSQL's JSON can't hold: NUL, and halves of a character."""
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")
