"""Two versions of one cell: what the page shows, what it carries on, and what becomes of the picked rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from negotiations.domain import editing
from negotiations.domain.cells import get_cell
from negotiations.forms.conflicts import Conflict, compare
from negotiations.forms.picks import merged
from negotiations.forms.stances import StanceForm
from negotiations.forms.telling import FIELDS
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
    assert form.is_valid() or values.get("act") == "merge", form.errors
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
    assert {("rationale", "Mine."), ("words", "found by these")} <= set(carried)
    assert not names & {"csrfmiddlewaretoken", "based_on", "act", "cause", "pick-code", "why"}
    assert conflict.why == "I know.", "which may be said otherwise"


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


# --- three versions ------------------------------------------------------------------------------------------


@pytest.fixture
def both_changed(world, analyst, second_analyst):
    """Both begin from stance 1. Anton's is stance 2; what Anna sends is put beside it."""

    def begin(mine: dict, **theirs) -> Conflict:
        first = {
            "code": "supports", "rationale": "It offers help, and means it.", "conditions": "After a peace deal",
            "limits": "No ships", "depends_on": (world.france.pk,),
        }  # fmt: skip
        record(world, world.germany, world.force, by=analyst, evidence=[world.send, world.neighbours], **first)
        record(world, world.germany, world.force, by=second_analyst,
               **{"evidence": [world.send, world.neighbours]} | first | theirs)  # fmt: skip
        typed = {
            "code": "supports", "rationale": first["rationale"], "conditions": first["conditions"],
            "limits": "No ships", "depends_on": ["france"], "held_from": "2026-01-06",
            f"bearing-{world.send.pk}": "supports", f"bearing-{world.neighbours.pk}": "supports",
        }  # fmt: skip
        return compared(get_cell("paris", "germany", 2, by=analyst), **typed | mine)

    return begin


def line_of(conflict: Conflict, name: str):
    return next(line for line in conflict.lines if line.name == name)


def test_each_line_tells_who_changed_it_since_the_common_version(both_changed):
    conflict = both_changed({"code": "rejects", "limits": "No planes"}, code="opposes", confidence="high")
    changed = {line.name: (line.by_them, line.by_me) for line in conflict.lines if line.by_them or line.by_me}
    assert changed == {"code": (True, True), "limits": (False, True), "confidence": (True, False)}
    picks = {line.name: line.pick for line in conflict.lines}
    assert (picks["limits"], picks["confidence"], picks["conditions"]) == ("mine", "theirs", "theirs")
    assert [line.name for line in conflict.undecided] == ["code"]


def test_a_text_that_both_changed_in_different_words_is_offered_as_one_text(both_changed):
    conflict = both_changed({"conditions": "After a peace deal, with Paris"}, conditions="After a lasting peace deal")
    line = line_of(conflict, "conditions")
    assert (line.both, line.clean, line.pick) == ("After a lasting peace deal, with Paris", True, "both")
    assert [(each.text, each.fate) for each in line.their_changes if each.fate != "kept"] == [("lasting ", "new")]
    assert conflict.undecided == []


def test_a_text_that_both_changed_in_the_same_words_is_for_a_person(both_changed):
    conflict = both_changed(
        {"rationale": "It offers ships, and means it."}, rationale="It offers soldiers, and means it."
    )
    line = line_of(conflict, "rationale")
    assert (line.both, line.clean, line.pick) == ("It offers ships, and means it.", False, "mine")
    assert conflict.undecided == [line]


def test_what_both_said_alike_needs_no_choice(both_changed):
    line = line_of(both_changed({"limits": "No planes"}, limits="No planes"), "limits")
    assert (line.same, line.both, line.by_them, line.by_me) == (True, None, True, True)


