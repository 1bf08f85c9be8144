"""Origins: who repeats whom, what counts once, and what is said of it."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.domain import origins
from negotiations.domain.as_of import standings
from negotiations.domain.cells import get_cell
from negotiations.domain.merging import merge
from negotiations.domain.origin_trees import get_origins
from negotiations.domain.permissions import Hidden
from tests import factories as make
from tests.stories import record


@pytest.fixture
def wire(world):
    """An agency that can't be judged; the report prints it, and so does a leaflet of an unknown outlet."""
    outlet = make.OutletFactory(negotiation=world.negotiation, name="The Wire")
    source = make.SourceFactory(outlet=outlet, slug="wire", title="From the wire", status="accepted")
    make.SourceFactory(
        negotiation=world.negotiation, slug="leaflet", title="A leaflet", status="accepted", origin=source
    )
    return source


def trees(world, by):
    return {tree.origin.name: tree for tree in get_origins("paris", by=by).trees}


def shape(tree):
    return [(branch.title, branch.opens, branch.closes) for branch in tree.branches]


def test_a_source_stands_under_the_one_that_it_repeats(world, wire, reader):
    make.SourceFactory(negotiation=world.negotiation, title="Of the leaflet", origin=wire.repeated_by.get())
    make.SourceFactory(negotiation=world.negotiation, title="B, of the wire", origin=wire)
    assert shape(trees(world, reader)["The Wire"]) == [
        ("From the wire", True, 0),
        ("A leaflet", True, 0),
        ("Of the leaflet", False, 1),
        ("B, of the wire", False, 1),
    ]
    assert shape(trees(world, reader)["The Gazette"]) == [("After the summit", False, 0)]


def test_lists_that_end_together_are_all_closed(world, wire, reader):
    last = wire.repeated_by.get()
    for title in ("C", "D"):
        last = make.SourceFactory(negotiation=world.negotiation, title=title, origin=last)
    assert [closes for *_, closes in shape(trees(world, reader)["The Wire"])] == [0, 0, 0, 3]


def test_sources_of_one_outlet_stand_in_one_tree(world, reader):
    make.SourceFactory(outlet=world.outlet, title="Before the summit")
    assert [title for title, *_ in shape(trees(world, reader)["The Gazette"])] == [
        "After the summit",
        "Before the summit",
    ]


def test_quotes_and_cells_are_counted_on_the_whole_branch(world, wire, reader):
    leaflet = wire.repeated_by.get()
    quote = make.QuoteFactory(snapshot=make.SnapshotFactory(source=leaflet), exact="We are ready to act")
    make.StanceFactory(position=world.cell(world.france, world.force), evidence=[quote, world.send])
    make.StanceFactory(position=world.cell(world.germany, world.force), evidence=[quote])
    found = trees(world, reader)
    top, below = found["The Wire"].branches
    assert (top.quotes, top.cells, below.quotes, below.cells) == (1, 2, 1, 2)
    assert (found["The Gazette"].quotes, found["The Gazette"].cells) == (3, 1)
    make.StanceFactory(
        position=world.cell(world.germany, world.force), evidence=[world.send], held_from=date(2026, 1, 7)
    )
    assert trees(world, reader)["The Wire"].cells == 1, "what rests on it by now"


def test_duplicates_stand_beside_what_is_kept_and_what_repeats_them_below_it(world, wire, curator, reader):
    twin = make.SourceFactory(negotiation=world.negotiation, title="The wire again", status="accepted")
    make.QuoteFactory(snapshot=make.SnapshotFactory(source=twin), exact="We are ready to act")
    make.SourceFactory(negotiation=world.negotiation, title="Z, of the twin", origin=twin)
    merge([twin], wire, by=curator, why="The same.")
    found = trees(world, reader)
    assert set(found) == {"The Gazette", "The Wire"}
    top, *below = found["The Wire"].branches
    assert [same.name for same in top.duplicates] == ["The wire again"]
    assert (top.quotes, [branch.title for branch in below]) == (1, ["A leaflet", "Z, of the twin"])


# --- what counts ------------------------------------------------------------------------------------------


def test_the_finding_says_how_many_at_most(world, reader):
    page = get_origins("paris", by=reader)
    assert (page.finding, page.unsure, page.aside) == ("1 source, 1 independent origin", 0, 0)
    identified = make.OutletFactory(negotiation=world.negotiation, name="The Times", reliability="A")
    make.SourceFactory(outlet=identified, status="accepted")
    assert get_origins("paris", by=reader).finding == "2 sources, 2 independent origins"
    make.SourceFactory(negotiation=world.negotiation, title="Unknown", status="accepted")
    make.SourceFactory(negotiation=world.negotiation, title="Rumour", status="rejected")
    page = get_origins("paris", by=reader)
    assert (page.finding, page.unsure, page.aside) == ("3 sources, at most 3 independent origins", 1, 1)


