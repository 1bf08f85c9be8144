"""What an act did to one thing, as pages tell it: which fields changed how, on what evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..models.evidence import Bearing
from ..texts.differing import Stretch, changes


@dataclass(frozen=True)
class Link:
    """A page of the negotiation: its address by name, what stands in it, and the place on the page."""

    page: str
    args: tuple[str | int, ...]
    place: str = ""


@dataclass(frozen=True)
class Told:
    """A field, before and after. `old` is empty where nothing was; `pieces` has both run together, of a text."""

    name: str
    old: str
    new: str
    pieces: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class EvidenceTold:
    """A piece of evidence that was added, taken away, or bears otherwise than `before`."""

    how: str
    bearing: str
    before: str
    words: str
    place: str
    link: Link

    @property
    def bearing_in_words(self) -> str:
        return Bearing(self.bearing).label.lower()

    @property
    def before_in_words(self) -> str:
        return Bearing(self.before).label.lower()


@dataclass(frozen=True)
class Part:
    """What an act did to one thing. `act` and `noun` say it before its name: `graded`, `source`.

    A stance has its `code`, empty where it was withdrawn; `compared` says with what its fields are compared.
    """

    act: str
    noun: str
    name: str
    link: Link | None = None
    fields: tuple[Told, ...] = ()
    evidence: tuple[EvidenceTold, ...] = ()
    note: str = ""
    is_stance: bool = False
    code: str = ""
    red_line: bool = False
    compared: str = ""


def text(name: str, old: str, new: str) -> Told:
    """A text that people wrote: word for word, where both have some."""
    return Told(name, old, new, changes(old, new) if old and new and old != new else ())


def changed(fields: Iterable[Told]) -> tuple[Told, ...]:
    """The fields that differ."""
    return tuple(field for field in fields if field.old != field.new)
