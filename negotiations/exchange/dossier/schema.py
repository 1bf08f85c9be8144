"""The format `parley-dossier/1`: one class for each mapping in a dossier, one field for each key.

Nothing in here knows Django or the database. docs/guide/dossiers.md tells the same in words.
"""

# ruff: noqa: RUF009 -- each call makes a field, as dataclasses.field does
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from . import keys, words
from .item import Item
from .schema_cells import Cell, Evidence, Judgement, Stance, Stay
from .schema_comments import Answer, Comment, Resolution
from .schema_contradictions import Contradiction, Proof, Ruling, Side, TouchedCell
from .schema_questions import Question, QuestionEvent
from .schema_reviews import Proposal, ProposalDecision, ProposedEvidence
from .schema_texts import (
    Anchoring,
    ClaimGrading,
    Decision,
    Original,
    Outlet,
    OutletGrading,
    Quote,
    Snapshot,
    Source,
    SourceGrading,
)
from .words import FORMAT

__all__ = [
    "FORMAT",
    "Account",
    "Anchoring",
    "Answer",
    "Attendance",
    "Cell",
    "Change",
    "ClaimGrading",
    "Comment",
    "Commitment",
    "Contradiction",
    "Decision",
    "Dossier",
    "Event",
    "Evidence",
    "Instrument",
    "Item",
    "Judgement",
    "Meeting",
    "Member",
    "Membership",
    "Negotiation",
    "Original",
    "Outlet",
    "OutletGrading",
    "Party",
    "Person",
    "Priority",
    "Proof",
    "Proposal",
    "ProposalDecision",
    "ProposedEvidence",
    "Question",
    "QuestionEvent",
    "Quote",
    "Resolution",
    "RowEdit",
    "Ruling",
    "Side",
    "Signature",
    "Snapshot",
    "Source",
    "SourceGrading",
    "Stance",
    "Stay",
    "TouchedCell",
]


@dataclass(frozen=True, kw_only=True)
class Membership(Item):
    user: str = keys.ref("user", required=True)
    role: str = keys.choice(words.ROLES, required=True)


@dataclass(frozen=True, kw_only=True)
class Negotiation(Item):
    slug: str = keys.slug()
    name: str = keys.name(200)
    description: str = keys.text()
    visibility: str = keys.choice(words.VISIBILITIES, default="members")
    time_zone: str = keys.zone()
    review: bool = keys.flag()
    memberships: tuple[Membership, ...] = keys.many(Membership, by=["user"])


@dataclass(frozen=True, kw_only=True)
class Account(Item):
    username: str = keys.username()
    name: str = keys.text(150)


@dataclass(frozen=True, kw_only=True)
class Priority(Item):
    number: int = keys.number(1, 32_767, required=True)
    kind: str = keys.choice(words.PRIORITY_KINDS, default="priority")
    name: str = keys.name(120)
    description: str = keys.text()
    terms: tuple[str, ...] = keys.texts(200)


@dataclass(frozen=True, kw_only=True)
class Member(Item):
    party: str = keys.ref("party", required=True)
    since: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)


@dataclass(frozen=True, kw_only=True)
class Party(Item):
    slug: str = keys.slug()
    name: str = keys.name(120)
    kind: str = keys.choice(words.PARTY_KINDS, required=True)
    order: int | None = keys.number(0, 32_767)
    aliases: tuple[str, ...] = keys.texts(200)
    description: str = keys.text()
    members: tuple[Member, ...] = keys.many(Member, by=["party"])


@dataclass(frozen=True, kw_only=True)
class Person(Item):
    slug: str = keys.slug()
    name: str = keys.name(120)
    party: str = keys.ref("party", required=True)
    titles: tuple[str, ...] = keys.texts(200)
    aliases: tuple[str, ...] = keys.texts(200)
    description: str = keys.text()


@dataclass(frozen=True, kw_only=True)
class Attendance(Item):
    party: str = keys.ref("party", required=True)
    person: str | None = keys.ref("person")
    level: str = keys.choice(words.LEVELS, default="unknown")
    status: str = keys.choice(words.PRESENCES, default="attended")
    note: str = keys.text(300)


