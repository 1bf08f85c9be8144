"""How far somebody has seen a negotiation: their last visit to its board, and the revision that they briefed others on.

A visit is marked while a board is shown, with one statement that writes once in five minutes at most. It is a mark on
the reader's own bookmark and nothing else: a page fetched ahead, asked for by HEAD or followed live marks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from ..models import Visit
from ..models.visits import VisitKind
from .negotiations import Workspace
from .permissions import Who, is_signed_in, require_account

# Half an hour away makes it another visit; then what was seen last is what "since my last visit" begins from.
MARK = """
INSERT INTO negotiations_visit AS v (negotiation_id, user_id, kind, revision, at)
VALUES (%(negotiation)s, %(user)s, 'visit', %(revision)s, %(at)s)
ON CONFLICT (user_id, negotiation_id, kind) DO UPDATE SET
  previous_revision = CASE WHEN v.at < excluded.at - interval '30 minutes' THEN v.revision ELSE v.previous_revision END,
  previous_at = CASE WHEN v.at < excluded.at - interval '30 minutes' THEN v.at ELSE v.previous_at END,
  revision = greatest(v.revision, excluded.revision), at = excluded.at
WHERE v.at < excluded.at - interval '5 minutes' OR v.revision < excluded.revision
"""


@dataclass(frozen=True)
class Seen:
    """The revision that somebody had seen, and when."""

    revision: int
    at: datetime


def mark_visit(workspace: Workspace, *, by: Who, at: datetime | None = None) -> None:
    """Note that somebody sees the board at its revision; nothing for those without an account. One statement."""
    if not is_signed_in(by):
        return
    asked: dict[str, Any] = {
        "negotiation": workspace.id,
        "user": by.pk,
        "revision": workspace.revision,
        "at": at or timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(MARK, asked)


def mark_brief(workspace: Workspace, *, by: Who, revision: int, at: datetime | None = None) -> None:
    """Note that somebody briefed others on what `revision` says, which is no later than the workspace's."""
    require_account(by)
    Visit.objects.update_or_create(
        negotiation_id=workspace.id,
        user_id=by.pk or 0,
        kind=VisitKind.BRIEF,
        defaults={"revision": min(revision, workspace.revision), "at": at or timezone.now()},
    )


def seen_before(workspace: Workspace, *, by: Who) -> dict[VisitKind, Seen]:
    """What somebody had seen at the end of the visit before this one, and at their last brief. One query, if any."""
    if not is_signed_in(by):
        return {}
    found = {}
    for row in Visit.objects.filter(negotiation_id=workspace.id, user_id=by.pk or 0):
        if row.kind == VisitKind.BRIEF:
            found[VisitKind.BRIEF] = Seen(row.revision, row.at)
        elif row.previous_revision is not None and row.previous_at is not None:
            found[VisitKind.VISIT] = Seen(row.previous_revision, row.previous_at)
    return found
