"""Writing what is missing: a few statements for each table, however many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...models import (
    Attendance,
    Beneficiary,
    CollectiveMember,
    Commitment,
    CommitmentEvent,
    Instrument,
    Meeting,
    Membership,
    Party,
    Person,
    Priority,
    Signature,
)
from . import schema
from .cells import Next
from .desk import Desk, dated
from .writing_cells import write_cells
from .writing_contradictions import write_contradictions
from .writing_questions import write_questions
from .writing_texts import write_outlets, write_quotes, write_sources


def write(desk: Desk, stances: Sequence[Next]) -> None:
    """Everything but the log, in an order in which each row points only at what is there."""
    _priorities(desk)
    _parties(desk)
    _people(desk)
    _meetings(desk)
    write_outlets(desk)
    write_sources(desk)
    write_quotes(desk)
    _instruments(desk)
    _commitments(desk)
    desk.add(
        Membership,
        schema.Membership,
        lambda _, item: {"user_id": desk.pk("user", item.user), "role": item.role},
        key=lambda _, item: item.user,
    )
    write_cells(desk, stances)
    write_contradictions(desk)
    write_questions(desk)


def _slug(_: Any, item: Any) -> Any:
    return item.slug


def _priorities(desk: Desk) -> None:
    desk.add(
        Priority,
        schema.Priority,
        lambda _, item: {
            "number": item.number,
            "kind": item.kind,
            "name": item.name,
            "description": item.description,
            "terms": list(item.terms),
        },
        key=lambda _, item: item.number,
    )


def _parties(desk: Desk) -> None:
    """A party without an `order` comes behind those that are there, in the order of the file."""
    highest = Party.objects.filter(negotiation=desk.negotiation).order_by("-order").first()
    behind = highest.order if highest else 0
    new = [item for _, item in desk.missing.of(schema.Party)]
    order = {item.slug: behind + place for place, item in enumerate(new, start=1)}
    desk.add(
        Party,
        schema.Party,
        lambda _, item: {
            "slug": item.slug,
            "name": item.name,
            "kind": item.kind,
            "order": order[item.slug] if item.order is None else item.order,
            "aliases": list(item.aliases),
            "description": item.description,
        },
        key=_slug,
    )
    desk.add(
        CollectiveMember,
        schema.Member,
        lambda owner, item: {
            "collective_id": desk.pk("party", owner),
            "member_id": desk.pk("party", item.party),
            **dated("since", item),
        },
        key=lambda owner, item: (owner, item.party),
    )


def _people(desk: Desk) -> None:
    desk.add(
        Person,
        schema.Person,
        lambda _, item: {
            "slug": item.slug,
            "name": item.name,
            "party_id": desk.pk("party", item.party),
            "titles": list(item.titles),
            "aliases": list(item.aliases),
            "description": item.description,
        },
        key=_slug,
    )


def _meetings(desk: Desk) -> None:
    desk.add(
        Meeting,
        schema.Meeting,
        lambda _, item: {
            "slug": item.slug,
            "name": item.name,
            "kind": item.kind,
            "place": item.place,
            "ends_on": item.ends_on,
            "description": item.description,
            **dated("starts_on", item),
        },
        key=_slug,
    )
    desk.add(
        Attendance,
        schema.Attendance,
        lambda owner, item: {
            "meeting_id": desk.pk("meeting", owner),
            "party_id": desk.pk("party", item.party),
            "person_id": desk.pk("person", item.person),
            "level": item.level,
            "status": item.status,
            "note": item.note,
        },
        key=lambda owner, item: (owner, item.party, item.person),
    )


def _instruments(desk: Desk) -> None:
    new = [item for _, item in desk.missing.of(schema.Instrument)]
    desk.add(
        Instrument,
        schema.Instrument,
        lambda _, item: {
            "slug": item.slug,
            "name": item.name,
            "kind": item.kind,
            "seen": item.seen,
            "meeting_id": desk.pk("meeting", item.meeting),
            "description": item.description,
            **dated("dated", item),
        },
        key=_slug,
    )
    pk = desk.names.pk
    replacing = [(pk("instrument", item.slug), pk("instrument", item.replaces)) for item in new if item.replaces]
    desk.link("negotiations_instrument", "replaces_id", replacing)
    desk.add(
        Signature,
        schema.Signature,
        lambda owner, item: {
            "instrument_id": desk.pk("instrument", owner),
            "party_id": desk.pk("party", item.party),
            "state": item.state,
            "quote_id": desk.pk("quote", item.quote),
            "source_id": desk.pk("source", item.source),
            "locator": item.locator,
            "note": item.note,
        },
        key=lambda owner, item: (owner, item.party),
    )


def _commitments(desk: Desk) -> None:
    desk.add(
        Commitment,
        schema.Commitment,
        lambda _, item: {
            "slug": item.slug,
            "party_id": desk.pk("party", item.party),
            "priority_id": desk.pk("priority", item.priority),
            "instrument_id": desk.pk("instrument", item.instrument),
            "meeting_id": desk.pk("meeting", item.meeting),
            "force": item.force,
            "text": item.text,
            "conditions": item.conditions,
            **dated("due", item),
        },
        key=_slug,
    )
    links = Beneficiary.objects.bulk_create(
        Beneficiary(
            negotiation_id=desk.negotiation,
            commitment_id=desk.names.pk("commitment", commitment),
            party_id=desk.names.pk("party", party),
        )
        for commitment, party in desk.missing.towards
    )
    for link, pair in zip(links, desk.missing.towards, strict=True):
        desk.names.put("beneficiary", pair, link.pk)
    desk.add(
        CommitmentEvent,
        schema.Event,
        lambda owner, item: {
            "commitment_id": desk.pk("commitment", owner),
            "status": item.status,
            "quote_id": desk.pk("quote", item.quote),
            "source_id": desk.pk("source", item.source),
            "locator": item.locator,
            "note": item.note,
            **dated("on", item),
        },
    )