@dataclass(frozen=True, kw_only=True)
class Meeting(Item):
    slug: str = keys.slug()
    name: str = keys.name(120)
    kind: str = keys.choice(words.MEETING_KINDS, required=True)
    place: str = keys.text(120)
    starts_on: date | None = keys.day()
    ends_on: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)
    description: str = keys.text()
    attendance: tuple[Attendance, ...] = keys.many(Attendance, by=["party", "person"])


@dataclass(frozen=True, kw_only=True)
class Signature(Item):
    party: str = keys.ref("party", required=True)
    state: str = keys.choice(words.SIGNATURE_STATES, default="unknown")
    quote: str | None = keys.ref("quote")
    source: str | None = keys.ref("source")
    locator: str = keys.text(300)
    note: str = keys.text(300)


@dataclass(frozen=True, kw_only=True)
class Instrument(Item):
    slug: str = keys.slug()
    name: str = keys.name(120)
    kind: str = keys.choice(words.INSTRUMENT_KINDS, required=True)
    replaces: str | None = keys.ref("instrument")
    seen: str = keys.choice(words.SEEN, default="unknown")
    meeting: str | None = keys.ref("meeting")
    dated: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)
    description: str = keys.text()
    signatures: tuple[Signature, ...] = keys.many(Signature, by=["party"])


@dataclass(frozen=True, kw_only=True)
class Event(Item):
    revision: int | None = keys.number()
    status: str = keys.choice(words.STAGES, required=True)
    on: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)
    quote: str | None = keys.ref("quote")
    source: str | None = keys.ref("source")
    locator: str = keys.text(300)
    note: str = keys.text()


@dataclass(frozen=True, kw_only=True)
class Commitment(Item):
    slug: str = keys.slug()
    party: str = keys.ref("party", required=True)
    towards: tuple[str, ...] = keys.refs("party")
    priority: int | None = keys.ref("priority")
    instrument: str | None = keys.ref("instrument")
    meeting: str | None = keys.ref("meeting")
    force: str = keys.choice(words.FORCES, default="unstated")
    text: str = keys.text(required=True)
    conditions: str = keys.text()
    due: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)
    events: tuple[Event, ...] = keys.many(Event)


@dataclass(frozen=True, kw_only=True)
class RowEdit(Item):
    table: str = keys.text(63, required=True)
    row: Any = keys.anything(required=True)
    before: Any = keys.anything()
    after: Any = keys.anything()


@dataclass(frozen=True, kw_only=True)
class Change(Item):
    revision: int = keys.number(required=True)
    at: datetime = keys.moment()
    by: str | None = keys.ref("user")
    verb: str = keys.text(40, required=True)
    what: str = keys.text()
    why: str = keys.text()
    undoes: int | None = keys.number()
    key: str = keys.key_of_an_act()
    request_hash: str = keys.text(64)
    edits: tuple[RowEdit, ...] = keys.many(RowEdit)


@dataclass(frozen=True, kw_only=True)
class Dossier(Item):
    format: str = keys.choice([FORMAT], required=True)
    negotiation: Negotiation = keys.one(Negotiation)
    users: tuple[Account, ...] = keys.many(Account, by=["username"])
    priorities: tuple[Priority, ...] = keys.many(Priority, by=["number"])
    parties: tuple[Party, ...] = keys.many(Party, by=["slug"])
    people: tuple[Person, ...] = keys.many(Person, by=["slug"])
    meetings: tuple[Meeting, ...] = keys.many(Meeting, by=["slug"])
    instruments: tuple[Instrument, ...] = keys.many(Instrument, by=["slug"])
    outlets: tuple[Outlet, ...] = keys.many(Outlet, by=["slug"])
    sources: tuple[Source, ...] = keys.many(Source, by=["slug"])
    quotes: tuple[Quote, ...] = keys.many(Quote, by=["slug"])
    positions: tuple[Cell, ...] = keys.many(Cell, by=["party", "priority"])
    commitments: tuple[Commitment, ...] = keys.many(Commitment, by=["slug"])
    contradictions: tuple[Contradiction, ...] = keys.many(Contradiction, by=["slug"])
    questions: tuple[Question, ...] = keys.many(Question, by=["slug"])
    changes: tuple[Change, ...] = keys.many(Change, by=["revision"])

    @property
    def has_a_log(self) -> bool:
        """Whether this is an export, which brings its own log."""
        return bool(self.changes)
