"""Sources that are there twice: the list names them once, and each page says which one counts."""

from __future__ import annotations

import pytest

from negotiations.domain.merging import merge
from tests import factories as make

from .looking import links, look, questions, words

LIST = "/n/paris/sources/"
KEPT = "/n/paris/sources/summit-report/"
TWIN = "/n/paris/sources/report-again/"


@pytest.fixture
def twin(world, curator):
    """Merged into the report; its own outlet is another one, and it is not accepted."""
    outlet = make.OutletFactory(negotiation=world.negotiation, slug="online", name="Gazette Online")
    source = make.SourceFactory(outlet=outlet, slug="report-again", title="Report again", status="rejected")
    make.QuoteFactory(snapshot=make.SnapshotFactory(source=source), slug="ready", exact="We are ready to act")
    merge([source], world.source, by=curator, why="The same.")
    return source


def test_the_list_names_what_is_kept_and_counts_the_rest(world, twin, reader_client):
    said = words(look(reader_client, LIST))
    assert "1 source, the newest first, those without a day last." in said
    assert "1 duplicate is merged into others and not listed." in said
    assert "After the summit 1 duplicate | The Gazette B" in said
    assert "Report again" not in said


def test_an_outlet_that_is_merged_is_not_offered_and_found_under_the_kept_one(world, twin, curator, reader_client):
    other = make.SourceFactory(outlet=twin.outlet, title="Another report")
    assert "Gazette Online" in words(look(reader_client, LIST))
    merge([twin.outlet], world.outlet, by=curator, why="The same.")
    said = words(look(reader_client, LIST, outlet="gazette"))
    assert "2 sources match." in said
    assert f"{other.title} | The Gazette B" in said
    assert "Gazette Online" not in said


def test_the_page_of_a_duplicate_leads_to_what_is_kept(world, twin, reader_client):
    page = look(reader_client, TWIN)
    said = words(page)
    assert "A duplicate. It is merged into After the summit, which counts in its place." in said
    assert "It is merged into After the summit: the same document, which counts once." in said
    assert "Its own status; that of what is kept counts." in said
    assert "It does not count as evidence" not in said
    assert "Outlet | The Gazette |" in said
    assert KEPT in links(page)
    assert 'id="q-ready"' in page.content.decode(), "its own text and quotes stay readable"


def test_the_page_of_what_is_kept_lists_its_duplicates(world, twin, reader_client):
    page = look(reader_client, KEPT)
    assert "Merged into it, and readable at their own places: Report again (1 text)." in words(page)
    assert TWIN in links(page)
    assert "A duplicate." not in words(page)


def test_the_words_of_a_duplicate_count_as_those_of_what_is_kept(world, twin, reader_client):
    make.StanceFactory(position=world.cell(world.france, world.force), evidence=[twin.snapshots.get().quotes.get()])
    said = words(look(reader_client, "/n/paris/positions/france/2/"))
    assert "1 independent origin" in said
    assert "source rejected" not in said


def test_duplicates_cost_no_further_questions(world, twin, curator, reader_client):
    few = questions(reader_client, KEPT), questions(reader_client, LIST)
    more = make.SourceFactory.create_batch(5, negotiation=world.negotiation)
    merge(more, world.source, by=curator, why="The same.")
    assert (questions(reader_client, KEPT), questions(reader_client, LIST)) == few


@pytest.mark.django_db(transaction=True)
def test_the_log_names_what_was_merged_into_what(world, twin, curator, reader_client):
    merge([twin.outlet], world.outlet, by=curator, why="One house.")
    said = words(look(reader_client, "/n/paris/changes/"))
    assert "merged source Report again into After the summit" in said
    assert "source Report again: merged into: nothing → After the summit" in said
    assert "outlet Gazette Online: merged into: nothing → The Gazette" in said
