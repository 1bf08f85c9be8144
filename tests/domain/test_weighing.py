"""What a quote may mean for a cell, and the drafts that follow from it."""

from __future__ import annotations

from datetime import date

import pytest

from negotiations.database.dates import ALWAYS
from negotiations.domain.asking import Unanswerable
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.positions import Entry, record_stances
from negotiations.domain.stances import Draft, Item
from negotiations.domain.weighing import Choice, choices_for, get_weighing, proposed, read_cells, rests_on, same
from tests import factories as make
from tests.stories import record
from tests.worlds import build_world


@pytest.fixture
def weigh(world, analyst):
    def do(*cells, quote="france-send", by=analyst, slug="paris"):
        return get_weighing(slug, "summit-report", quote, cells, by=by)

    return do


def test_cells_come_in_the_order_of_the_board_and_each_once(world, weigh):
    cells = weigh(("russia", 1), ("france", 2), ("russia", 1), ("mars", 1), ("france", 9)).cells
    assert [(cell.party.slug, cell.number) for cell in cells] == [("france", 2), ("russia", 1)]


def test_quotes_and_cells_of_another_negotiation_are_not_known_here(world, weigh, analyst):
    other = build_world(make.NegotiationFactory(slug="elsewhere"))
    make.QuoteFactory(snapshot=other.snapshot, slug="only-there")
    with pytest.raises(Hidden):
        weigh(("france", 1), quote="only-there")
    with pytest.raises(Hidden):
        weigh(("france", 1), slug="elsewhere")
    make.PartyFactory(negotiation=other.negotiation, slug="mars")
    assert not weigh(("mars", 1)).cells


def test_only_analysts_weigh(weigh, reader, nobody):
    with pytest.raises(Forbidden):
        weigh(by=reader)
    with pytest.raises(Hidden):
        weigh(by=nobody)


def test_names_of_cells_are_read_strictly_and_not_too_many():
    names = ["germany:3", "germany:3", "x", ":1", "france:", "france:1e3", "france:²", "france:-1", "a:b:1", "cyprus:1"]
    names += ["\0:1", "fra\0nce:1", "\ud800:1", "a b:1", "é:1"]
    assert read_cells(names) == [("germany", 3), ("cyprus", 1)]
    with pytest.raises(Unanswerable):
        read_cells(f"france:{n}" for n in range(21))


def test_what_stands_decides_what_can_be_chosen(world, weigh, analyst):
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours])
    record(world, world.russia, world.force, by=analyst, code="unknown", rationale="Searched.")
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    record(world, world.france, world.force, by=analyst, cause="withdrawn", replaces=1)
    cells = {cell.party.slug: cell for cell in weigh(("france", 2), ("germany", 2), ("russia", 2)).cells}
    assert choices_for(cells["germany"]) == tuple(Choice)
    assert Choice.CONTEXT not in choices_for(cells["russia"])
    assert choices_for(cells["france"]) == (Choice.CHANGE, Choice.LATER)
    assert Choice.SAME in choices_for(weigh(("france", 1)).cells[0])


def test_the_same_stance_keeps_its_records_without_a_text_and_says_a_bearing_anew(world, weigh, analyst):
    items = (Item("supports", quote=world.send.pk), Item("context", source=world.source.pk, locator="Vote 3"))
    draft = Draft("first", "supports", "So.", confidence="low", held_from=date(2026, 1, 6), evidence=items)
    cell = world.cell(world.germany, world.force)
    record_stances(world.workspace(analyst), [Entry(cell.pk, 0, draft)], by=analyst, why="Read.")
    [seen] = weigh(("germany", 2)).cells
    assert rests_on(seen, world.send.pk) == "supports the judgement"
    again = same(seen.current, world.send.pk, "context", "Why")
    assert set(again.evidence) == {items[1], Item("context", quote=world.send.pk)}
    assert same(seen.current, world.neighbours.pk, "contradicts", "").evidence[-1].bearing == "contradicts"


def test_unknown_takes_words_as_context_only_and_keeps_its_beginning(world, weigh, analyst):
    record(world, world.russia, world.force, by=analyst, code="unknown", rationale="Searched.")
    [cell] = weigh(("russia", 2)).cells
    draft = same(cell.current, world.send.pk, "supports", "")
    assert (draft.code, draft.held_from, draft.evidence) == ("unknown", ALWAYS, (Item("context", quote=world.send.pk),))
    first = same(None, world.send.pk, "supports", "Read it all.")
    assert (first.cause, first.code, first.rationale) == ("first", "unknown", "Read it all.")


def test_the_confidence_proposed_counts_each_quote_once(world, weigh, analyst):
    make.ClaimGradingFactory(quote=world.send, credibility=1)
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    weighing = weigh(("france", 2))
    assert proposed(weighing.cells[0], weighing.quote, "supports") == "moderate"
    assert proposed(weighing.cells[0], weighing.quote, "context") == "low"
