"""A contradiction as it is proposed, and whether it may be added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Position
from ..models.contradictions import ContradictionKind
from .acting import check_text
from .places import Place, problem_of
from .removals import present

LONGEST_TITLE = 200  # characters
LONGEST_SAYING = 300


@dataclass(frozen=True)
class Side:
    """What one side says, and where that is said."""

    says: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Details:
    """What is said of a contradiction beside its sides. `cells` are ids of further positions that it touches, and
    `without` of those that it touches no more.
    """

    kind: str
    title: str
    description: str = ""
    cells: tuple[int, ...] = ()
    without: tuple[int, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A contradiction that somebody wants to add. `cells` are ids of positions."""

    kind: str
    title: str
    sides: tuple[Side, ...]
    description: str = ""
    cells: tuple[int, ...] = ()


def check_details(negotiation: int, draft: Draft | Details) -> dict[str, str]:
    """What is wrong with all but the sides, as sentences by field; else empty."""
    errors = {} if draft.title.strip() else {"title": "Say what the sides disagree about."}
    errors |= check_text("title", draft.title, LONGEST_TITLE) | check_text("description", draft.description)
    if draft.kind not in ContradictionKind.values:
        errors["kind"] = "Choose what kind of contradiction it is."
    cells = set(draft.cells)
    if present(Position.objects.filter(negotiation_id=negotiation, pk__in=cells)).count() != len(cells):
        errors["cells"] = "One of these cells is not of this negotiation, or was taken out."
    return errors


def check(negotiation: int, draft: Draft) -> dict[str, str]:
    """What is wrong with a draft, as sentences by field (`says_2` for what the second side says); else empty."""
    errors = check_details(negotiation, draft)
    if len(draft.sides) < 2:
        errors["sides"] = "A contradiction has two sides at least."
    for number, side in enumerate(draft.sides, start=1):
        found = check_side(negotiation, side)
        errors |= {f"{name}_{number}": sentence for name, sentence in found.items()}
    return errors


def check_side(negotiation: int, side: Side) -> dict[str, str]:
    errors = {} if side.says.strip() else {"says": "Say in a few words what this side says."}
    errors |= check_text("says", side.says, LONGEST_SAYING)
    if wrong := check_places(negotiation, side.places):
        errors["places"] = wrong
    return errors


def check_places(negotiation: int, places: Sequence[Place]) -> str:
    return problem_of(negotiation, places) if places else "Choose the words, or the place in a source, that say so."
