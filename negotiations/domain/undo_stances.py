"""Undoing stances: each cell reads again on every day as it did before the act, by rows that are added.

A stance that adds to the story is withdrawn. In the place of one that stood for another, that other one is said again,
with all that it rested on. Where nothing is to stand in the place of such a stance, "not enough evidence, always" is
said, which gives way to whatever else the cell has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ..database.dates import ALWAYS
from ..models import Dependence, Evidence, Position, Stance, Stay
from ..models.stances import Cause, Code, Confidence
from . import recording, stance_parts
from .as_of import standings
from .names import of_cell
from .noticing import notice
from .parts import Link, Part
from .recording import Placed
from .stances import Draft, Item
from .undo_plans import Blocker, Plan, Undoing, Writing

REVIEWED = (
    "A second person accepts every stance here, so none is undone by one alone. Propose in its cell what should be."
)
NOTHING = "Nothing stands here since what was recorded was undone."


@dataclass(frozen=True)
class Chain:
    """Stances of a cell of which each replaced the one before, as far as they came with the act or after it.

    `base` is the earlier stance that the first of them replaced, None where the first added to the story.
    """

    first: Stance
    last: Stance
    base: Stance | None

    @property
    def day(self) -> date:
        """From when on the chain may have changed what the cell reads."""
        return (self.base or self.first).held_from


def plan(act: Undoing, ids: Sequence[int]) -> Plan:
    """How the stances of these ids are undone. A fixed number of queries, and one for each day that they hold from."""
    if act.workspace.review:
        return Plan(refusals=(REVIEWED,))
    rows = Stance.objects.filter(pk__in=ids).select_related("position__party", "position__priority").order_by("pk")
    cells = {row.position_id: row.position for row in rows}
    chains = [chain for each in _stances_of(cells).values() for chain in _chains(act, each)]
    chains.sort(key=lambda chain: (chain.last.position_id, chain.first.seq))
    before = _before(act, chains)
    shown = {chain.last.position_id: chain for chain in chains[::-1] if chain.first.revision == act.revision}
    pairs = [(chain.last.pk, before.get((cell, chain.day))) for cell, chain in sorted(shown.items())]
    told = zip(sorted(shown), stance_parts.tell_between(pairs), pairs, strict=True)
    stood = Stance.objects.in_bulk([pk for _, pk in pairs if pk is not None])
    return Plan(
        parts=tuple(_part(cells[cell], part, stood.get(pair[1] or 0)) for cell, part, pair in told),
        writes=(partial(_write, chains, before),),
        blockers=tuple(_later(act, cells)),
        cells=frozenset(cells),
    )


def _later(act: Undoing, cells: Mapping[int, Position]) -> Iterator[Blocker]:
    """Stances that were recorded over these, and words that they stay. Two queries."""
    sentences = ((Stance, "A stance of {} was recorded since."), (Stay, "Somebody said that {} stays as it is."))
    for model, told in sentences:
        later = model._default_manager.filter(position__in=cells, revision__gt=act.revision).order_by("revision")
        for cell, revision in later.values_list("position_id", "revision"):
            name = of_cell(cells[cell].party.name, cells[cell].priority.number)
            yield from act.built_on(told.format(name), [revision])


def _stances_of(cells: Iterable[int]) -> Mapping[int, dict[int, Stance]]:
    """All stances of each cell, by their seq."""
    found: dict[int, dict[int, Stance]] = defaultdict(dict)
    for row in Stance.objects.filter(position__in=list(cells)).order_by("seq"):
        found[row.position_id][row.seq] = row
    return found


def _chains(act: Undoing, stances: Mapping[int, Stance]) -> Iterator[Chain]:
    """The chains of a cell: also those of later acts that no longer count, for their rows stand there, too."""
    replaced = {row.replaces for row in stances.values()}
    for last in stances.values():
        if last.seq in replaced or last.revision < act.revision:
            continue
        first = last
        while first.replaces is not None and stances[first.replaces].revision >= act.revision:
            first = stances[first.replaces]
        yield Chain(first, last, stances[first.replaces] if first.replaces is not None else None)


def _before(act: Undoing, chains: Sequence[Chain]) -> dict[tuple[int, date], int]:
    """Which stance each cell read before the act, on the days of its chains and always; none where it read nothing."""
    by_day: dict[date, set[int]] = defaultdict(set)
    for chain in chains:
        for day in (chain.day, ALWAYS):
            by_day[day].add(chain.last.position_id)
    found = {}
    for day, cells in by_day.items():
        for each in standings(act.workspace.id, as_of=day, known_at=act.revision - 1, positions=sorted(cells)):
            if each.stance_id is not None:
                found[each.position_id, day] = each.stance_id
    return found


def _part(cell: Position, part: Part, stood: Stance | None) -> Part:
    return replace(
        part,
        name=of_cell(cell.party.name, cell.priority.number, cell.priority.name),
        link=Link("cell", (cell.party.slug, cell.priority.number)),
        note=f"It reads again as stance {stood.seq} said." if stood else "Before it nothing was recorded there.",
        is_stance=True,
        code=stood.code if stood else Code.UNKNOWN,
        red_line=stood is not None and stood.red_line,
    )


# --- writing


def _write(chains: Sequence[Chain], before: Mapping[tuple[int, date], int], writing: Writing) -> None:
    """What ends each chain. A fixed number of queries."""
    cells = {chain.last.position_id for chain in chains}
    wanted = {chain.last.pk for chain in chains} | {chain.base.pk for chain in chains if chain.base}
    said = _said({*wanted, *before.values()})
    versions = dict(Position.objects.filter(pk__in=cells).values_list("pk", "version"))
    rows = []
    for chain in chains:
        draft = _ending(chain, before, said)
        if draft is not None:
            cell = chain.last.position_id
            versions[cell] += 1
            rows.append(Placed(cell, versions[cell], writing.revision, draft))
    recording.write(writing.workspace.id, rows)
    notice(writing.workspace, rows)  # what is said again may contradict what nobody has noted, or noted no more


def _ending(chain: Chain, before: Mapping[tuple[int, date], int], said: Mapping[int, Draft]) -> Draft | None:
    """What is recorded over the last stance of a chain; None where that says what it should."""
    last, cell = chain.last, chain.last.position_id
    if chain.base is None and last.cause == Cause.WITHDRAWN:
        return None
    if last.replaces is None:
        return Draft(cause=Cause.WITHDRAWN, replaces=last.seq, held_from=last.held_from, precision=last.precision)
    if chain.base is not None and before.get((cell, chain.day)) == chain.base.pk:
        wanted = said[chain.base.pk]
    else:  # what was replaced did not count either
        always = before.get((cell, ALWAYS))
        wanted = said[always] if always is not None else _nothing()
    if wanted == said[last.pk]:
        return None
    return replace(wanted, cause=Cause.CORRECTED, replaces=last.seq)


def _nothing() -> Draft:
    return Draft(
        cause="", code=Code.UNKNOWN, rationale=NOTHING, confidence=Confidence.LOW, held_from=ALWAYS, precision=""
    )


def _said(stances: Iterable[int]) -> dict[int, Draft]:
    """What each stance says, with all that it rests on, without its place in the cell. Three queries."""
    ids = list(stances)
    parties: dict[int, list[int]] = defaultdict(list)
    for each in Dependence.objects.filter(stance__in=ids).order_by("pk"):
        parties[each.stance_id].append(each.party_id)
    evidence: dict[int, list[Item]] = defaultdict(list)
    for item in Evidence.objects.filter(stance__in=ids).order_by("pk"):
        evidence[item.stance_id].append(Item(item.bearing, item.quote_id, item.source_id, item.locator))
    return {
        row.pk: Draft(
            cause="",
            code=row.code,
            rationale=row.rationale,
            conditions=row.conditions,
            limits=row.limits,
            depends_on=tuple(parties[row.pk]),
            red_line=row.red_line,
            confidence=row.confidence,
            held_from=row.held_from,
            precision=row.precision,
            evidence=tuple(evidence[row.pk]),
        )
        for row in Stance.objects.filter(pk__in=ids)
    }
