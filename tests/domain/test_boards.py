"""What a board says, as numbers and sentences."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from negotiations.domain.asking import Unanswerable
from negotiations.domain.boards import Board, get_board, marks_of
from negotiations.domain.filters import EVERYTHING, Filters
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.permissions import Hidden
from negotiations.models import Position
from tests import factories as make
from tests.stories import record


def board(by, *, filters=EVERYTHING, at=None, **asked) -> Board:
    return get_board(get_workspace("paris", by=by), filters=filters, at=at, asked=asked.get)


@pytest.fixture
def said(world, analyst):
    """Records one stance after the other, such as `said("france", 2, "supports")`."""

    def say(party: str, number: int, code: str, **told) -> None:
        parties = {"france": world.france, "germany": world.germany, "russia": world.russia}
        priority = {1: world.monitoring, 2: world.force}[number]
        quotes = [] if code == "unknown" else [world.send]
        record(world, parties[party], priority, by=analyst, code=code, evidence=quotes, **told)

    return say


def test_counts_are_of_codes_and_the_unknown_are_among_them(said, reader):
    said("france", 2, "supports")
    said("germany", 2, "ambiguous")
    said("russia", 2, "unknown")
    shown = board(reader)
    monitoring, force = shown.columns
    assert dict(force.counts) == {"supports": 1, "ambiguous": 1, "unknown": 1}
    assert list(force.counts) == ["supports", "ambiguous", "unknown"], "in the order of the code book"
    assert (force.known, monitoring.known) == (2, 0)
    assert (shown.cells, shown.known, shown.counts["unknown"]) == (6, 2, 4)
    assert shown.empty_rows == 1


def test_the_finding_is_what_has_most_backing(said, reader):
    assert board(reader).finding() == "No position is recorded"
    said("russia", 2, "rejects")
    assert board(reader).finding() == "No backing is recorded"
    said("france", 2, "supports")
    assert board(reader).finding() == "Deploy a force: most backing, 1 of 3 parties; Russia against"
    said("france", 1, "champions")
    finding = board(reader).finding()
    assert finding == "Monitor the ceasefire and Deploy a force: most backing, 1 of 3 parties"
    said("germany", 1, "supports")
    assert board(reader).finding() == "Monitor the ceasefire: most backing, 2 of 3 parties"


@pytest.mark.parametrize("code", ["neutral", "ambiguous", "silent", "unknown"])
def test_what_is_no_backing_is_never_counted_as_backing(code, said, reader):
    said("france", 2, code)
    assert "most backing" not in board(reader).finding()


def test_marks_are_counted_over_the_whole_board_whatever_is_filtered(said, reader):
    said("france", 2, "supports", conditions="If asked", limits="But not at sea", red_line=True)
    said("germany", 2, "supports", conditions="If paid")
    for filters in (Filters(), Filters(codes=frozenset({"rejects"})), Filters(hide_empty=True)):
        marks = board(reader, filters=filters).marks
        assert (marks["if"], marks["but"], marks["red-line"], marks["contested"]) == (2, 1, 1, 0)


def test_how_many_cells_are_shown(said, reader):
    said("france", 2, "supports")
    assert board(reader).shown == 6
    assert board(reader, filters=Filters(codes=frozenset({"supports"}))).shown == 1
    assert board(reader, filters=Filters(hide_empty=True)).shown == 2


def test_marks_of_a_cell(said, reader):
    said("france", 2, "rejects", red_line=True, limits="But")
    standing = board(reader).rows[0].cells[1].standing
    assert marks_of(standing, []) == ["but", "red-line"]
    assert marks_of(standing, ["Coalition"]) == ["but", "red-line", "through"]


def test_a_collective_that_says_nothing_lends_nothing(world, said, analyst, reader):
    coalition = make.PartyFactory(negotiation=world.negotiation, slug="coalition", kind="collective", order=9)
    make.CollectiveMemberFactory(collective=coalition, member=world.france)
    assert board(reader).rows[0].cells[1].through == ()
    record(world, coalition, world.force, by=analyst, evidence=[world.send])
    france = board(reader).rows[0].cells
    assert (france[0].through, france[1].through) == ((), ("Coalition",))


def test_a_day_is_today_where_none_is_asked_for(said, reader):
    said("france", 2, "supports")
    today = board(reader, at=date(2026, 1, 6))
    assert (today.as_of, today.is_past) == (date(2026, 1, 6), False)
    past = board(reader, at=date(2026, 1, 7), as_of="2026-01-06")
    assert (past.as_of, past.is_past) == (date(2026, 1, 6), True)


def test_the_copies_and_the_rule_draw_the_same_board(said, reader):
    """Today is read from the cells' copies, another day by the rule: of the day of the newest stance, they agree."""
    said("france", 2, "supports", conditions="If asked")
    said("france", 2, "opposes", cause="corrected", replaces=1, limits="But")
    said("germany", 1, "unknown")
    day = Position.objects.get(party__slug="france", priority__number=2).held_from
    current, ruled = board(reader), board(reader, as_of=str(day))
    assert (current.is_past, ruled.is_past) == (False, True)
    for row, other in zip(current.rows, ruled.rows, strict=True):
        for cell, same in zip(row.cells, other.cells, strict=True):
            ours, theirs = vars(cell.standing).copy(), vars(same.standing).copy()
            ours["stance_id"] = theirs["stance_id"] = None  # which copies don't carry
            assert ours == theirs


@pytest.mark.parametrize("day", ["2999-01-01", "2026-02-30", "0001-01-01", "6 January", "-infinity", "\x00"])
def test_days_that_can_not_be_answered_say_so(day, negotiation, reader):
    with pytest.raises(Unanswerable):
        board(reader, as_of=day)


def test_whoever_may_not_see_it_finds_no_board(negotiation, outsider):
    for who in (outsider, AnonymousUser()):
        with pytest.raises(Hidden):
            board(who)
    with pytest.raises(Hidden):
        get_board(get_workspace("nowhere", by=make.UserFactory(is_superuser=True)))


def test_the_revision_of_a_board_is_read_before_its_cells(said, world, reader):
    said("france", 2, "supports")
    world.negotiation.refresh_from_db()
    assert board(reader).workspace.revision == world.negotiation.revision