def test_evidence_is_put_together_piece_by_piece(both_changed, world):
    mine = {f"bearing-{world.send.pk}": "", f"bearing-{world.unacceptable.pk}": "context"}
    conflict = both_changed(mine, evidence=[world.send], in_context=[world.neighbours])
    line = line_of(conflict, "evidence")
    assert line.pick == "both"
    assert {(piece.text, piece.told, piece.value) for piece in line.pieces} == {
        ("“we will send them”", "removed by you", ""),
        ("“in neighbouring countries”", "Anton Analyst: context", "context"),
        ("“unacceptable 🚫 to us”", "added by you", "context"),
    }


def test_evidence_goes_with_the_stance_where_the_two_judge_otherwise(both_changed, world):
    """How words bear is told of one judgement: what supports that it is for it does not support that it is against."""
    mine = {"code": "rejects", f"bearing-{world.unacceptable.pk}": "supports"}
    conflict = both_changed(mine, evidence=[world.send])
    assert (line_of(conflict, "code").pick, line_of(conflict, "evidence").pick) == ("mine", "mine")
    assert line_of(conflict, "evidence").pieces, "and can still be put together"
    assert conflict.code_differs


def test_parties_are_put_together_one_by_one(both_changed, world):
    conflict = both_changed({"depends_on": []}, depends_on=(world.france.pk, world.russia.pk))
    pieces = line_of(conflict, "depends_on").pieces
    assert [(piece.text, piece.told, piece.taken) for piece in pieces] == [
        ("France", "removed by you", False),
        ("Russia", "added by Anton Analyst", True),
    ]


def test_a_form_that_is_no_good_yet_is_compared_all_the_same(both_changed):
    mine = {"held_from": "next week", "confidence": "", "rationale": "", "why": "", "code": "sort of", "act": "merge"}
    conflict = both_changed(mine, code="opposes", confidence="high")
    told = {line.name: line.mine for line in conflict.lines}
    assert (told["held_from"], told["code"], told["rationale"]) == ("next week", "sort of", "")


def test_a_stance_found_late_for_old_days_is_not_held_against_what_stands_today(world, analyst, second_analyst):
    """It is told of; but the form speaks of today, and there nothing has changed."""
    record(world, world.germany, world.force, by=analyst, evidence=[world.send], limits="No ships")
    record(world, world.germany, world.force, by=second_analyst, cause="learned", code="rejects", limits="All of it",
           held_from=date(2025, 3, 1), evidence=[world.unacceptable])  # fmt: skip
    cell = get_cell("paris", "germany", 2, by=analyst)
    conflict = compared(cell, code="supports", limits="No ships, no planes")
    assert (conflict.theirs.seq, line_of(conflict, "code").theirs) == (1, "Supports")
    assert (line_of(conflict, "limits").pick, line_of(conflict, "code").pick) == ("mine", "theirs")


# --- both together -------------------------------------------------------------------------------------------


def test_both_together_is_what_stands_in_the_pages_own_fields(cell, world):
    page = {
        "pick-limits": "both", "both-limits": "No ships, and no planes", "pick-depends_on": "both",
        "both-depends_on": ["france", "russia"], "pick-evidence": "both", f"both-bearing-{world.send.pk}": "context",
        f"both-bearing-{world.neighbours.pk}": "", "both-source-0": str(world.source.pk), "both-locator-0": "p. 3",
        "both-locator-bearing-0": "supports", "pick-conditions": "mine", "both-conditions": "Typed, then not picked",
    }  # fmt: skip
    data = merged(sent(based_on="2", **{f"bearing-{world.unacceptable.pk}": "supports"}, **page), cell)
    assert (data["limits"], data["conditions"]) == ("No ships, and no planes", "")
    assert data.getlist("depends_on") == ["france", "russia"]
    assert {name: data[name] for name in data if name.startswith(("bearing-", "source-", "locator-"))} == {
        f"bearing-{world.send.pk}": "context", "source-0": str(world.source.pk), "locator-0": "p. 3",
        "locator-bearing-0": "supports",
    }  # fmt: skip


def test_both_of_a_field_that_can_only_be_one_is_mine(cell):
    assert merged(sent(based_on="2", **{"pick-code": "both"}), cell)["code"] == "rejects"
