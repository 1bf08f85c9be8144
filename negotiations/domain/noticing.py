"""Contradictions that a recorded stance brings to light: noted in the same act, for a person to rule on.

Words for and against a judgement contradict each other. So does what a party says what it said before, where it moves
from one side of the scale to the other. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..models import Contradiction, ContradictionCell, ContradictionSide, Evidence, Position
from ..models.contradictions import ContradictionKind, ContradictionState
from ..models.evidence import Bearing
from ..models.fields import Precision
from ..models.stances import SCALE, Cause, Code
from .as_of import Standing, standings
from .at_moment import touching
from .contradiction_acts import places_of, write, write_places
from .contradiction_drafts import LONGEST_TITLE, Draft, Side
from .dates import in_words
from .names import of_cell
from .negotiations import Workspace
from .places import Place
from .recording import Placed
from .removals import present
from .stances import Item

VIEWS = {
    Code.CHAMPIONS: "in favour",
    Code.SUPPORTS: "in favour",
    Code.NEUTRAL: "neutral",
    Code.OPPOSES: "opposed",
    Code.REJECTS: "opposed",
    Code.AMBIGUOUS: "ambiguous",
    Code.SILENT: "no public position",
    Code.UNKNOWN: "not enough evidence",
}


def notice(workspace: Workspace, recorded: Sequence[Placed]) -> None:
    """Note what contradicts in the stances just written. Asks nothing where nothing does."""
    for row in recorded:
        for_it, against = (_places(row.draft.evidence, b) for b in (Bearing.SUPPORTS, Bearing.CONTRADICTS))
        if for_it and against:
            _note_bearing(workspace, row, for_it, against)
        if row.draft.cause == Cause.MOVED and row.draft.held_from and SCALE.get(Code(row.draft.code)):
            before = standings(
                workspace.id, as_of=row.draft.held_from, known_at=row.revision - 1, positions=[row.position]
            )
            _note_reversal(workspace, row, before[0], for_it)


def sides_of(code: str) -> tuple[str, str]:
    """What the sides of a contradiction say, for and against a judgement; the same for each shade of it."""
    view = VIEWS[Code(code)]
    return f"For the judgement “{view}”", f"Against the judgement “{view}”"


def _note_bearing(workspace: Workspace, row: Placed, for_it: Sequence[Place], against: Sequence[Place]) -> None:
    """Add to the cell's contradiction of these sides, or add one. What was resolved is noted anew by new words only."""
    says = sides_of(row.draft.code)
    touched = touching(ContradictionCell.objects.filter(position=row.position))
    there = Contradiction.objects.filter(
        negotiation_id=workspace.id, kind=ContradictionKind.BEARING, pk__in=touched.values("contradiction")
    )
    for saying in says:
        there = there.filter(pk__in=present(ContradictionSide.objects.filter(says=saying)).values("contradiction"))
    newest = there.order_by("-pk").first()
    if newest is not None and newest.state == ContradictionState.RESOLVED and not _is_new(newest, says[1], against):
        return
    if newest is None or newest.state == ContradictionState.RESOLVED:
        sides = (Side(says[0], tuple(for_it)), Side(says[1], tuple(against)))
        _add(workspace, row, ContradictionKind.BEARING, "words for and against", sides)
        return
    for saying, places in zip(says, (for_it, against), strict=True):
        write_places(_side(newest, saying), places, revision=row.revision)


def _is_new(contradiction: Contradiction, says: str, places: Iterable[Place]) -> bool:
    """Whether one of `places` is not on that side yet."""
    return not places_of(_side(contradiction, says)).issuperset(places)


def _side(contradiction: Contradiction, says: str) -> ContradictionSide:
    """The first that says so; people may have added another."""
    return present(contradiction.sides.filter(says=says))[:1].get()


def _note_reversal(workspace: Workspace, row: Placed, before: Standing, now: Sequence[Place]) -> None:
    """Add one where the party stood on the other side of the scale before."""
    if SCALE.get(Code(before.code), 0) * SCALE[Code(row.draft.code)] >= 0:
        return
    earlier = Evidence.objects.filter(stance_id=before.stance_id or 0, bearing=Bearing.SUPPORTS)
    sides = (
        Side(
            f"Before: {Code(before.code).label}, {_since(before.held_from, before.precision)}",
            tuple(Place(e.quote_id, e.source_id, e.locator) for e in earlier),
        ),
        Side(
            f"Now: {Code(row.draft.code).label}, {_since(row.draft.held_from, row.draft.precision)}",
            tuple(now),
        ),
    )
    _add(workspace, row, ContradictionKind.REVERSAL, "said otherwise before", sides)


def _add(workspace: Workspace, row: Placed, kind: ContradictionKind, words: str, sides: tuple[Side, ...]) -> None:
    cell = Position.objects.select_related("party", "priority").get(pk=row.position)
    what = of_cell(cell.party.name, cell.priority.number, cell.priority.name)[: LONGEST_TITLE - len(words) - 2]
    draft = Draft(kind=kind, title=f"{what}: {words}", sides=sides, cells=(row.position,))
    write(workspace.id, draft, revision=row.revision)


def _places(evidence: Iterable[Item], bearing: str) -> tuple[Place, ...]:
    found = (Place(e.quote, e.source, e.locator) for e in evidence if e.bearing == bearing)
    return tuple(dict.fromkeys(found))


def _since(day: date | None, precision: str) -> str:
    return in_words(day, precision) if precision == Precision.BY else f"since {in_words(day, precision)}"
