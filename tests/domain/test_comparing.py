"""What changed between two moments, in which direction, and why: told by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from negotiations.domain.asking import Unanswerable
from negotiations.domain.comparing import Direction, Reason, compare, direction, since_last_meeting
from negotiations.domain.moments import now
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.points import NOBODY, read_end, read_start
from negotiations.domain.visits import mark_brief, mark_visit
from negotiations.exchange.comparison_csv import guarded, written
from negotiations.models import Position
from tests import factories as make
from tests.worlds import build_world


@pytest.fixture
def told(db):
    """On 5 January France supports the force since the 2nd; on the 10th it turns out that it opposes it since the 8th.

    Germany's stance of the 3rd is found on the 10th. Russia's is judged anew, on the 11th, and Germany's source falls
    on the 12th. The revisions of the end of each of these days are in `world.revisions`.
    """
    with make.recorded_at(datetime(2026, 1, 1, 12, tzinfo=UTC)):
        world = build_world(make.NegotiationFactory(slug="paris", visibility="public"))
        make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Summit", starts_on=date(2026, 1, 7))
    france, germany, russia = (world.cell(p, world.force) for p in (world.france, world.germany, world.russia))
    revisions = {}

    def on(day, position, code, held_from, **values):
        with make.recorded_at(datetime(2026, 1, day, 12, tzinfo=UTC)):
            stance = make.StanceFactory(
                position=position, code=code, held_from=date(2026, 1, held_from), evidence=[world.send], **values
            )
        revisions[day] = stance.revision

    on(5, france, "supports", 2)
    on(5, russia, "neutral", 2)
    on(10, france, "opposes", 8, cause="moved")
    on(10, germany, "champions", 3)
    on(11, russia, "rejects", 2, cause="rejudged", replaces=1, red_line=True)
    on(12, germany, "ambiguous", 3, cause="source", replaces=1)
    return revisions


def compared(start, end="", by=NOBODY):
    workspace = get_workspace("paris", by=by)
    to = read_end(workspace, end, now(workspace), by=by)
    return compare(workspace, read_start(workspace, start, to, by=by), to)


def told_of(comparison):
    return {
        change.party.slug: (change.before.code, change.after.code, change.direction, change.reasons)
        for change in comparison.changes
    }


def test_between_two_days_the_parties_moved(told):
    """As we know it now, for both days."""
    assert told_of(compared("2026-01-05", "2026-01-09")) == {
        "france": ("supports", "opposes", Direction.AWAY, (Reason.MOVED,))
    }
    assert told_of(compared("2026-01-01", "2026-01-02")) == {
        "france": ("unknown", "supports", Direction.ONTO, (Reason.FOUND,)),
        "russia": ("unknown", "rejects", Direction.ONTO, (Reason.FOUND,)),
    }


def test_between_two_revisions_the_causes_are_told_apart(told):
    assert told_of(compared(str(told[5]), str(told[10]))) == {
        "france": ("supports", "opposes", Direction.AWAY, (Reason.MOVED,)),
        "germany": ("unknown", "champions", Direction.ONTO, (Reason.LEARNED,)),
    }
    assert told_of(compared(str(told[10]), str(told[11]))) == {
        "russia": ("neutral", "rejects", Direction.AWAY, (Reason.JUDGED,))
    }
    assert told_of(compared(str(told[11]))) == {"germany": ("champions", "ambiguous", Direction.OFF, (Reason.SOURCE,))}
    assert told_of(compared(str(told[12]))) == {}


def test_a_withdrawal_lets_the_one_before_shine_through_and_is_ours(told):
    position = build_cell("france")
    make.StanceFactory(position=position, code="", held_from=date(2026, 1, 8), cause="withdrawn", replaces=2)
    [change] = compared(str(told[12])).changes
    assert (change.before.code, change.after.code, change.steps) == ("opposes", "supports", 2)
    assert [(each.reason, each.seq) for each in change.because] == [(Reason.JUDGED, 3)]


def build_cell(party):
    return Position.objects.get(party__slug=party, priority__number=2)


def test_what_is_told_beside_the_stance(told):
    [change] = compared(str(told[10]), str(told[11])).changes
    assert (change.direction_in_words, change.steps, change.other) == (
        "away from it, 2 steps", -2, ("now a red line",),
    )  # fmt: skip
    assert change.reasons_in_words == "we judged anew"
    position = build_cell("france")
    make.StanceFactory(
        position=position, code="opposes", held_from=date(2026, 1, 8), cause="corrected", replaces=2, limits="At sea"
    )
    [change] = compared(str(told[12])).changes
    assert (change.direction_in_words, change.other) == ("same stance", ("limits added",))
    assert [(field.name, field.old, field.new) for field in change.qualified] == [("limits added", "", "At sea")]
    assert compared(str(told[12])).counts_in_words == "1 keeps its stance, with other conditions, limits or red line"
    assert compared(str(told[5])).counts_in_words == "2 away from it; 1 off the scale before and after"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("rejects", "champions", (Direction.TOWARD, 4)),
        ("neutral", "opposes", (Direction.AWAY, -1)),
        ("unknown", "neutral", (Direction.ONTO, None)),
        ("supports", "silent", (Direction.OFF, None)),
        ("unknown", "ambiguous", (Direction.BESIDE, None)),
        ("supports", "supports", (Direction.OTHER, None)),
    ],
)
def test_directions_and_nothing_off_the_scale_is_counted_in_steps(before, after, expected):
    assert direction(before, after) == expected


def test_a_meeting_is_the_day_on_which_it_ended(told):
    assert told_of(compared("summit", "2026-01-09")) == told_of(compared("2026-01-07", "2026-01-09"))
    assert told_of(compared("last-meeting")) == told_of(compared("2026-01-07"))
    since = since_last_meeting(get_workspace("paris", by=make.UserFactory()))
    assert since.start.name == "Summit, 7 January 2026"
    assert list(told_of(since)) == ["france"]


def test_since_my_last_visit_is_since_the_end_of_the_visit_before_this_one(told):
    user = make.UserFactory()
    workspace = get_workspace("paris", by=user)

    def visit(minutes):
        mark_visit(get_workspace("paris", by=user), by=user, at=datetime(2026, 2, 1, 12, minutes, tzinfo=UTC))

    visit(0)
    with pytest.raises(Unanswerable, match="no earlier visit"):
        compared("last-visit", by=user)
    make.StanceFactory(position=build_cell("france"), code="rejects", held_from=date(2026, 1, 9), evidence=None)
    visit(10)  # the same visit, which saw it
    visit(55)
    assert told_of(compared("last-visit", by=user)) == {}
    make.StanceFactory(position=build_cell("france"), code="neutral", held_from=date(2026, 1, 9), evidence=None)
    assert list(told_of(compared("last-visit", by=user))) == ["france"]
    with pytest.raises(Unanswerable, match="not marked a brief"):
        compared("last-brief", by=user)
    mark_brief(workspace, by=user, revision=told[12])
    assert list(told_of(compared("last-brief", by=user))) == ["france"]


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("2026-01-09", "2026-01-05", "begins with what comes first"),
        ("3", "2", "begins with what comes first"),
        ("999", "", "There is no revision 999 yet"),
        ("nowhere", "", "What is compared is a meeting"),
        ("2999-01-01", "", "has not come yet"),
        ("last-meeting", "2026-01-07", "No meeting had ended"),
        ("last-visit", "", "no earlier visit of yours"),
    ],
)
def test_what_can_not_be_compared_says_why(start, end, says, told):
    with pytest.raises(Unanswerable, match=says):
        compared(start, end)


def test_the_file_for_spreadsheets_holds_no_formula(told):
    make.StanceFactory(position=build_cell("france"), code="champions", held_from=date(2026, 1, 9), evidence=None)
    text = written(compared(str(told[12]))).decode("utf-8")
    assert text.startswith("\ufeffparty,number,priority,before,after,direction,steps")
    assert "france,2,Deploy a force,opposes,champions,toward,3" in text
    assert [guarded(each) for each in ("=1+1", "-2", "@x", "\tx", "fine")] == ["'=1+1", "'-2", "'@x", "'\tx", "fine"]


def test_a_comparison_asks_a_fixed_number_of_questions(told, django_assert_max_num_queries):
    workspace = get_workspace("paris", by=make.UserFactory())
    to = read_end(workspace, "", now(workspace), by=NOBODY)
    start = read_start(workspace, str(told[5]), to, by=NOBODY)
    with django_assert_max_num_queries(5):
        assert len(compare(workspace, start, to).changes) == 3
