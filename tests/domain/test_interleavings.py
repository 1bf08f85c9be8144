"""Two act on one cell at once, in every order of their steps: nothing acknowledged is lost or doubled, without gaps.

Edits meet edits in all seventy orders, and what curators do in every third of them. That meets among itself in every
seventh, for loads and undone acts read a whole negotiation each time. PARLEY_THOROUGH=1 takes all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from negotiations.domain import entries, merging, positions, undoing
from negotiations.domain.as_of import standings
from negotiations.domain.entries import Entered
from negotiations.domain.meanwhile import get_place
from negotiations.domain.negotiations import Workspace, get_workspace
from negotiations.domain.positions import Entry, Outdated, Recorded, record_stances
from negotiations.domain.stances import Draft, Item
from negotiations.exchange import dossier
from negotiations.models import Change, Instrument, Negotiation, Position, Quote, Signature, Source, Stance, User
from tests import factories as make
from tests.exchange.dossiers import load, small
from tests.interleaving import STEPS, Editor, Order, orders, play

pytestmark = pytest.mark.django_db(transaction=True)

THOROUGH = os.environ.get("PARLEY_THOROUGH") == "1"
CELLS = 7
REFUSALS = (Outdated, dossier.Refused, merging.Refused, undoing.Moved, undoing.Refused)


@dataclass
class Talks:
    """A small negotiation with some cells that the orders take by turns."""

    folder: Path
    people: dict[str, User]
    cells: list[Position] = field(default_factory=list)
    twins: list[Source] = field(default_factory=list)
    undoable: dict[int, int] = field(default_factory=dict)  # for each order that undoes, the revision that it undoes

    def workspace(self, name: str) -> Workspace:
        return get_workspace("talks", by=self.people[name])

    def begin(self, merges: int = 0) -> None:
        """Record a first stance of each cell; where sources will be merged, there is one twice for each order."""
        outlet = make.OutletFactory(negotiation=self.cells[0].negotiation, slug="herald", reliability="C")
        for n in range(merges):
            twin = make.SourceFactory(outlet=outlet, slug=f"twin-{n}", title=f"Twin {n:02}", status="accepted")
            self.twins.append(twin)
        entries = [Entry(cell.pk, 0, self.draft(n)) for n, cell in enumerate(self.cells)]
        record_stances(self.workspace("A"), entries, by=self.people["A"], why="Begun.")

    def cell(self, n: int) -> Position:
        return self.cells[n % CELLS]

    def draft(self, n: int, **told: Any) -> Draft:
        """What rests on a quote, and on a record in each source that an order of this cell merges."""
        quote = Quote.objects.get(slug="send-them").pk
        records = [Item("supports", source=twin.pk, locator="p. 1") for twin in self.twins[n % CELLS :: CELLS]]
        evidence = (Item("supports", quote=quote), *records)
        usual = Draft(cause="first", code="supports", rationale="It says so.", confidence="low",
                      held_from=date(2026, 1, 6), evidence=evidence)  # fmt: skip
        return replace(usual, **told)


@dataclass
class Doing:
    """An act as one person does it on cell `n`: what is seen first, the act itself, and the mark that it leaves."""

    opening: Callable[[], Any]
    acting: Callable[[Any], Any]
    marks: Callable[[], int]  # how often it has been done
    seen: Any = None

    def open(self) -> Any:
        self.seen = self.opening()
        return self.seen


Act = Callable[[Talks, int, str], Doing]


def edit(talks: Talks, n: int, who: str) -> Doing:
    """Record another stance, on top of the version that was seen."""
    person, cell, words = talks.people[who], talks.cell(n), f"{who} on {n}"
    key = uuid4()

    def record(version: int) -> Recorded:
        entry = Entry(cell.pk, version, talks.draft(n, cause="moved", code="opposes", limits=words))
        return record_stances(talks.workspace(who), [entry], by=person, why="Read.", key=key)

    return Doing(
        opening=lambda: get_place("talks", "france", cell.priority.number, by=person).version,
        acting=record,
        marks=lambda: Stance.objects.filter(position=cell, limits=words).count(),
    )


def bring_in(talks: Talks, n: int, who: str) -> Doing:
    """Load a dossier over what is there: the same file, whoever loads it."""
    number, words = talks.cell(n).priority.number, f"from a file, {n}"
    moved = {"cause": "moved", "stance": "rejects", "rationale": words, "confidence": "low", "held_from": "2026-01-07"}
    moved["evidence"] = [{"quote": "send-them", "bearing": "supports"}]
    content = small()
    content["priorities"].append({"number": number, "name": f"Matter {number}"})
    content["positions"].append({"party": "france", "priority": number, "stances": [moved]})
    path = talks.folder / f"{who}-{n}.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return Doing(
        opening=lambda: path,
        acting=lambda seen: dossier.load(seen, by=talks.people[who], why="From colleagues."),
        marks=lambda: Stance.objects.filter(position=talks.cell(n), rationale=words).count(),
    )


def merge(talks: Talks, n: int, who: str) -> Doing:
    """Merge the source of the cell's record into the other one, so that both count as one origin."""
    kept, twin = Source.objects.get(slug="report"), talks.twins[n]
    return Doing(
        opening=lambda: Source.objects.get(pk=twin.pk),
        acting=lambda seen: merging.merge([seen], kept, by=talks.people["A"], why="The same."),
        marks=lambda: Change.objects.filter(verb="merged", what__contains=f"{twin.title} ").count(),
    )


