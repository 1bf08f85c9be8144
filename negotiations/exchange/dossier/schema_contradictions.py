"""The format's classes for contradictions."""

from __future__ import annotations

from dataclasses import dataclass

from . import keys, words
from .item import Item


@dataclass(frozen=True, kw_only=True)
class TouchedCell(Item):
    revision: int | None = keys.number()
    party: str = keys.ref("party", required=True)
    priority: int = keys.ref("priority", required=True)
    taken_away: bool = keys.flag()


@dataclass(frozen=True, kw_only=True)
class Proof(Item):
    revision: int | None = keys.number()
    quote: str | None = keys.ref("quote")
    source: str | None = keys.ref("source")
    locator: str = keys.text(300)


@dataclass(frozen=True, kw_only=True)
class Side(Item):
    number: int | None = keys.number(1, 32_767)
    revision: int | None = keys.number()
    says: str = keys.text(300, required=True)
    proofs: tuple[Proof, ...] = keys.many(Proof)


@dataclass(frozen=True, kw_only=True)
class Ruling(Item):
    revision: int | None = keys.number()
    state: str = keys.choice(words.RULINGS, required=True)
    reason: str = keys.text(required=True)


@dataclass(frozen=True, kw_only=True)
class Contradiction(Item):
    slug: str = keys.slug()
    kind: str = keys.choice(words.CONTRADICTION_KINDS, required=True)
    title: str = keys.text(200, required=True)
    description: str = keys.text()
    cells: tuple[TouchedCell, ...] = keys.many(TouchedCell)
    sides: tuple[Side, ...] = keys.many(Side, by=["number"])
    rulings: tuple[Ruling, ...] = keys.many(Ruling)
