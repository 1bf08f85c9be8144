"""Gradings: judgements of sources, outlets and claims, and the cells that follow them."""

from __future__ import annotations

from datetime import date
from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction

from negotiations.domain import as_of, cell_copies, gradings
from negotiations.domain.permissions import Forbidden
from negotiations.domain.positions import Entry, Outdated, record_stances
from negotiations.domain.stances import Draft, Item
from negotiations.models import Outlet, Position, Source, SourceGrading
from negotiations.models.fields import Precision
from negotiations.models.outlets import Reliability
from negotiations.models.quotes import Credibility
from negotiations.models.sources import SourceStatus
from tests import factories as make
from tests.sql import at_once


def stale(world) -> list[Position]:
    """Cells whose copies are not what the rule says."""
    world.negotiation.refresh_from_db()
    told = as_of.standings(world.negotiation.pk, as_of=date.max, known_at=world.negotiation.revision)
    cells = Position.objects.in_bulk([standing.position_id for standing in told])
    return [cells[s.position_id] for s in told if cells[s.position_id].origins != s.origins]


@pytest.mark.parametrize("who", ["nobody", "outsider", "reader", "analyst"])
def test_only_curators_grade(who, world, request):
    by = request.getfixturevalue(who)
    before = world.negotiation.changes.count()
    with pytest.raises(Forbidden):
        gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=by, why="x")
    with pytest.raises(Forbidden):
        gradings.grade_outlet(world.outlet, Reliability.A, by=by, why="x")
    with pytest.raises(Forbidden):
        gradings.grade_claim(world.send, Credibility.CONFIRMED, by=by, why="x")
    assert world.negotiation.changes.count() == before


def test_nothing_is_graded_without_a_reason(world, curator):
    with pytest.raises(ValueError, match="needs a reason"):
        gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why=" \n")
    assert Source.objects.get(pk=world.source.pk).status == SourceStatus.ACCEPTED


def test_one_source_of_others_among_many_and_none_is_graded(world, curator):
    other = make.SourceFactory(status="accepted")
    with pytest.raises(Forbidden):
        gradings.grade_sources([world.source.pk, other.pk], SourceStatus.RETRACTED, by=curator, why="x")
    assert not SourceGrading.objects.filter(status="retracted").exists()


def test_sources_of_two_negotiations_are_two_acts(world, administrator):
    other = make.SourceFactory(status="accepted")
    ids = [world.source.pk, other.pk]
    assert gradings.grade_sources(ids, SourceStatus.RETRACTED, by=administrator, why="Both fell.") == 2
    for negotiation in (world.negotiation, other.negotiation):
        assert negotiation.changes.latest("revision").verb == "retracted"


def test_the_log_names_five_and_counts_the_rest(world, curator):
    sources = make.SourceFactory.create_batch(7, negotiation=world.negotiation)
    gradings.grade_sources([source.pk for source in sources], SourceStatus.ACCEPTED, by=curator, why="Read.")
    what = world.negotiation.changes.latest("revision").what
    assert what.startswith(f"sources {sources[0].title}, ")
    assert what.endswith(f"{sources[4].title} and 2 more")


def test_a_past_board_counts_what_was_believed_then(world, curator):
    cell = world.cell(world.germany, world.force)
    make.StanceFactory(position=cell, evidence=[world.neighbours])
    world.negotiation.refresh_from_db()
    then = world.negotiation.revision
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Taken back.")
    asked = {"as_of": date.max, "positions": [cell.pk]}
    (before,) = as_of.standings(world.negotiation.pk, known_at=then, **asked)
    (after,) = as_of.standings(world.negotiation.pk, known_at=then + 1, **asked)
    assert (before.origins, after.origins) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_curator_and_analysts_at_once_leave_no_stale_copy(world, curator, analyst, second_analyst):
    """Retractions and stances that rest on the same source, over and over: nobody waits for ever, all copies agree."""
    cells = list(Position.objects.filter(negotiation=world.negotiation).order_by("pk"))
    faults: list[BaseException] = []
    evidence = (Item("supports", quote=world.send.pk),)

    def judge() -> None:
        for turn in range(12):
            status = SourceStatus.RETRACTED if turn % 2 else SourceStatus.ACCEPTED
            gradings.grade_sources([world.source.pk], status, by=curator, why=f"Turn {turn}.")

    def record(by, ours) -> None:
        workspace = world.workspace(by)
        for _ in range(8):
            for cell in ours:
                version = Position.objects.values_list("version", flat=True).get(pk=cell.pk)
                draft = Draft(
                    cause="learned" if version else "first",
                    code="supports",
                    rationale="It said so.",
                    confidence="low",
                    held_from=workspace.today(),
                    precision=Precision.DAY,
                    evidence=evidence,
                )
                try:
                    record_stances(workspace, [Entry(cell.pk, version, draft)], by=by, why="Read.")
                except Outdated:
                    continue

    def run(act, *args) -> None:
        try:
            act(*args)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [
        Thread(target=run, args=(judge,)),
        Thread(target=run, args=(record, analyst, cells)),
        Thread(target=run, args=(record, second_analyst, cells[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert faults == []
    assert stale(world) == []


@pytest.mark.django_db(transaction=True)
def test_whoever_grades_an_outlet_waits_for_it_before_the_cells(world, curator):
    """As whoever merges it does: else each of the two could hold what the other one waits for."""
    with transaction.atomic():
        Outlet.objects.select_for_update(no_key=True).get(pk=world.outlet.pk)
        grading = Thread(
            target=lambda: at_once(lambda: gradings.grade_outlet(world.outlet, Reliability.D, by=curator, why="x"))
        )
        grading.start()
        until_somebody_waits()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '500ms'")
        cell_copies.lock_cells(world.negotiation.pk)
    grading.join(timeout=30)
    world.outlet.refresh_from_db()
    assert world.outlet.reliability == "D"


def until_somebody_waits() -> None:
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("Nobody waits.")


def test_the_search_for_stale_copies_finds_one(world):
    """The control: a copy that was not refreshed is seen."""
    cell = world.cell(world.germany, world.force)
    make.StanceFactory(position=cell, evidence=[world.neighbours])
    assert stale(world) == []
    Position.objects.filter(pk=cell.pk).update(origins=7)
    assert [found.pk for found in stale(world)] == [cell.pk]
