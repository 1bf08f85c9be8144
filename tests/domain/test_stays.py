"""Saying that the stance of a cell to re-check stays."""

from __future__ import annotations

from uuid import uuid4

import pytest

from negotiations.domain import gradings, stays
from negotiations.domain.changes import KeyReused
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.reasons import get_recheck
from negotiations.domain.records import Refused
from negotiations.domain.stances import Invalid
from negotiations.models import Change, Position, Stay
from negotiations.models.outlets import Reliability
from negotiations.models.quotes import Credibility
from negotiations.models.sources import SourceStatus
from tests.stories import record


@pytest.fixture
def fallen(world, analyst, curator):
    """Germany's stance on the force rests on a source that was retracted."""
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours])
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="The outlet took it down.")
    return world


def stay(world, by, reason="Two others say the same.", seen=None, key=None):
    workspace = world.workspace(by)
    cell = world.cell(world.germany, world.force)
    seen = workspace.revision if seen is None else seen
    return stays.stay(workspace, cell.pk, reason=reason, seen=seen, by=by, key=key)


def test_it_stays_and_the_log_says_who_and_why(fallen, analyst):
    done = stay(fallen, analyst)
    change = Change.objects.get(revision=done.revision, negotiation=fallen.negotiation)
    assert (change.by, change.verb, change.what) == (analyst, "re-checked", "Germany × 2: the stance stays")
    assert change.why == Stay.objects.get().reason == "Two others say the same."
    assert fallen.cell(fallen.germany, fallen.force).rechecks == 0


def test_several_that_wait_for_the_same_stay_in_one_act(fallen, analyst, curator):
    for party in (fallen.france, fallen.russia):
        record(fallen, party, fallen.force, by=analyst, evidence=[fallen.send])
    gradings.grade_sources([fallen.source.pk], SourceStatus.REJECTED, by=curator, why="A forgery.")
    gradings.grade_claim(fallen.send, Credibility.PROBABLE, by=curator, why="Others say so.")
    gradings.grade_claim(fallen.send, Credibility.IMPROBABLE, by=curator, why="It was denied.")
    page = get_recheck("paris", "france", 2, by=analyst)
    assert [cell.name for cell in page.alike] == [f"{name} × 2 Deploy a force" for name in ("Germany", "Russia")]
    assert [cell.name for cell in get_recheck("paris", "germany", 2, by=analyst).alike] == [], "they wait for more"
    both = [cell.position for cell in page.alike]
    france, workspace = fallen.cell(fallen.france, fallen.force), fallen.workspace(analyst)
    told = {"reason": "I heard it myself.", "seen": workspace.revision, "by": analyst}
    with pytest.raises(Refused, match="one of these cells"):
        stays.stay(workspace, france.pk, also=[*both, fallen.cell(fallen.france, fallen.monitoring).pk], **told)
    done = stays.stay(workspace, france.pk, also=both, **told)
    change = Change.objects.get(revision=done.revision, negotiation=fallen.negotiation)
    assert change.what == "France × 2, Germany × 2, Russia × 2: the stances stay"
    assert {row.position_id for row in Stay.objects.filter(revision=done.revision)} == {france.pk, *both}
    assert not Position.objects.filter(rechecks__gt=0).exists()


def test_readers_only_look(fallen, reader):
    with pytest.raises(Forbidden):
        stay(fallen, reader)


def test_outsiders_do_not_even_see_it(fallen, outsider):
    with pytest.raises(Hidden):
        stay(fallen, outsider)


@pytest.mark.parametrize("reason", ["", " \n", "a\x00b", "half \ud800 of one"])
def test_without_a_reason_that_can_be_stored_nothing_is_written(reason, fallen, analyst):
    with pytest.raises(Invalid):
        stay(fallen, analyst, reason=reason)
    assert not Stay.objects.exists()


def test_where_nothing_is_open_nothing_stays(fallen, analyst):
    stay(fallen, analyst)
    with pytest.raises(Refused, match="nothing to re-check"):
        stay(fallen, analyst, reason="Again.")
    assert Stay.objects.count() == 1


def test_what_came_up_since_the_page_was_opened_is_not_waved_through(fallen, analyst, curator):
    seen = fallen.workspace(analyst).revision
    gradings.grade_outlet(fallen.outlet, Reliability.E, by=curator, why="It prints rumours.")
    with pytest.raises(Refused, match="Something more came up"):
        stay(fallen, analyst, seen=seen)
    assert fallen.cell(fallen.germany, fallen.force).rechecks == 2


def test_sent_twice_it_is_done_once(fallen, analyst):
    key = uuid4()
    first, again = stay(fallen, analyst, key=key), stay(fallen, analyst, key=key)
    assert (first.revision, first.repeated, again.repeated) == (again.revision, False, True)
    assert Stay.objects.count() == 1


def test_the_same_key_with_another_reason_is_refused(fallen, analyst):
    key = uuid4()
    stay(fallen, analyst, key=key)
    with pytest.raises(KeyReused):
        stay(fallen, analyst, reason="Another.", key=key)
