"""A passage as it is kept, and what can be said of it in a later text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["exact", "moved", "altered", "ambiguous", "gone"]
HOLDS: tuple[State, ...] = ("exact", "moved")  # the states in which a quote stays in force


@dataclass(frozen=True)
class Selector:
    """A passage: its words, up to 32 code points on each side, and its place, in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True)
class Anchor:
    """Where a passage stands now: `text[start:end]` is `found`. Without a place they are None, None and "".

    exact: same characters, same place, same surroundings. moved: the same words, written otherwise, elsewhere or in
    other surroundings. altered: the passage is there in other words, or turned by a word right beside it; `found`
    then takes that word in. ambiguous: the words stand in several places, and nothing tells which. gone: not there.
    """

    state: State
    start: int | None = None
    end: int | None = None
    found: str = ""

    @property
    def holds(self) -> bool:
        return self.state in HOLDS
