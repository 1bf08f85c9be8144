"""The stances of a cell: numbered without gaps, each replaced once at most, none from the future."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from negotiations.database.dates import ALWAYS
from negotiations.models import Position
from negotiations.models.stances import ADDING, Cause, Code
from tests import factories
from tests.sql import refused, run, without_guards

GAP = "do not follow on"


@pytest.fixture
def cell(world):
    return world.cell(world.france, world.force)


def record(cell, **values):
    return factories.StanceFactory(position=cell, **values)


@pytest.mark.django_db
def test_stances_are_numbered_from_one_without_gaps(cell):
    assert [record(cell).seq for _ in range(3)] == [1, 2, 3]
    with refused(GAP):
        record(cell, seq=5)
    with refused("stance_seq_is_unique"):
        record(cell, seq=3)
    for past in [0, 1, 2]:
        with refused("a version never goes back"):
            record(cell, seq=past)


@pytest.mark.django_db
def test_the_first_stance_is_number_one_and_no_other_is_first(cell):
    with refused(GAP):
        record(cell, seq=2, cause=Cause.MOVED)
    record(cell)
    with refused("stance_first_is_number_one"):
        record(cell, cause=Cause.FIRST)


INSERT = """
INSERT INTO negotiations_stance (negotiation_id, revision, position_id, seq, code, rationale, conditions, limits,
                                 red_line, confidence, held_from, precision, cause)
SELECT %s, %s, %s, seq, 'unknown', '', '', '', false, 'low', '2026-01-06', 'day', 'moved' FROM unnest(%s::int[]) seq
"""


@pytest.mark.django_db
def test_several_at_once_follow_on_too(cell):
    first = record(cell)
    for version, numbers, words in [
        (4, [2, 4], GAP),  # a gap within
        (3, [3], GAP),  # a gap before
        (4, [2, 3], GAP),  # the version says more than there is
        (2, [2, 3], GAP),  # and less
    ]:
        with refused(words):
            taken = factories.change(cell.negotiation)
            Position.objects.filter(pk=cell.pk).update(version=version)
            run(INSERT, first.negotiation_id, taken.revision, cell.pk, numbers)
    taken = factories.change(cell.negotiation)
    Position.objects.filter(pk=cell.pk).update(version=3)
    assert run(INSERT, first.negotiation_id, taken.revision, cell.pk, [3, 2]) == 2


@pytest.mark.django_db
def test_a_version_without_its_stance_is_refused_at_commit(cell):
    with refused("position_head_is_a_stance"):
        Position.objects.filter(pk=cell.pk).update(version=1)
    record(cell)
    with refused("a version never goes back"):
        Position.objects.filter(pk=cell.pk).update(version=0)


@pytest.mark.django_db(transaction=True)
def test_without_the_trigger_a_gap_would_pass(cell):
    with without_guards("negotiations_stance"):
        record(cell, seq=7, cause=Cause.MOVED)
        run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
@pytest.mark.parametrize("cause", Cause)
def test_replaces_is_empty_exactly_when_the_cause_adds(cell, cause):
    if cause == Cause.FIRST:
        with refused("stance_replaces_as_its_cause_says"):
            record(cell, cause=cause, replaces=1)
        return
    record(cell)
    code = "" if cause == Cause.WITHDRAWN else Code.OPPOSES
    right, wrong = (None, 1) if cause in ADDING else (1, None)
    with refused("stance_replaces_as_its_cause_says"):
        record(cell, cause=cause, code=code, replaces=wrong)
    record(cell, cause=cause, code=code, replaces=right)


@pytest.mark.django_db
def test_a_stance_is_replaced_once(cell):
    record(cell)
    record(cell, cause=Cause.CORRECTED, replaces=1)
    with refused("stance_is_replaced_once"):
        record(cell, cause=Cause.REJUDGED, replaces=1)
    record(cell, cause=Cause.REJUDGED, replaces=2)


@pytest.mark.django_db
def test_only_an_earlier_stance_of_the_same_cell_is_replaced(cell, world):
    other = world.cell(world.germany, world.force)
    for _ in range(3):
        record(other)
    record(cell)
    for seq in [2, 3, 99]:  # itself; one that only the other cell has; nobody's
        with refused("stance_replaces_as_its_cause_says"):
            record(cell, cause=Cause.CORRECTED, replaces=seq)
    with refused("stance_replaces_one_of_its_cell"):
        record(cell, cause=Cause.CORRECTED, replaces=0)


@pytest.mark.django_db
def test_what_replaced_another_is_corrected_and_not_withdrawn(cell):
    record(cell)
    record(cell, cause=Cause.CORRECTED, replaces=1)
    with refused("corrected, not withdrawn"):
        record(cell, cause=Cause.WITHDRAWN, code="", replaces=2)
    record(cell, cause=Cause.CORRECTED, replaces=2)
    record(cell, cause=Cause.MOVED)
    record(cell, cause=Cause.WITHDRAWN, code="", replaces=4)


@pytest.mark.django_db
def test_a_stance_isnt_held_from_a_day_after_it_was_recorded(cell):
    today = timezone.localdate(timezone=timezone.get_fixed_timezone(60))
    with refused("held from a day after it was recorded"):
        record(cell, held_from=today + timedelta(days=2))
    with refused("stance_without_a_start_is_unknown"):
        run("UPDATE negotiations_position SET version = 1 WHERE id = %s", cell.pk)
        run(
            INSERT.replace("'2026-01-06'", "'infinity'"),
            cell.negotiation_id,
            factories.change(cell.negotiation).revision,
            cell.pk,
            [1],
        )
    record(cell, held_from=today - timedelta(days=1))


@pytest.mark.django_db
def test_only_an_unknown_has_no_beginning_and_a_first_unknown_has_none(cell, world):
    with refused("stance_without_a_start_is_unknown"):
        record(cell, code=Code.SUPPORTS, held_from=ALWAYS, precision="")
    with refused("stance_without_a_start_is_unknown"):
        record(cell, code=Code.UNKNOWN, held_from=ALWAYS, precision="day")
    with refused("stance_without_a_start_is_unknown"):
        record(cell, code=Code.UNKNOWN, held_from=date(2026, 1, 1), precision="day")
    record(cell, code=Code.UNKNOWN, held_from=ALWAYS, precision="")
    record(cell, code=Code.UNKNOWN, held_from=date(2026, 1, 1), precision="day")


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "last"), [("Pacific/Auckland", 7), ("Europe/Paris", 6), ("Pacific/Honolulu", 5)])
def test_the_last_day_to_be_held_from_is_that_of_the_negotiations_zone(zone, last):
    """At noon of the 6th in London it is the 7th in Auckland; at three in the morning, still the 5th in Hawaii."""
    hour = 3 if zone.endswith("Honolulu") else 12
    with factories.recorded_at(datetime(2026, 1, 6, hour, tzinfo=UTC)):
        cell = factories.PositionFactory(negotiation=factories.NegotiationFactory(time_zone=zone))
        with refused("held from a day after it was recorded"):
            record(cell, held_from=date(2026, 1, last + 1))
        record(cell, held_from=date(2026, 1, last))
