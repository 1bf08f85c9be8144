"""Taking a place in the log: each act takes one, under one short lock, before its first write to history."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection

from ..models import Change
from .permissions import Who

# The revision is raised first, so whoever comes second waits here; PostgreSQL gives `at` (sql/0003_log.sql).
TAKE = """
WITH raised AS (
  UPDATE negotiations_negotiation SET revision = revision + 1 WHERE id = %(negotiation)s RETURNING id, revision
)
INSERT INTO negotiations_change
  (negotiation_id, revision, by_id, verb, what, why, undoes, key, request_hash, transaction)
SELECT id, revision, %(by)s, %(verb)s, %(what)s, %(why)s, %(undoes)s, %(key)s, %(hash)s, '' FROM raised
RETURNING id, revision, at
"""


@dataclass(frozen=True)
class Taken:
    """A place in the log of a negotiation: the Change's id, its revision, when."""

    change_id: int
    revision: int
    at: datetime


HOLD = "SELECT FROM negotiations_negotiation WHERE id = %s FOR NO KEY UPDATE"
SENT_BEFORE = "This form was sent before with another content, and that was recorded."


class KeyReused(Exception):
    """The same key was sent before with another content."""


def take(
    negotiation: int,
    *,
    by: Who | None,
    verb: str,
    what: str,
    why: str = "",
    undoes: int | None = None,
    key: UUID | None = None,
    request_hash: str = "",
) -> Taken:
    """Raise the revision of `negotiation` and write the Change. Inside a transaction, after all slow work."""
    if not connection.in_atomic_block:
        raise RuntimeError("A change is taken inside the transaction that it tells of.")
    asked = {
        "negotiation": negotiation,
        "by": by.pk if by is not None else None,
        "verb": verb,
        "what": what,
        "why": why,
        "undoes": undoes,
        "key": key,
        "hash": request_hash,
    }
    with connection.cursor() as cursor:
        try:
            cursor.execute(TAKE, asked)
        except IntegrityError as error:
            if "change_key_once_for_each_user" in str(error):  # another content with this key, at the same moment
                raise KeyReused(SENT_BEFORE) from error
            raise
        return Taken(*cursor.fetchone())


def hold(negotiation: int) -> None:
    """Let nobody else take a place in the log of `negotiation` until this transaction ends.

    For acts that must look at what is there before they know whether to take one; quick looks only. Cells are locked
    before, if at all.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [negotiation])


def take_for_accounts(*, by: Who | None, verb: str, what: str, why: str = "") -> None:
    """Log an act on accounts. It has no negotiation and no revision."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO negotiations_change (by_id, verb, what, why, request_hash, transaction)"
            " VALUES (%s, %s, %s, %s, '', '')",
            [by.pk if by is not None else None, verb, what, why],
        )


def hash_of(content: Any) -> str:
    """A hash of what was asked; `content` is made of dicts, lists, strings, numbers, dates."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def find_by_key(*, by: Who, key: UUID | None, request_hash: str) -> Change | None:
    """The Change that this user's key made already, if any; KeyReused where it was for another content."""
    if key is None:
        return None
    done = Change.objects.filter(by_id=by.pk, key=key).first()
    if done is not None and done.request_hash != request_hash:
        raise KeyReused(SENT_BEFORE)
    return done
