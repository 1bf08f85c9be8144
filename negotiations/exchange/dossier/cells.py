"""The stances of each cell: which are there already, which come next, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ...database.dates import ALWAYS
from ...domain.dates import last_day
from ...domain.stances import Draft, Earlier, Item, check, settle
from ...models.fields import Precision
from ...models.stances import ADDING, Cause
from .nodes import LIST, Problems, shortened
from .schema import Cell, Dossier, Evidence, Stance

# Where a sentence of the domain belongs in the file.
KEYS = {"code": "stance"}
DRAFTED = (
    *("code", "rationale", "conditions", "limits", "red_line", "confidence"),
    *("held_from", "precision", "cause", "replaces"),
)


@dataclass(frozen=True)
class Next:
    """A stance to add: its cell, its seq there, what the file says, and the draft as it is stored (without ids)."""

    party: str
    priority: int
    seq: int
    stance: Stance
    draft: Draft


def plan(
    dossier: Dossier, stored: Dossier | None, day_of: Callable[[int | None], date], problems: Problems
) -> list[Next]:
    """The stances to add. `day_of` tells on which day a revision was recorded (None: now).

    A stance with a seq is that one of its cell; one without is matched by what it says.
    """
    there = {(cell.party, cell.priority): cell.stances for cell in (stored.positions if stored else ())}
    found: list[Next] = []
    for cell in dossier.positions:
        before = there.get((cell.party, cell.priority), ())
        if _seqs_are_clear(cell, problems):
            found += _Cell(cell, before, day_of, problems).plan()
    return found


def _seqs_are_clear(cell: Cell, problems: Problems) -> bool:
    given = [stance.seq is not None for stance in cell.stances]
    if any(given) and not all(given):
        problems.add(cell.node.at("stances"), "Give a seq to every stance of the cell, or to none.")
        return False
    return True


class _Cell:
    def __init__(
        self,
        cell: Cell,
        before: tuple[Stance, ...],
        day_of: Callable[[int | None], date],
        problems: Problems,
    ) -> None:
        self.cell = cell
        self.before = before
        self.day_of = day_of
        self.problems = problems
        self.history = {earlier.seq: earlier for earlier in _history(before)}
        self.free: dict[Any, list[int]] = {}  # stored stances that no stance of the file is matched with, by content
        for stance in before:
            assert stance.seq is not None
            self.free.setdefault(_content(stance, draft_of(stance), stance.replaces), []).append(stance.seq)
        self.places: dict[int, int] = {}  # in a list without seqs, from the place in the list to the seq

    def plan(self) -> list[Next]:
        found = []
        for place, stance in enumerate(self.cell.stances, start=1):
            new = self._with_seq(stance) if stance.seq is not None else self._without_seq(stance, place)
            if new is not None:
                found.append(new)
        return found

    def _with_seq(self, stance: Stance) -> Next | None:
        assert stance.seq is not None
        if stance.seq <= len(self.before):
            draft = draft_of(stance)
            if stance.revision is None:
                draft = settle(draft, history=self.history, today=self.day_of(None))
            _tell_differences(stance, draft, self.before[stance.seq - 1], self.problems)
            return None
        if stance.seq != len(self.history) + 1:
            told = f"The next stance of this cell is number {len(self.history) + 1}."
            self.problems.add(stance.node.at("seq"), told)
            return None
        return self._next(stance, stance.replaces)

    def _without_seq(self, stance: Stance, place: int) -> Next | None:
        target = stance.replaces
        if target is not None:
            if target not in self.places:
                told = f"There is no earlier stance {target} in this list. List the cell's stances from the first on, "
                self.problems.add(stance.node.at("replaces"), told + "or give each its seq.")
                return None
            target = self.places[target]
        draft = settle(replace(draft_of(stance), replaces=target), history=self.history, today=self.day_of(None))
        matches = self.free.get(_content(stance, draft, target), [])
        if matches:
            self.places[place] = matches.pop(0)
            return None
        new = self._next(stance, target)
        self.places[place] = new.seq
        return new

    def _next(self, stance: Stance, target: int | None) -> Next:
        """The stance as the next of its cell, with what is wrong with it told."""
        seq = len(self.history) + 1
        day = self.day_of(stance.revision)
        draft = replace(draft_of(stance), replaces=target)
        if stance.revision is None:
            draft = settle(draft, history=self.history, today=day)
        for name, sentence in check(draft, history=self.history, today=day).items():
            if not _is_told_already(stance, KEYS.get(name, name)):
                self.problems.add(stance.node.at(KEYS.get(name, name)), sentence)
        if target in self.history:
            self.history[target] = replace(self.history[target], is_replaced=True)
        self.history[seq] = Earlier(seq, draft.code, draft.cause, False, draft.held_from or day, draft.precision)
        return Next(self.cell.party, self.cell.priority, seq, stance, draft)


def _history(stances: tuple[Stance, ...]) -> list[Earlier]:
    replaced = {stance.replaces for stance in stances}
    return [
        Earlier(
            stance.seq or 0,
            stance.stance,
            stance.cause,
            stance.seq in replaced,
            stance.held_from or ALWAYS,
            stance.precision,
        )
        for stance in stances
    ]


def draft_of(stance: Stance) -> Draft:
    """What the stance says, without the ids of what it names. In an export, no date means no beginning."""
    held_from, precision = stance.held_from, stance.precision
    if stance.revision is not None and held_from is None:
        held_from, precision = ALWAYS, ""
    elif not precision:
        precision = Precision.DAY
    return Draft(
        cause=stance.cause,
        code=stance.stance,
        rationale=stance.rationale,
        conditions=stance.conditions,
        limits=stance.limits,
        red_line=stance.red_line,
        confidence=stance.confidence,
        held_from=held_from,
        precision=precision,
        replaces=stance.replaces,
        evidence=tuple(_item(place, evidence) for place, evidence in enumerate(stance.evidence)),
    )


def _item(place: int, evidence: Evidence) -> Item:
    """A piece of evidence with a stand-in for the id that it does not have yet."""
    return Item(
        bearing=evidence.bearing,
        quote=place if evidence.quote else None,
        source=place if evidence.source else None,
        locator=evidence.locator,
    )


def _content(stance: Stance, draft: Draft, target: int | None) -> Any:
    """What makes two stances of a cell the same. `draft` is settled, `target` the seq that it replaces."""
    if draft.cause == Cause.WITHDRAWN:
        return draft.cause, target
    draft = _by_period(draft)
    return (
        draft.code,
        draft.held_from,
        draft.precision,
        draft.cause,
        None if draft.cause in ADDING else target,
        draft.rationale,
        draft.conditions,
        draft.limits,
        draft.confidence,
        draft.red_line,
        tuple(sorted(stance.depends_on)),
        tuple(sorted(_piece(evidence) for evidence in stance.evidence)),
    )


def _piece(evidence: Evidence) -> tuple[str, str, str, str]:
    return evidence.quote or "", evidence.source or "", evidence.locator, evidence.bearing


def _is_told_already(stance: Stance, name: str) -> bool:
    """Whether the value of a key could not be read, so that more about it would be noise."""
    if name == "evidence" and stance.gives(name):
        given = stance.node.at(name)
        return given.kind != LIST or not all(map(_is_whole, stance.evidence)) or len(given.value) > len(stance.evidence)
    return not stance.cause or (stance.gives(name) and getattr(stance, name) in ("", None, ()))


def _is_whole(evidence: Evidence) -> bool:
    """Whether evidence is one of its two kinds; rules.py tells where it is not."""
    if evidence.quote:
        return bool(evidence.bearing) and not evidence.source and not evidence.locator
    return bool(evidence.bearing and evidence.source and evidence.locator)


def _tell_differences(mine: Stance, draft: Draft, stored: Stance, problems: Problems) -> None:
    """What the file says otherwise of the stance that is stored under its seq."""
    theirs = draft_of(stored)
    if mine.revision is None and draft.held_from and theirs.held_from:
        draft, theirs = _by_period(draft), _by_period(theirs)
    for name in DRAFTED:
        _tell(mine, KEYS.get(name, name), getattr(draft, name), getattr(theirs, name), problems)
    _tell(mine, "depends_on", sorted(mine.depends_on), sorted(stored.depends_on), problems)
    pieces = [sorted(_piece(evidence) for evidence in each.evidence) for each in (mine, stored)]
    _tell(mine, "evidence", pieces[0], pieces[1], problems)
    if mine.revision is not None:
        _tell(mine, "revision", mine.revision, stored.revision, problems)


def _by_period(draft: Draft) -> Draft:
    """With the whole period for a date: one that was not over yet was stored with the day of its recording."""
    if draft.held_from is None or draft.held_from == ALWAYS:
        return draft
    return replace(draft, held_from=last_day(draft.held_from, draft.precision))


def _tell(stance: Stance, name: str, mine: Any, stored: Any, problems: Problems) -> None:
    if mine != stored:
        problems.add(stance.node.at(name), differs(mine, stored))


def differs(mine: Any, stored: Any) -> str:
    """The sentence for a difference."""
    return f"This differs: stored is {_told(stored)}; the file says {_told(mine)}."


def _told(value: Any) -> str:
    if value in (None, "", (), []) or value == ALWAYS:
        return "nothing"
    if isinstance(value, list | tuple):
        each = ["/".join(filter(None, part)) if isinstance(part, tuple) else str(part) for part in value]
        return f"“{shortened(', '.join(each), 120)}”"
    return f"“{shortened(str(value))}”"