def test_each_tree_says_why_it_counts(world, wire, reader):
    make.SourceFactory(negotiation=world.negotiation, title="Alone", status="accepted")
    make.SourceFactory(negotiation=world.negotiation, title="Rumour", status="rejected")
    said = {name: tree.why for name, tree in trees(world, reader).items()}
    assert said["The Gazette"] == "Counts once."
    assert said["The Wire"].startswith("Counts once. The outlet can't be judged;")
    assert said["Alone"].startswith("Counts once. Its outlet is unknown, so it stands for itself;")
    assert said["Rumour"] == "Counts for nothing: none of its sources is accepted."
    make.SourceFactory(outlet=world.outlet, status="accepted")
    assert trees(world, reader)["The Gazette"].why == "Counts once, however often it is printed."


def test_nothing_counts_where_nothing_is_accepted(negotiation, reader):
    assert get_origins("paris", by=reader).trees == ()
    make.SourceFactory(negotiation=negotiation)
    assert get_origins("paris", by=reader).finding == "No source counts yet"


def test_the_page_counts_as_the_database_does(world, wire, curator, reader):
    """The control: a cell that rests on every source has as many origins as the page names."""
    twin = make.SourceFactory(negotiation=world.negotiation, status="accepted")
    merge([twin], world.source, by=curator, why="The same.")
    make.SourceFactory(negotiation=world.negotiation, title="Rumour", status="rejected")
    evidence = [
        make.QuoteFactory(snapshot=make.SnapshotFactory(source=source), exact="We are ready to act")
        for source in world.negotiation.sources.all()
    ]
    cell = world.cell(world.france, world.force)
    make.StanceFactory(position=cell, evidence=evidence)
    world.negotiation.refresh_from_db()
    [told] = standings(world.negotiation.pk, as_of=date.max, known_at=world.negotiation.revision, positions=[cell.pk])
    assert told.origins == len(get_origins("paris", by=reader).counting) == 2


# --- on a cell --------------------------------------------------------------------------------------------


def test_a_cell_names_the_origins_that_its_number_counts(world, wire, reader):
    leaflet = wire.repeated_by.get()
    alone = make.SourceFactory(negotiation=world.negotiation, slug="alone", title="Alone", status="accepted")
    rumour = make.SourceFactory(negotiation=world.negotiation, title="Rumour", status="rejected")
    quotes = [
        make.QuoteFactory(snapshot=make.SnapshotFactory(source=source), exact="We are ready to act")
        for source in (wire, leaflet, alone, rumour)
    ]
    make.StanceFactory(position=world.cell(world.france, world.force), evidence=[world.send, *quotes])
    cell = get_cell("paris", "france", 2, by=reader)
    assert [(o.name, o.slug, o.identified) for o in cell.origins] == [
        ("Alone", "alone", False),
        ("The Gazette", "", True),
        ("The Wire", "", False),
    ]
    assert cell.standing.origins == len(cell.origins)


def test_records_and_quotes_are_told_apart(world, reader):
    cell = world.cell(world.france, world.force)
    stance = make.StanceFactory(position=cell, evidence=[world.send])
    assert (stance.evidence.count(), get_cell("paris", "france", 2, by=reader).current.quotes) == (1, 1)
    assert get_cell("paris", "france", 2, by=reader).current.records == 0


def test_a_cell_with_nothing_to_go_back_to_names_none(world, reader):
    assert get_cell("paris", "france", 2, by=reader).origins == ()


def test_of_no_keys_nothing_is_told(db):
    assert origins.by_key([]) == {}


def test_origins_are_for_those_who_may_see(world, outsider):
    with pytest.raises(Hidden):
        get_origins("paris", by=outsider)


def test_a_stance_counts_the_origins_of_what_supports_it(world, wire, analyst):
    """A denial and a background piece from elsewhere stand behind no judgement."""
    background, denial = (
        make.QuoteFactory(snapshot=make.SnapshotFactory(source=source), exact="We are ready to act")
        for source in (wire, make.SourceFactory(negotiation=world.negotiation, status="accepted"))
    )
    evidence = {"evidence": [world.send], "contradicted_by": [denial], "in_context": [background]}
    record(world, world.france, world.force, by=analyst, **evidence)
    cell = get_cell("paris", "france", 2, by=analyst)
    assert (cell.standing.evidence, cell.standing.origins, [o.name for o in cell.origins]) == (3, 1, ["The Gazette"])
    assert world.cell(world.france, world.force).origins == 1, "and so says the board"
    more = {"evidence": [world.send, background], "contradicted_by": [denial], "cause": "rejudged", "replaces": 1}
    record(world, world.france, world.force, by=analyst, **more)
    assert world.cell(world.france, world.force).origins == 2, "the same words as support do"
