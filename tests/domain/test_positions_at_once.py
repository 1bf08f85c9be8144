"""Recording stances at one moment: one wins, the others are told, nothing is done twice, and nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest

from negotiations.domain.changes import KeyReused
from negotiations.domain.positions import Entry, Outdated, Recorded, record_stances
from negotiations.models import Change, Position, Stance
from tests.sql import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def send(world, draft):
    """An act to be done later: the draft into cells as somebody saw them."""

    def prepare(user, cells, based_on=0, draft=draft, **sent):
        entries = [Entry(cell.pk, based_on, draft) for cell in cells]
        workspace = world.workspace(user)
        return lambda: record_stances(workspace, entries, by=user, **({"why": "At once."} | sent))

    return prepare


def kinds(answers):
    return Counter(type(answer) for answer in answers)


def test_two_editors_on_one_cell(analyst, second_analyst, cells, send):
    answers = at_once(send(analyst, cells[:1]), send(second_analyst, cells[:1]))
    assert kinds(answers) == {Recorded: 1, Outdated: 1}
    assert Stance.objects.count() == 1


def test_twelve_editors_on_one_cell(analyst, cells, send):
    before = Change.objects.count()
    answers = at_once(*[send(analyst, cells[:1]) for _ in range(12)])
    assert kinds(answers) == {Recorded: 1, Outdated: 11}
    assert (Stance.objects.count(), Change.objects.count()) == (1, before + 1)
    assert Position.objects.get(pk=cells[0].pk).version == 1


def test_editors_of_different_cells_dont_disturb_each_other(analyst, cells, send):
    answers = at_once(*[send(analyst, [cell]) for cell in cells])
    assert kinds(answers) == {Recorded: 6}
    assert len({answer.revision for answer in answers}) == 6


def test_many_cells_in_any_order_never_block_each_other_for_good(analyst, cells, send):
    """Cells are locked in order of id, whatever order they are named in: no deadlock."""
    forwards, backwards = send(analyst, cells), send(analyst, cells[::-1])
    answers = at_once(*[forwards, backwards] * 6)
    assert kinds(answers) == {Recorded: 1, Outdated: 11}
    assert Stance.objects.count() == 6


def test_one_form_sent_twice_at_once_is_done_once_and_both_get_the_same_answer(analyst, cells, send):
    for cell in cells:  # some times over, since which comes first is chance
        key = uuid4()
        answers = at_once(*[send(analyst, [cell], key=key)] * 2)
        assert kinds(answers) == {Recorded: 2}
        assert sorted(answer.repeated for answer in answers) == [False, True]
        assert answers[0].revision == answers[1].revision
    assert Stance.objects.count() == 6


def test_without_a_key_the_second_sending_is_told_that_the_cell_has_moved_on(analyst, cells, send):
    """The control of the test before."""
    assert kinds(at_once(*[send(analyst, cells[:1])] * 2)) == {Recorded: 1, Outdated: 1}


def test_one_key_for_two_cells_at_once_is_refused_for_one(analyst, cells, send):
    for first, second in zip(cells[::2], cells[1::2], strict=True):
        key = uuid4()
        answers = at_once(send(analyst, [first], key=key), send(analyst, [second], key=key))
        assert kinds(answers) == {Recorded: 1, KeyReused: 1}
    assert Stance.objects.count() == 3
