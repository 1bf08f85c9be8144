"""The format's classes for a cell: its stances with their evidence, and what people decided of it and its passages."""

# ruff: noqa: RUF009 -- each call makes a field, as dataclasses.field does
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import keys, words
from .item import Item
from .schema_comments import Comment
from .schema_reviews import Proposal


@dataclass(frozen=True, kw_only=True)
class Evidence(Item):
    quote: str | None = keys.ref("quote")
    source: str | None = keys.ref("source")
    locator: str = keys.text(300)
    bearing: str = keys.choice(words.BEARINGS, required=True)


@dataclass(frozen=True, kw_only=True)
class Stance(Item):
    seq: int | None = keys.number()
    revision: int | None = keys.number()
    stance: str = keys.choice(words.CODES)
    rationale: str = keys.text()
    conditions: str = keys.text()
    limits: str = keys.text()
    depends_on: tuple[str, ...] = keys.refs("party")
    red_line: bool = keys.flag()
    confidence: str = keys.choice(words.CONFIDENCES)
    held_from: date | None = keys.day()
    precision: str = keys.choice(words.PRECISIONS)
    cause: str = keys.choice(words.CAUSES, required=True)
    replaces: int | None = keys.number()
    why: str = keys.text()
    evidence: tuple[Evidence, ...] = keys.many(Evidence)


@dataclass(frozen=True, kw_only=True)
class Stay(Item):
    revision: int | None = keys.number()
    reason: str = keys.text(required=True)


@dataclass(frozen=True, kw_only=True)
class Judgement(Item):
    revision: int | None = keys.number()
    source: str = keys.ref("source", required=True)
    snapshot: int = keys.number(required=True)
    start: int = keys.number(0, required=True)
    end: int = keys.number(required=True)
    relevant: bool = keys.flag(required=True)


@dataclass(frozen=True, kw_only=True)
class Cell(Item):
    party: str = keys.ref("party", required=True)
    priority: int = keys.ref("priority", required=True)
    stances: tuple[Stance, ...] = keys.many(Stance)
    stays: tuple[Stay, ...] = keys.many(Stay)
    judgements: tuple[Judgement, ...] = keys.many(Judgement)
    proposals: tuple[Proposal, ...] = keys.many(Proposal, by=["revision"])
    comments: tuple[Comment, ...] = keys.many(Comment, by=["revision"])
