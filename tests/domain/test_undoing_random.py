"""Whatever people do, in whatever order: undo it, and the world reads as before; undo that, and it reads as after."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Model

from negotiations.domain import contradiction_acts, gradings, merging, question_acts, records, undoing
from negotiations.domain.as_of import standings
from negotiations.domain.contradiction_drafts import Draft as Contradicting
from negotiations.domain.contradiction_drafts import Side
from negotiations.domain.places import Place
from negotiations.domain.positions import Entry, history_of, record_stances
from negotiations.domain.removals import present
from negotiations.domain.stances import Draft, Item
from negotiations.domain.undoing import get_undo
from negotiations.models import (
    Attendance,
    Commitment,
    Contradiction,
    ContradictionProof,
    Meeting,
    Negotiation,
    Outlet,
    Party,
    Person,
    Position,
    Priority,
    Question,
    Source,
)
from negotiations.models.outlets import Reliability
from negotiations.models.sources import SourceStatus
from negotiations.models.stances import ADDING, Code
from tests import factories as make
from tests.worlds import World

DAYS = [date(2025, 1, 1) + timedelta(days=100 * n) for n in range(6)]
EDITED = [Party, Priority, Person, Commitment, Meeting, Attendance, Source, Outlet]
ACTS = 6

pytestmark = pytest.mark.django_db(transaction=True)


def state(world: World) -> dict[str, object]:
    """How the world reads: every cell on every day, every row that people edit, what is open and what is not."""
    revision = Negotiation.objects.get(pk=world.negotiation.pk).revision
    told: dict[str, object] = {}
    cells = list(present(Position.objects).values_list("pk", flat=True))
    for day in DAYS:
        for s in standings(world.negotiation.pk, as_of=day, known_at=revision, positions=cells):
            said = (s.code, s.rationale, s.conditions, s.limits, s.red_line, s.held_from, s.evidence, s.origins)
            told[f"{s.position_id} on {day}"] = said if s.is_known else s.code
    for model in EDITED:
        there = list(present(model.objects).values_list("pk", flat=True))  # what was added is taken out, not gone
        with connection.cursor() as cursor:
            rows = f"SELECT to_jsonb(t) - 'id' FROM {model._meta.db_table} t WHERE id = ANY(%s)"
            cursor.execute(f"{rows} ORDER BY to_jsonb(t) - 'id'", [there])
            told[model.__name__] = [json.dumps(row, sort_keys=True) for (row,) in cursor.fetchall()]
    # What was asked or noted is dropped or resolved, not gone: then it reads as closed.
    told["questions"] = list(Question.objects.filter(state="open").order_by("pk").values_list("text", flat=True))
    of_open = present(ContradictionProof.objects.filter(side__contradiction__state="open"))
    told["words"] = list(of_open.order_by("pk").values_list("pk", flat=True))
    told["contradictions"] = list(
        Contradiction.objects.filter(state="open").order_by("pk").values_list("pk", flat=True)
    )
    return told


class People:
    """Who does something at random, which is then in the log."""

    def __init__(self, world: World, analyst: object, curator: object, chance: random.Random) -> None:
        self.world, self.analyst, self.curator, self.chance = world, analyst, curator, chance
        self.many = 0

    def act(self) -> None:
        acts: list[Callable[[], None]] = [
            self.record, self.record, self.record, self.grade_source, self.grade_outlet, self.ask, self.turn,
            self.note, self.edit, self.sit, self.merge, self.add, self.add,
        ]  # fmt: skip
        self.many += 1
        self.chance.choice(acts)()

    def record(self) -> None:
        cells = self.chance.sample(list(present(Position.objects).order_by("pk")), k=self.chance.randint(1, 3))
        workspace = self.world.workspace(self.analyst)
        entries = [Entry(cell.pk, cell.version, self.draft(cell)) for cell in cells]
        record_stances(workspace, entries, by=self.analyst, why="By chance.")

    def draft(self, cell: Position) -> Draft:
        history = history_of(cell.pk)
        standing = [each for each in history.values() if not each.is_replaced and each.cause != "withdrawn"]
        choices = ["moved", "learned"] if history else ["first"]
        if standing:
            choices += ["corrected", "rejudged"]
        if any(each.cause in ADDING for each in standing):
            choices.append("withdrawn")
        cause = self.chance.choice(choices)
        replaced = None
        if cause == "withdrawn":
            replaced = self.chance.choice([each.seq for each in standing if each.cause in ADDING])
        elif cause not in ADDING:
            replaced = self.chance.choice([each.seq for each in standing])
        quotes = [self.world.send, self.world.neighbours, self.world.unacceptable]
        evidence = [
            Item(bearing, quote=quote.pk)
            for bearing, quote in zip(["supports", "contradicts", "context"], quotes, strict=True)
            if bearing == "supports" or self.chance.random() < 0.3
        ]
        return Draft(
            cause=cause,
            code=self.chance.choice([code for code in Code if code != Code.UNKNOWN]),
            rationale=f"Reason {self.many}.",
            conditions=self.chance.choice(["", "After a ceasefire"]),
            limits=f"Limit {self.many}",  # so that a move moves something
            red_line=self.chance.random() < 0.2,
            confidence="low",
            held_from=self.chance.choice(DAYS[1:-1]),
            replaces=replaced,
            evidence=tuple(evidence),
        )

    def grade_source(self) -> None:
        source = self.chance.choice(list(Source.objects.order_by("pk")))
        status = self.chance.choice([each for each in SourceStatus if each != source.status])
        gradings.grade_sources([source.pk], status, by=self.curator, why="By chance.")

    def grade_outlet(self) -> None:
        gradings.grade_outlet(self.world.outlet, self.chance.choice(list(Reliability)), by=self.curator, why="Chance.")

    def ask(self) -> None:
        question_acts.ask(
            self.world.workspace(self.analyst), question_acts.Wording(f"What, {self.many}?"), by=self.analyst
        )

    def turn(self) -> None:
        question = Question.objects.order_by("pk").last()
        if question is None:
            return self.ask()
        workspace = self.world.workspace(self.analyst)
        if question.state == "open":
            question_acts.answer(workspace, question.slug, Place(self.world.send.pk), by=self.analyst)
        else:
            question_acts.reopen(workspace, question.slug, by=self.analyst, note="By chance.")
        return None

    def note(self) -> None:
        row = Contradiction.objects.order_by("pk").last()
        workspace = self.world.workspace(self.analyst)
        if row is None:
            sides = (Side("Yes", (Place(self.world.send.pk),)), Side("No", (Place(self.world.unacceptable.pk),)))
            contradiction_acts.add(workspace, Contradicting("fact", f"Is it, {self.many}?", sides), by=self.analyst)
        elif row.state == "open" and self.chance.random() < 0.5:
            words = [Place(self.chance.choice([self.world.neighbours, self.world.unacceptable]).pk)]
            contradiction_acts.add_side(workspace, row.slug, Side(f"Perhaps, {self.many}", words), by=self.analyst)
        else:
            state = self.chance.choice([each for each in ("open", "resolved", "left_open") if each != row.state])
            contradiction_acts.rule(workspace, row.slug, state, by=self.analyst, reason="By chance.")

    def edit(self) -> None:
        party = self.chance.choice(list(present(Party.objects).order_by("pk")))
        party.description, party.aliases = f"Party {self.many}.", [f"P{self.many}"]
        records.save(party, by=self.curator, why="By chance.")

    def add(self) -> None:
        party = self.chance.choice(list(present(Party.objects).order_by("pk")))
        talks, name = {"negotiation": self.world.negotiation}, f"New {self.many}"
        rows: list[Model] = [
            Party(slug=f"p{self.many}", name=name, **talks),
            Priority(number=10 + self.many, name=name, **talks),
            Person(slug=f"p{self.many}", name=name, party=party, **talks),
            Commitment(slug=f"c{self.many}", text=name, party=party, **talks),
        ]
        records.save(self.chance.choice(rows), by=self.curator, why="By chance.")

    def sit(self) -> None:
        meeting = Meeting.objects.get()

        def links() -> None:
            for party in present(Party.objects).order_by("pk"):
                there = Attendance.objects.filter(meeting=meeting, party=party)
                if self.chance.random() < 0.5:
                    there.delete()
                elif not there.exists():
                    seat = {"note": f"seat {self.many}", "negotiation": self.world.negotiation}
                    Attendance.objects.create(meeting=meeting, party=party, **seat)

        meeting.place = f"Place {self.many}"
        records.save(meeting, by=self.curator, why="By chance.", links=links)

    def merge(self) -> None:
        twin = Source.objects.get(slug="twin")
        if twin.merged_into_id:
            merging.take_apart(twin, by=self.curator, why="By chance.")
        else:
            merging.merge([twin], self.world.source, by=self.curator, why="By chance.")


def test_undone_the_world_reads_as_before_and_undone_again_as_after(world, analyst, curator):
    make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    make.SourceFactory(negotiation=world.negotiation, slug="twin", title="The twin", status="accepted")
    people = People(world, analyst, curator, random.Random(2026))
    acts: list[tuple[int, dict[str, object]]] = []
    for _ in range(ACTS):
        before = state(world)
        people.act()
        revision = Negotiation.objects.get(pk=world.negotiation.pk).revision
        if acts and revision == acts[-1][0]:
            continue  # nothing was done: it was so already
        after = state(world)
        undid = undo(curator, revision)
        assert state(world) == before, f"undoing {revision}"
        undo(curator, undid)
        assert state(world) == after, f"undoing the undoing of {revision}"
        acts.append((revision, before))
    for revision, before in reversed(acts):  # and all of it, the newest first
        undo(curator, revision)
        assert state(world) == before, f"undoing {revision}, the newest first"


def undo(by: object, revision: int) -> int:
    page = get_undo("paris", revision, by=by)
    assert page.can, (revision, page.plan.blockers, page.plan.refusals)
    return undoing.undo(page.workspace, revision, why="Back.", seen=page.seen, by=by).revision
