"""What is typed is kept for its owner alone, until it is recorded or thrown away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from negotiations.domain import accounts, drafts
from negotiations.domain.meanwhile import get_place
from negotiations.domain.positions import Entry, record_stances
from negotiations.domain.stances import Invalid
from negotiations.models import Change, Draft, Membership, RowEdit
from tests import factories as make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 8, 12, tzinfo=UTC)


@pytest.fixture
def keep(world, analyst):
    """Keep a draft of Germany on the force."""

    def kept(content=None, by=analyst, key=None, based_on=0, at=NOON, priority=2):
        place = get_place("paris", "germany", priority, by=by)
        key = key or uuid4()
        assert drafts.keep(place, content or {"limits": ["No"]}, by=by, key=key, based_on=based_on, at=at)
        return key

    return kept


def test_a_draft_is_kept_in_the_place_of_the_one_before_and_leaves_nothing_in_the_log(keep, world, analyst):
    before = Change.objects.count(), RowEdit.objects.count()
    key = keep({"limits": ["No sh"], "depends_on": ["france", "russia"]})
    keep({"limits": ["No ships"], "depends_on": []}, key=key, at=NOON + timedelta(minutes=1))
    [kept] = drafts.mine(analyst, world.workspace(analyst))
    assert (kept.content, kept.saved_at) == ({"limits": ["No ships"], "depends_on": []}, NOON + timedelta(minutes=1))
    assert (kept.party, kept.number, kept.based_on, kept.moved_on) == ("germany", 2, 0, False)
    assert (Change.objects.count(), RowEdit.objects.count()) == before


def test_two_windows_keep_a_draft_each_the_newest_first(keep, world, analyst):
    first, second = keep(), keep(at=NOON + timedelta(minutes=1))
    assert [kept.key for kept in drafts.mine(analyst, world.workspace(analyst))] == [second, first]


def test_nobody_else_sees_a_draft(keep, world, analyst, second_analyst, curator, administrator):
    key = keep()
    cell = world.cell(world.germany, world.force).pk
    for other in (second_analyst, curator, administrator):
        workspace = world.workspace(other)
        assert drafts.mine(other, workspace) == []
        assert drafts.get(workspace, cell, key, by=other) is None
        drafts.discard(cell, by=other, key=key)
    assert drafts.get(world.workspace(analyst), cell, key, by=analyst).key == key
    keep(by=second_analyst, key=key)
    assert Draft.objects.count() == 2, "the same key, by chance or by will, is another person's own"


def test_a_draft_is_discarded_once_and_for_all(keep, world, analyst):
    key = keep()
    cell = world.cell(world.germany, world.force).pk
    for _ in range(2):
        drafts.discard(cell, by=analyst, key=key)
    assert not Draft.objects.exists()


def test_what_has_been_recorded_is_no_draft_any_more(keep, world, analyst, draft):
    """Also where it was kept at the very moment of the recording."""
    key = keep()
    cell = world.cell(world.germany, world.force)
    record_stances(world.workspace(analyst), [Entry(cell.pk, 0, draft)], by=analyst, why="Read.", key=key)
    assert drafts.mine(analyst, world.workspace(analyst)) == []
    assert drafts.get(world.workspace(analyst), cell.pk, key, by=analyst) is None
    place = get_place("paris", "germany", 2, by=analyst)
    assert not drafts.keep(place, {"limits": ["Late"]}, by=analyst, key=key, based_on=0, at=NOON)
    assert Draft.objects.get().content == {"limits": ["No"]}


def test_a_draft_knows_that_its_cell_has_moved_on(keep, world, analyst, second_analyst, draft):
    keep()
    cell = world.cell(world.germany, world.force)
    record_stances(world.workspace(second_analyst), [Entry(cell.pk, 0, draft)], by=second_analyst, why="Read.")
    [kept] = drafts.mine(analyst, world.workspace(analyst))
    assert (kept.based_on, kept.version, kept.moved_on) == (0, 1, True)


def test_one_key_is_of_one_cell(keep, world, analyst):
    key = keep()
    place = get_place("paris", "germany", 1, by=analyst)
    assert not drafts.keep(place, {"limits": ["Elsewhere"]}, by=analyst, key=key, based_on=0, at=NOON)
    assert Draft.objects.get().content == {"limits": ["No"]}


def test_whoever_may_no_longer_record_is_offered_nothing(keep, world, analyst):
    keep()
    Membership.objects.filter(user=analyst).update(role="reader")
    assert drafts.mine(analyst, world.workspace(analyst)) == []
    Membership.objects.filter(user=analyst).update(role="analyst")
    assert len(drafts.mine(analyst, world.workspace(analyst))) == 1


def test_drafts_are_few_and_not_too_large(keep, world, analyst):
    keys = [keep(at=NOON + timedelta(minutes=n)) for n in range(drafts.MOST + 2)]
    assert [kept.key for kept in drafts.mine(analyst, world.workspace(analyst))] == keys[:1:-1], "the oldest give way"
    elsewhere = keep(priority=1)
    assert Draft.objects.filter(key=elsewhere).exists()
    with pytest.raises(Invalid, match="too much"):
        keep({"limits": ["x" * drafts.LARGEST]})


def test_what_postgresql_cannot_hold_is_left_out(keep, world, analyst):
    keep({"limits": ["No\x00 ships\ud800"]})
    assert drafts.mine(analyst, world.workspace(analyst))[0].content == {"limits": ["No ships"]}


def test_an_account_that_ends_leaves_no_drafts(keep, analyst, administrator):
    keep()
    accounts.make_anonymous(analyst, by=administrator, why="Left.")
    assert not Draft.objects.exists()


def test_all_drafts_of_a_negotiation_take_one_question_however_many(keep, world, analyst, django_assert_num_queries):
    for _ in range(5):
        keep()
    elsewhere = make.NegotiationFactory(slug="elsewhere")
    make.MembershipFactory(negotiation=elsewhere, user=analyst, role="analyst")
    make.DraftFactory(negotiation=elsewhere, owner=analyst)
    workspace = world.workspace(analyst)
    with django_assert_num_queries(1):
        assert {kept.workspace.slug for kept in drafts.mine(analyst, workspace)} == {"paris"}
