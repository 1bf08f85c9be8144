"""The format's classes for open questions."""

# ruff: noqa: RUF009 -- each call makes a field, as dataclasses.field does
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import keys, words
from .item import Item


@dataclass(frozen=True, kw_only=True)
class QuestionEvent(Item):
    revision: int | None = keys.number()
    state: str = keys.choice(words.QUESTION_STATES, required=True)
    quote: str | None = keys.ref("quote")
    source: str | None = keys.ref("source")
    locator: str = keys.text(300)
    note: str = keys.text()


@dataclass(frozen=True, kw_only=True)
class Question(Item):
    slug: str = keys.slug()
    party: str | None = keys.ref("party")
    priority: int | None = keys.ref("priority")
    text: str = keys.text(300, required=True)
    whom: str = keys.text(200)
    due: date | None = keys.day()
    events: tuple[QuestionEvent, ...] = keys.many(QuestionEvent)
