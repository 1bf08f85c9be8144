"""A stance as it is proposed, and whether it may stand in its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from ..database.dates import ALWAYS
from ..models.evidence import Bearing
from ..models.fields import Precision
from ..models.stances import ADDING, Cause, Code, Confidence
from .dates import in_words, last_day

LONGEST_LOCATOR = 300  # characters
QUALIFIED = ("conditions", "limits")  # what is told of a stance in words of its own


def otherwise(before: Any, after: Any) -> tuple[str, ...]:
    """What of two stances with such columns differs beside the code: `now a red line`, `limits added`…"""
    told = []
    if before.red_line != after.red_line:
        told.append("now a red line" if after.red_line else "no longer a red line")
    for name in QUALIFIED:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            told.append(f"{name} {'dropped' if not new else 'added' if not old else 'changed'}")
    return tuple(told)


@dataclass(frozen=True)
class Item:
    """A piece of evidence: a quote, or a locator in a source. Ids are those of the negotiation."""

    bearing: str
    quote: int | None = None
    source: int | None = None
    locator: str = ""


@dataclass(frozen=True)
class Draft:
    """A stance that somebody wants to record. `replaces` is the seq of an earlier one, as the cause asks."""

    cause: str
    code: str = ""
    rationale: str = ""
    conditions: str = ""
    limits: str = ""
    depends_on: tuple[int, ...] = ()
    red_line: bool = False
    confidence: str = ""
    held_from: date | None = None
    precision: str = Precision.DAY
    replaces: int | None = None
    evidence: tuple[Item, ...] = ()

    def as_content(self) -> dict[str, object]:
        """What was asked, to be hashed."""
        return asdict(self)


@dataclass(frozen=True)
class Earlier:
    """An earlier stance of the cell, as far as the rules look at it."""

    seq: int
    code: str
    cause: str
    is_replaced: bool
    held_from: date
    precision: str


class Invalid(Exception):
    """The draft can't stand. `errors` has sentences by field name; under `""` those of the whole.

    Of several drafts, `cells` has the errors of each that can't, by its cell's id; `errors` are those of the first.
    """

    def __init__(self, errors: Mapping[str, str], cells: Mapping[int, Mapping[str, str]] | None = None):
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)
        self.cells = dict(cells or {})


def settle(draft: Draft, *, history: Mapping[int, Earlier], today: date) -> Draft:
    """The draft as it is stored: period ends, minus infinity, no blanks around texts, nothing said by a withdrawal."""
    if draft.cause == Cause.WITHDRAWN:
        target = history.get(draft.replaces or 0)
        held_from, precision = (target.held_from, target.precision) if target else (today, Precision.DAY)
        return Draft(cause=draft.cause, replaces=draft.replaces, held_from=held_from, precision=precision)
    draft = replace(
        draft,
        rationale=draft.rationale.strip(),
        conditions=draft.conditions.strip(),
        limits=draft.limits.strip(),
        depends_on=tuple(dict.fromkeys(draft.depends_on)),
    )
    if draft.code == Code.UNKNOWN and draft.cause == Cause.FIRST:
        return replace(draft, held_from=ALWAYS, precision="")
    if draft.held_from is None and draft.code == Code.UNKNOWN and draft.cause not in ADDING:
        return replace(draft, held_from=ALWAYS, precision="")
    if draft.held_from is None:
        return draft
    if draft.held_from == ALWAYS:
        return replace(draft, precision="")
    end = last_day(draft.held_from, draft.precision)
    if draft.precision in (Precision.MONTH, Precision.YEAR) and draft.held_from <= today:
        end = min(end, today)  # a period that is not over yet ends, for us, today
    return replace(draft, held_from=end)


def check(draft: Draft, *, history: Mapping[int, Earlier], today: date) -> dict[str, str]:
    """What is wrong with a settled draft, as sentences by field; empty where it may stand."""
    errors = _check_place(draft, history)
    if draft.cause != Cause.WITHDRAWN:
        errors |= _check_content(draft, today)
    target = history.get(draft.replaces or 0)
    if draft.cause == Cause.EVIDENCE and target and target.code != draft.code:
        errors["code"] = (
            "More evidence for the same judgement keeps its stance. "
            "For another one, say that the party moved, or that you judge anew."
        )
    return errors


def _check_place(draft: Draft, history: Mapping[int, Earlier]) -> dict[str, str]:
    """Does the cause fit the cell's history?"""
    if draft.cause not in Cause.values:
        return {"cause": "Say why there is another stance."}
    if not history and draft.cause != Cause.FIRST:
        return {"cause": "This cell has no stance yet, so this is its first record."}
    if history and draft.cause == Cause.FIRST:
        return {"cause": "This cell has a stance already. Say why there is another."}
    if draft.cause in ADDING:
        return {} if draft.replaces is None else {"replaces": "This cause adds to the story and replaces nothing."}
    target = history.get(draft.replaces or 0)
    if target is None:
        return {"replaces": "Say which earlier stance this one replaces."}
    if target.is_replaced:
        return {"replaces": f"Stance {target.seq} has been replaced already. Choose one that still stands."}
    if draft.cause == Cause.WITHDRAWN and target.cause not in ADDING:
        sentence = "itself replaced another, so it is corrected, not withdrawn: say again what should stand."
        return {"cause": f"Stance {target.seq} {sentence}"}
    return {}


