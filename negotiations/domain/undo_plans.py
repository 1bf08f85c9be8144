"""What undoing an act would do: its steps, what was built on it since, what stays. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..models import Change
from .negotiations import Workspace
from .parts import Part


@dataclass(frozen=True)
class Blocker:
    """Something that was built on the act since, told as a sentence, with the revision that did it."""

    sentence: str
    revision: int


@dataclass(frozen=True)
class Writing:
    """The act that undoes, while it is written: its revision, and the reason given."""

    workspace: Workspace
    revision: int
    why: str


Write = Callable[[Writing], None]


@dataclass(frozen=True)
class Plan:
    """`parts` tell each thing that is put back, from what is to what will be; `writes` do it, in their order.

    `refusals` are sentences that say what can't be undone at all, `stays` those that say what remains.

    `cells` are to be counted anew, and those that rest on `sources`; `recounts` says that any may be to re-check.
    """

    parts: tuple[Part, ...] = ()
    writes: tuple[Write, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    refusals: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    cells: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()
    recounts: bool = False

    def __add__(self, other: Plan) -> Plan:
        return Plan(
            self.parts + other.parts,
            self.writes + other.writes,
            tuple(dict.fromkeys(self.blockers + other.blockers)),
            tuple(dict.fromkeys(self.refusals + other.refusals)),
            tuple(dict.fromkeys(self.stays + other.stays)),
            self.cells | other.cells,
            self.sources | other.sources,
            self.recounts or other.recounts,
        )


@dataclass(frozen=True)
class Undoing:
    """An act that is to be undone: a change of `workspace`, and what of all later acts no longer counts.

    A later act that is undone, and the act that undid it, are as if they had not been; so whoever undoes two acts, the
    newest first, is not stopped by the first.
    """

    workspace: Workspace
    change: Change
    cancelled: frozenset[int] = field(default_factory=frozenset)

    @property
    def revision(self) -> int:
        return self.change.revision or 0

    def built_on(self, sentence: str, revisions: Iterable[int | None]) -> tuple[Blocker, ...]:
        """A blocker for each later act among `revisions` that still counts."""
        later = {each for each in revisions if each and each > self.revision and each not in self.cancelled}
        return tuple(Blocker(sentence, each) for each in sorted(later))


def undoing(workspace: Workspace, change: Change) -> Undoing:
    """One query."""
    undone = _undone(workspace.id)
    revision = change.revision or 0
    cancelled = {act for act in undone if act > revision}
    cancelled |= {by for act, by in undone.items() if act > revision}
    return Undoing(workspace, change, frozenset(cancelled))


def _undone(negotiation: int) -> Mapping[int, int]:
    """All acts that are undone, each with the act that undid it and is not undone itself."""
    rows = Change.objects.filter(negotiation_id=negotiation, undoes__isnull=False).order_by("-revision")
    undone: dict[int, int] = {}
    pairs: Any = rows.values_list("revision", "undoes")
    for revision, undoes in pairs:  # the newest first: what may have undone it was looked at
        if revision not in undone and undoes not in undone:
            undone[undoes] = revision
    return undone


def root_of(workspace: Workspace, change: Change) -> tuple[Change, bool]:
    """The act that a chain of undoing began with, and whether undoing `change` would let it count again."""
    counts = True
    while change.undoes is not None:
        change = Change.objects.get(negotiation_id=workspace.id, revision=change.undoes)
        counts = not counts
    return change, not counts
