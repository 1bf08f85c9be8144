"""Merging what is there twice: nothing is re-pointed, everything that counts reads through, and it can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from negotiations.domain import as_of, cell_copies, gradings, merging, quotes
from negotiations.domain.permissions import Forbidden
from negotiations.domain.records import Refused
from negotiations.models import Evidence, Outlet, RowEdit, Source
from negotiations.models.outlets import Reliability
from negotiations.models.quotes import Credibility
from negotiations.models.sources import SourceStatus
from tests import factories as make


@pytest.fixture
def twin(world):
    """The same report taken in a second time, with a quote of its own; another outlet's name stands on it."""
    outlet = make.OutletFactory(negotiation=world.negotiation, name="Gazette Online", reliability="D")
    source = make.SourceFactory(outlet=outlet, slug="report-again", title="Report again", status="accepted")
    snapshot = make.SnapshotFactory(source=source, text=world.snapshot.text)
    make.QuoteFactory(snapshot=snapshot, slug="send-again", exact="we will send them", party=world.france)
    return source


@pytest.fixture
def cell(world, twin):
    """France on the force, resting on the report and on its twin."""
    cell = world.cell(world.france, world.force)
    make.StanceFactory(position=cell, evidence=[world.send, quote_of(twin)])
    return cell


def quote_of(source):
    return source.snapshots.get().quotes.get()


def origins(cell) -> int:
    """The copy on the cell, which must be what the rule says."""
    cell.refresh_from_db()
    cell.negotiation.refresh_from_db()
    revision = cell.negotiation.revision
    [told] = as_of.standings(cell.negotiation_id, as_of=date.max, known_at=revision, positions=[cell.pk])
    assert told.origins == cell.origins
    return cell.origins


def merge(row, kept, by, why="The same."):
    return merging.merge([row], kept, by=by, why=why)


# --- who may, and what the log says -----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["nobody", "outsider", "reader", "analyst"])
def test_only_curators_merge(who, world, twin, request):
    by = request.getfixturevalue(who)
    before = world.negotiation.changes.count()
    with pytest.raises(Forbidden):
        merge(twin, world.source, by)
    with pytest.raises(Forbidden):
        merging.take_apart(twin, by=by, why="x")
    assert world.negotiation.changes.count() == before


def test_a_merge_is_one_act_with_a_reason(world, twin, curator):
    with pytest.raises(ValueError, match="needs a reason"):
        merge(twin, world.source, curator, why=" ")
    third = make.SourceFactory(negotiation=world.negotiation, title="Third")
    before = world.negotiation.changes.latest("revision").revision
    assert merging.merge([twin, third], world.source, by=curator, why="Taken in thrice.") == 2
    change = world.negotiation.changes.latest("revision")
    assert (change.revision, change.verb, change.by) == (before + 1, "merged", curator)
    assert (change.what, change.why) == ("sources Report again, Third into After the summit", "Taken in thrice.")
    assert merging.merge([twin, third], world.source, by=curator, why="Sent twice.") == 0
    assert world.negotiation.changes.latest("revision").revision == before + 1


@pytest.mark.django_db(transaction=True)
def test_the_log_tells_what_became_of_the_row(world, twin, curator):
    merge(twin, world.source, curator)
    edit = RowEdit.objects.get(table="negotiations_source", row=twin.pk, change__verb="merged")
    assert (edit.before, edit.after) == ({"merged_into_id": None}, {"merged_into_id": world.source.pk})


# --- reading through --------------------------------------------------------------------------------------


def test_a_duplicate_and_what_is_kept_are_one_origin(world, twin, cell, curator):
    assert origins(cell) == 2
    merge(twin, world.source, curator)
    assert origins(cell) == 1
    assert merging.take_apart(Source.objects.get(pk=twin.pk), by=curator, why="They differ.")
    assert origins(cell) == 2


def test_nothing_is_re_pointed(world, twin, cell, curator):
    before = list(Evidence.objects.order_by("pk").values())
    merge(twin, world.source, curator)
    assert list(Evidence.objects.order_by("pk").values()) == before
    assert quote_of(twin).snapshot.source_id == twin.pk


def test_status_and_outlet_are_those_of_what_is_kept(world, twin, cell, curator):
    merge(twin, world.source, curator)
    told = quotes.get_many(world.negotiation.pk, [quote_of(twin).pk])[quote_of(twin).pk]
    assert (told.outlet, told.reliability, told.source_status) == ("The Gazette", "B", "accepted")
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Taken back.")
    assert origins(cell) == 0, "the twin is accepted by itself, but the kept one counts"
    told = quotes.get_many(world.negotiation.pk, [quote_of(twin).pk])[quote_of(twin).pk]
    assert not told.counts
    gradings.grade_sources([twin.pk], SourceStatus.REJECTED, by=curator, why="No matter.")
    gradings.grade_sources([world.source.pk], SourceStatus.ACCEPTED, by=curator, why="Stands again.")
    assert origins(cell) == 1


def test_outlets_that_are_the_same_are_one_origin(world, twin, cell, curator):
    assert origins(cell) == 2
    merge(twin.outlet, world.outlet, curator)
    assert origins(cell) == 1
    told = quotes.get_many(world.negotiation.pk, [quote_of(twin).pk])[quote_of(twin).pk]
    assert (told.outlet, told.reliability) == ("The Gazette", "B")
    gradings.grade_outlet(world.outlet, Reliability.E, by=curator, why="Wrong thrice.")
    told = quotes.get_many(world.negotiation.pk, [quote_of(twin).pk])[quote_of(twin).pk]
    assert told.reliability == "E"
    assert merging.take_apart(Outlet.objects.get(pk=twin.outlet_id), by=curator, why="They differ.")
    assert origins(cell) == 2


