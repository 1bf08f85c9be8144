"""The format's classes for what is published and quoted: outlets, sources, snapshots, quotes, and their gradings."""

# ruff: noqa: RUF009 -- each call makes a field, as dataclasses.field does
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import keys, words
from .item import Item

LARGEST_ORIGINAL = 20 * 1024 * 1024  # bytes, as the model has it


@dataclass(frozen=True, kw_only=True)
class OutletGrading(Item):
    revision: int | None = keys.number()
    reliability: str = keys.choice(words.RELIABILITIES, required=True)
    reason: str = keys.text(required=True)


@dataclass(frozen=True, kw_only=True)
class Outlet(Item):
    slug: str = keys.slug()
    name: str = keys.name(120)
    url: str = keys.url(200)
    description: str = keys.text()
    merged_into: str | None = keys.ref("outlet")
    reliability: str = keys.choice(words.RELIABILITIES)
    reason: str = keys.text()
    gradings: tuple[OutletGrading, ...] = keys.many(OutletGrading)


@dataclass(frozen=True, kw_only=True)
class SourceGrading(Item):
    revision: int | None = keys.number()
    status: str = keys.choice(words.SOURCE_STATUSES, required=True)
    reason: str = keys.text(required=True)


@dataclass(frozen=True, kw_only=True)
class Original(Item):
    revision: int | None = keys.number()
    name: str = keys.text(300)
    media_type: str = keys.text(100)
    size: int | None = keys.number()
    sha256: str = keys.text(64)
    content: str = keys.content(LARGEST_ORIGINAL)


@dataclass(frozen=True, kw_only=True)
class Snapshot(Item):
    number: int | None = keys.number()
    revision: int | None = keys.number()
    kind: str = keys.choice(words.SNAPSHOT_KINDS, required=True)
    language: str = keys.text(12)
    sha256: str = keys.text(64)
    text: str = keys.text(required=True)
    original: Original | None = keys.one(Original, required=False)


@dataclass(frozen=True, kw_only=True)
class Source(Item):
    slug: str = keys.slug()
    title: str = keys.text(300, required=True)
    outlet: str | None = keys.ref("outlet")
    url: str = keys.url(2000)
    published_on: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)
    language: str = keys.text(12)
    status: str = keys.choice(words.SOURCE_STATUSES)
    reason: str = keys.text()
    origin: str | None = keys.ref("source")
    merged_into: str | None = keys.ref("source")
    description: str = keys.text()
    gradings: tuple[SourceGrading, ...] = keys.many(SourceGrading)
    snapshots: tuple[Snapshot, ...] = keys.many(Snapshot, by=["number"])


@dataclass(frozen=True, kw_only=True)
class ClaimGrading(Item):
    revision: int | None = keys.number()
    credibility: int = keys.number(1, 6, required=True)
    reason: str = keys.text(required=True)


@dataclass(frozen=True, kw_only=True)
class Decision(Item):
    revision: int | None = keys.number()
    holds: bool = keys.flag(required=True)
    reason: str = keys.text(required=True)


@dataclass(frozen=True, kw_only=True)
class Anchoring(Item):
    revision: int | None = keys.number()
    snapshot: int = keys.number(required=True)
    state: str = keys.choice(words.ANCHOR_STATES, required=True)
    start: int | None = keys.number(0)
    end: int | None = keys.number()
    found: str = keys.text()
    decisions: tuple[Decision, ...] = keys.many(Decision)


@dataclass(frozen=True, kw_only=True)
class Quote(Item):
    slug: str = keys.slug()
    revision: int | None = keys.number()
    source: str = keys.ref("source", required=True)
    snapshot: int | None = keys.number()
    exact: str = keys.text(required=True)
    prefix: str = keys.text(32)
    suffix: str = keys.text(32)
    start: int | None = keys.number(0)
    end: int | None = keys.number()
    speaker: str | None = keys.ref("person")
    party: str | None = keys.ref("party")
    said_on: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)
    basis: str = keys.choice(words.BASES, required=True)
    through: str = keys.text(200)
    credibility: int | None = keys.number(1, 6)
    reason: str = keys.text()
    gradings: tuple[ClaimGrading, ...] = keys.many(ClaimGrading)
    anchorings: tuple[Anchoring, ...] = keys.many(Anchoring)