def _check_content(draft: Draft, today: date) -> dict[str, str]:
    errors = {}
    if draft.code not in Code.values:
        errors["code"] = "Choose a stance."
    if draft.confidence not in Confidence.values:
        errors["confidence"] = "Say how good the evidence is."
    if not draft.rationale.strip():
        errors["rationale"] = (
            "Say what was searched." if draft.code == Code.UNKNOWN else "Say how the words lead to this judgement."
        )
    if draft.code != Code.UNKNOWN and not any(e.bearing == Bearing.SUPPORTS for e in draft.evidence):
        errors["evidence"] = "Choose at least one piece of evidence that supports the judgement."
    return errors | _check_evidence(draft) | _check_texts(draft) | _check_dates(draft, today)


def _check_evidence(draft: Draft) -> dict[str, str]:
    quotes = [item.quote for item in draft.evidence if item.quote is not None]
    if len(set(quotes)) != len(quotes):
        return {"evidence": "A quote is named twice. Say once how it bears on the judgement."}
    if any(item.bearing not in Bearing.values for item in draft.evidence):
        return {"evidence": "Say of each piece whether it supports the judgement, contradicts it or is context."}
    for item in draft.evidence:
        is_quote = item.quote is not None and item.source is None and not item.locator
        is_in_a_source = item.quote is None and item.source is not None and item.locator
        if not is_quote and not is_in_a_source:
            return {"evidence": "A piece of evidence is a quote, or a source and where in it."}
        if len(item.locator) > LONGEST_LOCATOR or not can_be_stored(item.locator):
            return {"evidence": f"Where in a source is told in at most {LONGEST_LOCATOR} ordinary characters."}
    return {}


def _check_texts(draft: Draft) -> dict[str, str]:
    return {
        name: "This text holds a character that can't be stored."
        for name in ("rationale", "conditions", "limits")
        if not can_be_stored(getattr(draft, name))
    }


def can_be_stored(text: str) -> bool:
    """Whether PostgreSQL takes the text: no NUL, and no half of a character."""
    return not any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text)


def _check_dates(draft: Draft, today: date) -> dict[str, str]:
    if draft.held_from is None:
        return {"held_from": "Say from when the party held this, or by when it did."}
    if draft.held_from == ALWAYS:
        return {} if draft.code == Code.UNKNOWN else {"held_from": "Only “not enough evidence” has no beginning."}
    if draft.precision not in Precision.values:
        return {"precision": "Say how exactly the day is known."}
    if draft.held_from > today:
        return {"held_from": f"That is after today, {in_words(today)}. A stance is recorded once it is held."}
    return {}
