"""One act of an analyst, done once however often its form is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from ..models import Change, RowEdit
from . import changes
from .negotiations import Workspace
from .permissions import Act, Forbidden, Who
from .stances import can_be_stored


@dataclass(frozen=True)
class Done:
    """The slug of what an act was done to, and whether this very form had been sent before."""

    slug: str
    repeated: bool = False


@dataclass(frozen=True)
class Acting:
    """An act that is being done. `before` is the Change that its form made already, if it was sent before."""

    workspace: Workspace
    by: Who
    key: UUID | None
    request_hash: str
    before: Change | None

    def take(self, verb: str, what: str, why: str = "") -> int:
        """Take the act's place in the log; its revision."""
        taken = changes.take(
            self.workspace.id,
            by=self.by,
            verb=verb,
            what=what,
            why=why,
            key=self.key,
            request_hash=self.request_hash,
        )
        return taken.revision

    def slug_made(self, model: type[Model]) -> str:
        """The slug of the row of `model` that the Change before brought."""
        made = RowEdit.objects.filter(change=self.before, table=model._meta.db_table, before__isnull=True)
        return model._default_manager.values_list("slug", flat=True).get(pk__in=made.values("row"))


@contextmanager
def acting(workspace: Workspace, *, by: Who, key: UUID | None, asked: dict[str, Any]) -> Iterator[Acting]:
    """A transaction in which nobody else acts on this negotiation. Raises Forbidden, KeyReused.

    `asked` is the whole content of the act, of dataclasses' dicts, lists, strings and numbers.
    """
    if workspace.act < Act.EDIT:
        raise Forbidden("Only analysts of this negotiation may do this.")
    with transaction.atomic():
        changes.hold(workspace.id)
        yield look_up(workspace, by=by, key=key, asked=asked)


def look_up(workspace: Workspace, *, by: Who, key: UUID | None, asked: dict[str, Any]) -> Acting:
    """Whether the form was sent before: it is in `before` then. Raises KeyReused. At most one query."""
    request_hash = changes.hash_of({"negotiation": workspace.id, **asked})  # a key is of one act in one negotiation
    before = changes.find_by_key(by=by, key=key, request_hash=request_hash)
    return Acting(workspace, by, key, request_hash, before)


def check_text(name: str, text: str, longest: int | None = None) -> dict[str, str]:
    """What is wrong with a text, as a sentence by its field's name; else empty. `longest` in characters."""
    if not can_be_stored(text):
        return {name: "This text holds a character that can't be stored."}
    if longest and len(text.strip()) > longest:
        return {name: f"Say it in at most {longest} characters."}
    return {}
