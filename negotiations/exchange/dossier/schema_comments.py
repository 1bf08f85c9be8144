"""The format's classes for comments: threads on cells, with their answers and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from . import keys
from .item import Item


@dataclass(frozen=True, kw_only=True)
class Answer(Item):
    revision: int | None = keys.number()
    text: str = keys.text(required=True)
    mentions: tuple[str, ...] = keys.users()


@dataclass(frozen=True, kw_only=True)
class Resolution(Item):
    revision: int | None = keys.number()
    resolved: bool = keys.flag(required=True)


@dataclass(frozen=True, kw_only=True)
class Comment(Item):
    revision: int | None = keys.number()
    text: str = keys.text(required=True)
    mentions: tuple[str, ...] = keys.users()
    answers: tuple[Answer, ...] = keys.many(Answer, by=["revision"])
    resolutions: tuple[Resolution, ...] = keys.many(Resolution, by=["revision"])