def test_what_repeats_a_duplicate_repeats_what_is_kept(world, twin, curator):
    echo = make.SourceFactory(negotiation=world.negotiation, status="accepted", origin=twin)
    words = make.QuoteFactory(snapshot=make.SnapshotFactory(source=echo), exact="We are ready to act")
    cell = world.cell(world.germany, world.force)
    make.StanceFactory(position=cell, evidence=[world.send, words])
    assert origins(cell) == 2
    merge(twin, world.source, curator)
    assert origins(cell) == 1


def test_what_is_kept_is_counted_with_its_duplicates(world, twin, cell, curator):
    assert gradings.counts_of_sources([world.source.pk]) == {world.source.pk: (3, 1)}
    merge(twin, world.source, curator)
    assert gradings.counts_of_sources([world.source.pk, twin.pk]) == {world.source.pk: (4, 1), twin.pk: (1, 1)}


# --- what is refused --------------------------------------------------------------------------------------


def refused(row, kept, by) -> str:
    with pytest.raises(Refused) as told:
        merge(row, kept, by)
    return str(told.value)


def test_chains_are_refused_and_what_is_kept_is_offered(world, twin, curator):
    third = make.SourceFactory(negotiation=world.negotiation, title="Third")
    merge(twin, world.source, curator)
    with pytest.raises(merging.Chained) as told:
        merge(third, twin, curator)
    assert str(told.value) == "“Report again” is itself merged into “After the summit”. Merge into that one."
    assert told.value.kept == world.source
    assert refused(twin, third, curator) == "“Report again” is merged into “After the summit” already. Undo that first."
    assert refused(world.source, third, curator) == (
        "“Report again” is merged into “After the summit”, so “After the summit” is kept. "
        "Merge “Third” into it instead."
    )
    assert refused(third, third, curator) == "“Third” can't be merged into itself."


def test_circles_through_origins_are_refused(world, twin, curator):
    with transaction.atomic():
        make.change(world.negotiation)
        Source.objects.filter(pk=world.source.pk).update(origin=twin)
    assert refused(twin, world.source, curator).startswith("“After the summit” goes back to “Report again”, so it")


def test_a_merge_that_keeps_origins_from_a_circle_is_not_undone(world, twin, curator):
    other = make.SourceFactory(negotiation=world.negotiation, title="Other")
    with transaction.atomic():
        make.change(world.negotiation)
        Source.objects.filter(pk=twin.pk).update(origin=other)
    merge(twin, world.source, curator)
    with transaction.atomic():
        make.change(world.negotiation)
        Source.objects.filter(pk=other.pk).update(origin=twin)
    with pytest.raises(Refused, match="By itself “Report again” would repeat itself, through “Other”"):
        merging.take_apart(Source.objects.get(pk=twin.pk), by=curator, why="x")


def test_what_is_elsewhere_is_not_merged_here(world, twin, curator, administrator):
    elsewhere = make.SourceFactory()
    with pytest.raises(Forbidden):
        merge(twin, elsewhere, curator)
    assert refused(twin, elsewhere, administrator) == "What is merged belongs to one negotiation."


def test_what_is_not_merged_is_not_taken_apart(world, twin, curator):
    assert not merging.take_apart(twin, by=curator, why="x")


@pytest.mark.parametrize("column", ["origin_id", "merged_into_id"])
def test_the_database_lets_no_way_lead_back(world, twin, curator, column):
    """Past the domain: merges and origins together make no circle."""
    merge(twin, world.source, curator)
    third = make.SourceFactory(negotiation=world.negotiation, origin=twin)
    make.change(world.negotiation)
    with (
        pytest.raises(IntegrityError, match=r"repeat itself|in a chain"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE negotiations_source SET {column} = %s WHERE id = %s", [third.pk, world.source.pk])


def test_two_who_merge_at_once_make_no_chain(world, twin, curator):
    """Both lock their rows first; here in turn, with what the second one has read before."""
    third = make.SourceFactory(negotiation=world.negotiation, title="Third")
    seen = Source.objects.get(pk=world.source.pk)
    merge(world.source, third, curator)
    with pytest.raises(merging.Chained):
        merge(twin, seen, curator)


def test_a_cell_that_stands_on_one_origin_after_a_merge_is_to_be_looked_at_again(world, twin, curator):
    gradings.grade_outlet(twin.outlet, Reliability.A, by=curator, why="Right for years.")
    for quote in (world.send, quote_of(twin)):
        gradings.grade_claim(quote, Credibility.CONFIRMED, by=curator, why="Others say so too.")
    cell = world.cell(world.france, world.force)
    make.StanceFactory(position=cell, evidence=[world.send, quote_of(twin)], confidence="high")
    cell_copies.refresh_cells(world.negotiation.pk, sources=[twin.pk])
    cell.refresh_from_db()
    assert cell.rechecks == 0
    merge(twin, world.source, curator)
    cell.refresh_from_db()
    assert cell.rechecks > 0
    merging.take_apart(Source.objects.get(pk=twin.pk), by=curator, why="They differ.")
    cell.refresh_from_db()
    assert cell.rechecks == 0
