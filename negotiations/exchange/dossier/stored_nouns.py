"""Priorities, parties, people, meetings, outlets, instruments and commitments, with all that hangs on them."""

from __future__ import annotations

from ...models import (
    Attendance,
    Beneficiary,
    CollectiveMember,
    Commitment,
    CommitmentEvent,
    Instrument,
    Meeting,
    Outlet,
    OutletGrading,
    Party,
    Person,
    Priority,
    Signature,
)
from . import schema
from .names import Names
from .rows import grouped, rows_of, said


def read_priorities(negotiation: int, names: Names) -> tuple[schema.Priority, ...]:
    rows = list(rows_of(Priority, negotiation))
    names.put_all("priority", ((row.number, row.pk) for row in rows))
    return tuple(
        schema.Priority(
            number=row.number,
            kind=row.kind,
            name=row.name,
            description=row.description,
            terms=tuple(row.terms),
        )
        for row in rows
    )


def read_parties(negotiation: int, names: Names) -> tuple[schema.Party, ...]:
    rows = list(rows_of(Party, negotiation))
    names.put_all("party", ((row.slug, row.pk) for row in rows))
    links = list(rows_of(CollectiveMember, negotiation))
    for link in links:
        key = (names.name("party", link.collective_id), names.name("party", link.member_id))
        names.put("collectivemember", key, link.pk)
    members = grouped(
        (
            link.collective_id,
            schema.Member(
                party=names.name("party", link.member_id),
                since=link.since,
                precision=said(link.since, link.precision),
            ),
        )
        for link in links
    )
    return tuple(
        schema.Party(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            order=row.order,
            aliases=tuple(row.aliases),
            description=row.description,
            members=members[row.pk],
        )
        for row in rows
    )


def read_people(negotiation: int, names: Names) -> tuple[schema.Person, ...]:
    rows = list(rows_of(Person, negotiation))
    names.put_all("person", ((row.slug, row.pk) for row in rows))
    return tuple(
        schema.Person(
            slug=row.slug,
            name=row.name,
            party=names.name("party", row.party_id),
            titles=tuple(row.titles),
            aliases=tuple(row.aliases),
            description=row.description,
        )
        for row in rows
    )


def read_meetings(negotiation: int, names: Names) -> tuple[schema.Meeting, ...]:
    rows = list(rows_of(Meeting, negotiation))
    names.put_all("meeting", ((row.slug, row.pk) for row in rows))
    links = [
        (
            link,
            schema.Attendance(
                party=names.name("party", link.party_id),
                person=names.maybe_name("person", link.person_id),
                level=link.level,
                status=link.status,
                note=link.note,
            ),
        )
        for link in rows_of(Attendance, negotiation)
    ]
    for link, item in links:
        names.put("attendance", (names.name("meeting", link.meeting_id), item.party, item.person), link.pk)
    attendance = grouped((link.meeting_id, item) for link, item in links)
    return tuple(
        schema.Meeting(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            place=row.place,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            precision=said(row.starts_on, row.precision),
            description=row.description,
            attendance=attendance[row.pk],
        )
        for row in rows
    )


def read_outlets(negotiation: int, names: Names) -> tuple[schema.Outlet, ...]:
    rows = list(rows_of(Outlet, negotiation))
    names.put_all("outlet", ((row.slug, row.pk) for row in rows))
    gradings = grouped(
        (
            row.outlet_id,
            schema.OutletGrading(revision=row.revision, reliability=row.reliability, reason=row.reason),
        )
        for row in rows_of(OutletGrading, negotiation).order_by("revision", "pk")
    )
    return tuple(
        schema.Outlet(
            slug=row.slug,
            name=row.name,
            url=row.url,
            description=row.description,
            merged_into=names.maybe_name("outlet", row.merged_into_id),
            reliability="",
            reason="",
            gradings=gradings[row.pk],
        )
        for row in rows
    )


def read_instruments(negotiation: int, names: Names) -> tuple[schema.Instrument, ...]:
    rows = list(rows_of(Instrument, negotiation))
    names.put_all("instrument", ((row.slug, row.pk) for row in rows))
    links = list(rows_of(Signature, negotiation))
    for link in links:
        key = (names.name("instrument", link.instrument_id), names.name("party", link.party_id))
        names.put("signature", key, link.pk)
    signatures = grouped(
        (
            link.instrument_id,
            schema.Signature(
                party=names.name("party", link.party_id),
                state=link.state,
                quote=names.maybe_name("quote", link.quote_id),
                source=names.maybe_name("source", link.source_id),
                locator=link.locator,
                note=link.note,
            ),
        )
        for link in links
    )
    return tuple(
        schema.Instrument(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            replaces=names.maybe_name("instrument", row.replaces_id),
            seen=row.seen,
            meeting=names.maybe_name("meeting", row.meeting_id),
            dated=row.dated,
            precision=said(row.dated, row.precision),
            description=row.description,
            signatures=signatures[row.pk],
        )
        for row in rows
    )


def read_commitments(negotiation: int, names: Names) -> tuple[schema.Commitment, ...]:
    rows = list(rows_of(Commitment, negotiation))
    names.put_all("commitment", ((row.slug, row.pk) for row in rows))
    links = list(rows_of(Beneficiary, negotiation))
    for link in links:
        key = (names.name("commitment", link.commitment_id), names.name("party", link.party_id))
        names.put("beneficiary", key, link.pk)
    towards = grouped((link.commitment_id, names.name("party", link.party_id)) for link in links)
    events = grouped(
        (
            row.commitment_id,
            schema.Event(
                revision=row.revision,
                status=row.status,
                on=row.on,
                precision=said(row.on, row.precision),
                quote=names.maybe_name("quote", row.quote_id),
                source=names.maybe_name("source", row.source_id),
                locator=row.locator,
                note=row.note,
            ),
        )
        for row in rows_of(CommitmentEvent, negotiation).order_by("revision", "pk")
    )
    return tuple(
        schema.Commitment(
            slug=row.slug,
            party=names.name("party", row.party_id),
            towards=towards[row.pk],
            priority=names.maybe_name("priority", row.priority_id),
            instrument=names.maybe_name("instrument", row.instrument_id),
            meeting=names.maybe_name("meeting", row.meeting_id),
            force=row.force,
            text=row.text,
            conditions=row.conditions,
            due=row.due,
            precision=said(row.due, row.precision, usual="by"),
            events=events[row.pk],
        )
        for row in rows
    )
