"""Two versions of one cell: what the page shows, what it carries on, and what becomes of the picked rows."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from negotiations.domain import editing
from negotiations.domain.cells import get_cell
from negotiations.forms.conflicts import FIELDS, Conflict, compare, merged
from negotiations.forms.stances import StanceForm
from tests.stories import record

KEY = "6e0ff8b6-54cd-4b4c-a6c2-2f5a8d5a8a51"


@pytest.fixture
def cell(world, analyst, second_analyst):
    """Two stances; what is sent here started from the first."""
    record(world, world.germany, world.force, by=analyst, evidence=[world.send])
    record(world, world.germany, world.force, by=second_analyst, code="opposes", limits="Theirs", red_line=True,
           confidence="moderate", precision="by", depends_on=(world.france.pk,), evidence=[world.neighbours],
           rationale="They judged.", conditions="Their if")  # fmt: skip
    return get_cell("paris", "germany", 2, by=analyst)


def sent(**values) -> QueryDict:
    usual = {
        "code": "rejects", "rationale": "Mine.", "conditions": "", "limits": "Mine", "confidence": "low",
        "held_from": "2026-01-08", "precision": "day", "cause": "moved", "replaces": "1", "why": "I know.",
        "based_on": "1", "key": KEY, "csrfmiddlewaretoken": "x" * 64, "act": "save", "words": "found by these",
    }  # fmt: skip
    return QueryDict(urlencode(usual | values, doseq=True))


def compared(cell, **values) -> Conflict:
    form = StanceForm(sent(**values), cell=cell)
    offered = editing.choices(cell, chosen=[item.quote for item in form.chosen if item.quote])
    form.offer_parties(offered.parties)
    assert form.is_valid(), form.errors
    return compare(form, cell, offered)


def test_every_field_has_a_line_in_both_versions(cell, world):
    conflict = compared(cell, **{f"bearing-{world.unacceptable.pk}": "supports"})
    assert [line.name for line in conflict.lines] == list(FIELDS)
    told = {line.name: (line.theirs, line.mine) for line in conflict.lines}
    assert told["code"] == ("Opposes", "Rejects")
    assert told["depends_on"] == ("France", "")
    assert told["held_from"] == ("by 6 January 2026", "8 January 2026")
    assert told["evidence"] == ("supports: “in neighbouring countries”", "supports: “unacceptable 🚫 to us”")
    assert (conflict.started_from, conflict.theirs.seq, conflict.theirs.by) == (1, 2, "Anton Analyst")


def test_lines_that_say_the_same_are_known_as_such(cell):
    conflict = compared(cell, limits="Theirs", red_line="on", confidence="moderate")
    assert {line.name for line in conflict.lines if line.same} == {"limits", "red_line", "confidence"}


def test_evidence_in_another_order_is_the_same(cell, world, analyst):
    record(world, world.germany, world.force, by=analyst, evidence=[world.send, world.neighbours])
    newest = get_cell("paris", "germany", 2, by=analyst)
    chosen = {f"bearing-{quote.pk}": "supports" for quote in (world.neighbours, world.send)}
    [line] = [line for line in compared(newest, **chosen).lines if line.name == "evidence"]
    assert line.same


def test_all_that_was_typed_is_carried_and_what_the_page_says_itself_is_not(cell, world):
    bearing = f"bearing-{world.send.pk}"
    conflict = compared(cell, depends_on=["france", "russia"], **{bearing: "context", "pick-code": "theirs"})
    carried = [pair for pair in conflict.carried if pair[0] != "replaces"]
    names = {name for name, _ in carried}
    assert {("depends_on", "france"), ("depends_on", "russia"), (bearing, "context"), ("key", KEY)} <= set(carried)
    assert {("rationale", "Mine."), ("why", "I know."), ("words", "found by these")} <= set(carried)
    assert not names & {"csrfmiddlewaretoken", "based_on", "act", "cause", "pick-code"}


def test_what_was_to_be_replaced_stays_so_while_it_stands(cell):
    assert ("replaces", "1") in compared(cell, cause="corrected", replaces="1").carried


def test_what_was_to_be_replaced_and_has_been_gives_way_to_the_newest_that_stands(cell, world, analyst):
    record(world, world.germany, world.force, by=analyst, cause="rejudged", replaces=1, evidence=[world.send])
    newest = get_cell("paris", "germany", 2, by=analyst)
    conflict = compared(newest, cause="corrected", replaces="1")
    assert [value for name, value in conflict.carried if name == "replaces"] == ["3"]


def test_a_first_record_that_came_second_is_offered_as_a_judgement_anew(cell):
    causes = {value: chosen for value, _, chosen in compared(cell, cause="first", based_on="0").causes}
    assert "first" not in causes
    assert [value for value, chosen in causes.items() if chosen] == ["rejudged"]
    assert [value for value, _, chosen in compared(cell, cause="learned").causes if chosen] == ["learned"]


# --- picking -------------------------------------------------------------------------------------------------


def test_each_picked_row_takes_the_place_of_what_was_typed(cell, world):
    bearings = {
        f"bearing-{world.send.pk}": "context",
        "source-0": "7",
        "locator-0": "p",
        "locator-bearing-0": "context",
    }
    picks = {f"pick-{name}": "theirs" for name in FIELDS}
    data = merged(sent(based_on="2", **bearings, **picks), cell)
    assert (data["code"], data["rationale"], data["limits"]) == ("opposes", "They judged.", "Theirs")
    assert (data["held_from"], data["precision"]) == ("2026-01-06", "by")
    assert (data.getlist("depends_on"), data.getlist("red_line")) == (["france"], ["on"])
    assert {name: data[name] for name in data if name.startswith(("bearing-", "source-", "locator-"))} == {
        f"bearing-{world.neighbours.pk}": "supports"
    }
    assert data["why"] == "I know.", "the reason is always one's own"


def test_rows_picked_as_mine_stay_as_they_were_typed(cell):
    data = sent(based_on="2", **{f"pick-{name}": "mine" for name in FIELDS})
    assert merged(data, cell) == data


def test_theirs_is_what_the_page_showed_also_when_there_is_a_newer_one(cell, world, analyst):
    record(world, world.germany, world.force, by=analyst, limits="Newer still", evidence=[world.send])
    newest = get_cell("paris", "germany", 2, by=analyst)
    assert merged(sent(based_on="2", **{"pick-limits": "theirs"}), newest)["limits"] == "Theirs"


@pytest.mark.parametrize("based_on", ["", "0", "7", "two"])
def test_a_version_that_there_is_not_has_nothing_to_pick_from(based_on, cell):
    data = sent(based_on=based_on, **{"pick-limits": "theirs"})
    assert merged(data, cell) == data
