"""Citing at one moment: the same words become one quote, and nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest

from negotiations.domain.citing import AlreadyCited, Told, cite
from negotiations.domain.gradings import grade_sources
from negotiations.domain.snapshots import add_text
from negotiations.domain.stances import Invalid
from negotiations.models import Change, Quote
from negotiations.models.sources import SnapshotKind, SourceStatus
from tests.sql import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def send(world):
    """An act to be done later: somebody cites these words."""

    def prepare(user, words, key=None):
        workspace, start = world.workspace(user), world.snapshot.text.index(words)
        return lambda: cite(workspace, world.snapshot, start, start + len(words), Told("reported"), by=user, key=key)

    return prepare


def kinds(answers):
    return Counter(type(answer) for answer in answers)


def test_the_same_words_cited_by_many_are_one_quote(world, analyst, second_analyst, send):
    before = Change.objects.count()
    answers = at_once(*[send(user, "after the talks") for user in (analyst, second_analyst) * 4])
    assert kinds(answers) == {Quote: 1, AlreadyCited: 7}
    assert Change.objects.count() == before + 1


def test_one_form_sent_twice_at_once_is_one_quote_and_both_get_it(analyst, send):
    key = uuid4()
    answers = at_once(*[send(analyst, "after the talks", key)] * 4)
    assert kinds(answers) == {Quote: 4}
    assert len({quote.pk for quote in answers}) == 1


def test_different_words_get_different_slugs(analyst, second_analyst, send, world):
    words = ["The French", "president said", "after the talks", "spoke of a", "From Moscow", "and no more"]
    answers = at_once(*[send(analyst, each) for each in words])
    assert kinds(answers) == {Quote: 6}
    assert len({quote.slug for quote in answers}) == len({quote.revision for quote in answers}) == 6


def test_a_text_that_comes_at_that_moment_has_a_place_for_the_quote(world, analyst, curator, send):
    text = f"Preface.\n\n{world.snapshot.text}"
    answers = at_once(
        send(analyst, "after the talks"),
        lambda: add_text(world.source, text, kind=SnapshotKind.FULL, by=curator),
    )
    quote, later = answers
    assert [place.state for place in quote.anchorings.filter(snapshot=later)] == ["moved"]


def test_a_source_that_falls_at_that_moment_is_cited_before_or_not_at_all(world, analyst, curator, send):
    cited, done = at_once(
        send(analyst, "after the talks"),
        lambda: grade_sources([world.source.pk], SourceStatus.REJECTED, by=curator, why="Off the subject."),
    )
    assert done == 1
    if isinstance(cited, Quote):
        assert cited.revision < Change.objects.latest("pk").revision
    else:
        assert isinstance(cited, Invalid)
