"""The format's classes for proposals: what was proposed for a cell, on what it would rest, and what was decided."""

# ruff: noqa: RUF009 -- each call makes a field, as dataclasses.field does
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import keys, words
from .item import Item


@dataclass(frozen=True, kw_only=True)
class ProposedEvidence(Item):
    quote: str | None = keys.ref("quote")
    source: str | None = keys.ref("source")
    locator: str = keys.text(300)
    bearing: str = keys.choice(words.BEARINGS, required=True)


@dataclass(frozen=True, kw_only=True)
class ProposalDecision(Item):
    revision: int | None = keys.number()
    state: str = keys.choice(words.PROPOSAL_DECISIONS, required=True)
    comment: str = keys.text()


@dataclass(frozen=True, kw_only=True)
class Proposal(Item):
    revision: int | None = keys.number()
    based_on: int = keys.number(0, required=True)
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
    reason: str = keys.text(required=True)
    evidence: tuple[ProposedEvidence, ...] = keys.many(ProposedEvidence, by=["quote", "source", "locator"])
    decisions: tuple[ProposalDecision, ...] = keys.many(ProposalDecision, by=["revision"])
