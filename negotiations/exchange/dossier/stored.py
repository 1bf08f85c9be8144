"""A stored negotiation as a dossier: rows to the classes of the format, by a fixed number of queries."""

from __future__ import annotations

from typing import Any

from ...models import Membership, Negotiation, Position
from . import log, schema
from . import stored_nouns as nouns
from .names import Names
from .rows import rows_of
from .stored_cells import read_cells
from .stored_contradictions import read_contradictions
from .stored_questions import read_questions
from .stored_texts import read_quotes, read_sources


def read(negotiation: Negotiation, *, with_log: bool, with_files: bool = False) -> tuple[schema.Dossier, Names]:
    """Everything of a negotiation, and its ids by natural key. Without files, only hashes of them are read."""
    names = Names()
    names.put("negotiation", negotiation.slug, negotiation.pk)
    lists = _read_lists(negotiation.pk, names, with_files)
    memberships = [*rows_of(Membership, negotiation.pk).select_related("user")]
    for row in memberships:
        names.put("user", row.user.username, row.user.pk)
        names.put("membership", row.user.username, row.pk)
    accounts = {row.user.username: row.user.name for row in memberships}
    changes: tuple[schema.Change, ...] = ()
    if with_log:
        changes = log.read(negotiation, names, accounts)
    dossier = schema.Dossier(
        format=schema.FORMAT,
        negotiation=schema.Negotiation(
            slug=negotiation.slug,
            name=negotiation.name,
            description=negotiation.description,
            visibility=negotiation.visibility,
            time_zone=negotiation.time_zone,
            review=negotiation.review,
            memberships=tuple(schema.Membership(user=row.user.username, role=row.role) for row in memberships),
        ),
        users=tuple(schema.Account(username=name, name=accounts[name]) for name in sorted(accounts)),
        changes=changes,
        **lists,
    )
    return dossier, names


def _read_lists(negotiation: int, names: Names, with_files: bool) -> dict[str, Any]:
    """In an order in which each row names only what was read before."""
    lists: dict[str, Any] = {
        "priorities": nouns.read_priorities(negotiation, names),
        "parties": nouns.read_parties(negotiation, names),
        "people": nouns.read_people(negotiation, names),
        "meetings": nouns.read_meetings(negotiation, names),
        "outlets": nouns.read_outlets(negotiation, names),
        "sources": read_sources(negotiation, names, with_files=with_files),
        "quotes": read_quotes(negotiation, names),
        "instruments": nouns.read_instruments(negotiation, names),
    }
    for pk, party, priority in rows_of(Position, negotiation).values_list("pk", "party", "priority"):
        names.put("position", (names.name("party", party), names.name("priority", priority)), pk)
    lists["positions"] = read_cells(negotiation, names)
    lists["commitments"] = nouns.read_commitments(negotiation, names)
    lists["contradictions"] = read_contradictions(negotiation, names)
    lists["questions"] = read_questions(negotiation, names)
    return lists