def undo(talks: Talks, n: int, who: str) -> Doing:
    """Undo the act that recorded the newest stance of the cell, as it was seen: the same act, whoever undoes."""
    person, cell = talks.people[who], talks.cell(n)
    if n not in talks.undoable:
        version = Position.objects.get(pk=cell.pk).version
        entry = Entry(cell.pk, version, talks.draft(n, cause="moved", code="neutral", limits=f"For {n}"))
        talks.undoable[n] = record_stances(
            talks.workspace("A"), [entry], by=talks.people["A"], why="Too soon."
        ).revision
    revision = talks.undoable[n]
    return Doing(
        opening=lambda: undoing.get_undo("talks", revision, by=person).seen,
        acting=lambda seen: undoing.undo(talks.workspace(who), revision, why="Not so.", seen=seen, by=person).revision,
        marks=lambda: Change.objects.filter(undoes=revision, by=person).count(),
    )


def sign(talks: Talks, n: int, who: str) -> Doing:
    """Add a text with a signature that rests on the newest quote."""
    quote = Quote.objects.latest("pk")
    row = Instrument(negotiation_id=quote.negotiation_id, name=f"Pact {n}", kind="plan")

    def signature() -> None:
        party = talks.cell(n).party_id
        Signature.objects.create(
            negotiation_id=quote.negotiation_id, instrument=row, party_id=party, state="signed", quote=quote
        )

    return Doing(
        opening=lambda: talks.workspace(who),
        acting=lambda seen: entries.add(seen, Entered(row, signature, {"n": n}), by=talks.people[who]),
        marks=Signature.objects.count,
    )


# --- the ground ----------------------------------------------------------------------------------------------


@pytest.fixture
def talks(db, tmp_path) -> Talks:
    """Nothing is recorded in these cells yet."""
    load(tmp_path, small())
    negotiation = Negotiation.objects.get(slug="talks")
    people = {name: make.UserFactory(name=name) for name in "AB"}
    for person in people.values():
        make.MembershipFactory(negotiation=negotiation, user=person, role="curator")
    for number in range(3, 3 + CELLS):
        make.PriorityFactory(negotiation=negotiation, number=number, name=f"Matter {number}")
    cells = Position.objects.filter(party__slug="france", priority__number__gt=2).select_related("priority")
    return Talks(tmp_path, people, list(cells.order_by("priority__number")))


@pytest.fixture
def editors() -> Iterator[dict[str, Editor]]:
    both = {"A": Editor(), "B": Editor()}
    yield both
    for editor in both.values():
        editor.leave()


@pytest.fixture
def meet(talks, editors) -> Callable[..., list[str]]:
    """Let two acts meet in every order; what was wrong, in sentences."""

    def all_orders(first: Act, second: Act, *, first_fault: bool = False) -> list[str]:
        asked = list(islice(orders(alike=first is second), 0, None, every(first, second)))
        talks.begin(merges=len(asked) if merge in (first, second) else 0)
        faults: list[str] = []
        for n, order in enumerate(asked):
            doings = [first(talks, n, "A"), second(talks, n, "B")]
            for editor, doing in zip(editors.values(), doings, strict=True):
                editor.begin(doing.open, doing.acting)
            play(order, editors)
            outcomes = [editor.outcome() for editor in editors.values()]
            faults += [f"{''.join(order)}: {fault}" for fault in wrong(talks.cell(n), doings, outcomes)]
            if first_fault and faults:
                break
        return faults + wrong_at_the_end(talks)

    return all_orders


def every(first: Act, second: Act) -> int:
    """How many orders there are for each that is taken."""
    edits = (first, second).count(edit)
    return 1 if THOROUGH else (7, 3, 1)[edits]


def wrong(cell: Position, doings: list[Doing], outcomes: list[Any]) -> list[str]:
    """What must not be, after two acts on one cell."""
    faults = []
    for doing, outcome in zip(doings, outcomes, strict=True):
        refused = isinstance(outcome, REFUSALS)
        if isinstance(outcome, Exception) and not refused:
            faults.append(f"it failed with {outcome!r}")
        elif refused and doing.marks():
            faults.append("what was refused has been done")
        elif not refused and doing.marks() != 1:
            faults.append(f"what was acknowledged has been done {doing.marks()} times")
        if isinstance(outcome, Recorded):
            seq = Stance.objects.get(position=cell, revision=outcome.revision).seq
            if seq != doing.seen + 1:
                faults.append(f"stance {seq} was recorded by somebody who had seen {doing.seen}")
    if all(isinstance(outcome, Exception) for outcome in outcomes):
        faults.append("nobody came through")
    seqs = list(Stance.objects.filter(position=cell).order_by("seq").values_list("seq", flat=True))
    version = Position.objects.get(pk=cell.pk).version
    if seqs != list(range(1, len(seqs) + 1)) or version != len(seqs):
        faults.append(f"the stances are numbered {seqs}, the cell {version}")
    return faults


def wrong_at_the_end(talks: Talks) -> list[str]:
    """The log has no gaps, and every cell's copies are what the rule gives."""
    faults = []
    negotiation = Negotiation.objects.get(slug="talks")
    revisions = Change.objects.filter(negotiation=negotiation).order_by("revision").values_list("revision", flat=True)
    if list(revisions) != list(range(1, negotiation.revision + 1)):
        faults.append("the revisions have gaps")
    space = talks.workspace("A")
    rows = {row.pk: row for row in Position.objects.filter(negotiation=negotiation)}
    for told in standings(space.id, as_of=space.today(), known_at=space.revision, positions=list(rows)):
        row = rows[told.position_id]
        if (row.standing, row.code, row.origins) != (told.seq, told.code, told.origins):
            faults.append(f"the copies of {row} are stale")
    return faults


# --- the orders ----------------------------------------------------------------------------------------------


def test_there_are_seventy_orders_and_half_of_them_where_both_do_the_same():
    assert len(set(orders())) == 70
    assert len(set(orders(alike=True))) == 35
    assert all(order.count("A") == order.count("B") == len(STEPS) for order in orders())


ACTS = {"edit": edit, "import": bring_in, "merge": merge, "undo": undo}
PAIRS = [(one, other) for n, one in enumerate(ACTS) for other in list(ACTS)[n:]]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_whatever_two_do_at_once_nothing_acknowledged_is_lost_or_doubled(one, other, meet):
    assert meet(ACTS[one], ACTS[other]) == []


def test_one_person_in_two_windows_meets_themselves(meet, talks):
    talks.people["B"] = talks.people["A"]
    assert meet(edit, edit) == []


# --- the harness, and the controls -----------------------------------------------------------------------------


def one_order(order: str, acts: tuple[Act, Act], talks: Talks, editors: dict[str, Editor]) -> list[str]:
    """What became of A's act and of B's."""
    talks.begin()
    for (name, editor), act in zip(editors.items(), acts, strict=True):
        doing = act(talks, 0, name)
        editor.begin(doing.open, doing.acting)
    turns: Order = tuple(order)
    play(turns, editors)
    return [type(editor.outcome()).__name__ for editor in editors.values()]


@pytest.mark.parametrize(
    ("order", "outcomes"),
    [
        ("AAAABBBB", ["Recorded", "Recorded"]),  # B opens what A has recorded
        ("ABABABAB", ["Recorded", "Outdated"]),
        ("BABABABA", ["Outdated", "Recorded"]),
        ("ABBAAABB", ["Outdated", "Recorded"]),  # B checks first; A is held by B's lock
    ],
)
def test_the_steps_are_taken_in_the_order_that_is_asked(order, outcomes, talks, editors):
    assert one_order(order, (edit, edit), talks, editors) == outcomes


@pytest.mark.parametrize(
    ("order", "outcomes"),
    [
        ("AAAABBBB", ["Done", "Refused"]),  # B opens, and sees what rests on the quote
        ("BAAAABBB", ["Done", "Moved"]),
        ("ABBBBAAA", ["Refused", "int"]),  # A's form was good, and the quote is gone
    ],
)
def test_no_signature_rests_on_a_quote_that_was_undone_meanwhile(order, outcomes, talks, editors):
    quote = make.QuoteFactory(negotiation=Negotiation.objects.get(slug="talks"))
    talks.undoable[0] = quote.revision
    assert one_order(order, (sign, undo), talks, editors) == outcomes


def test_without_the_version_that_was_seen_edits_are_lost_and_that_is_noticed(meet, monkeypatch):
    """The control: whoever comes second writes over what the first one recorded."""
    lock = positions._lock

    def forgetful(workspace: Workspace, entries: list[Entry]) -> Any:
        _, waiting = lock(workspace, entries)
        for entry in entries:
            object.__setattr__(entry, "based_on", Position.objects.get(pk=entry.position).version)
        return [], waiting

    monkeypatch.setattr(positions, "_lock", forgetful)
    assert any("was recorded by somebody who had seen" in fault for fault in meet(edit, edit, first_fault=True))


def test_without_the_check_the_database_refuses_and_that_is_noticed(meet, monkeypatch):
    lock = positions._lock
    monkeypatch.setattr(positions, "_lock", lambda *asked: ([], lock(*asked)[1]))
    assert any("it failed with IntegrityError" in fault for fault in meet(edit, edit, first_fault=True))
