"""Sources that are perhaps the same: proposed, until somebody has said what they are to each other."""

from __future__ import annotations

import pytest
from django.db import transaction

from negotiations.domain.duplicates import proposed
from negotiations.domain.merging import merge
from negotiations.domain.snapshots import add_text
from negotiations.models import Source
from negotiations.models.sources import SnapshotKind
from tests import factories as make

LONG = " ".join(
    f"In week {n} of the talks the {n}th delegation read its paper number {n * 7} aloud." for n in range(60)
)


@pytest.fixture
def report(world):
    with transaction.atomic():
        make.change(world.negotiation)
        Source.objects.filter(pk=world.source.pk).update(url="https://example.org/report")
    world.source.refresh_from_db()
    add_text(world.source, LONG, kind=SnapshotKind.FULL, by=None)
    return world.source


def told(source):
    return [(each.title, each.why) for each in proposed(source)]


def test_the_same_address_title_or_text_is_proposed(world, report):
    common = {"negotiation": world.negotiation}
    make.SourceFactory(**common, slug="a", title="Same address", url="https://example.org/report")
    make.SourceFactory(**common, slug="b", title="after the SUMMIT")
    copy = make.SourceFactory(**common, slug="c", title="Same text")
    add_text(copy, LONG + " And so on.", kind=SnapshotKind.FULL, by=None)
    make.SourceFactory(**common, slug="d", title="Something else")
    make.SourceFactory(title="After the summit")  # elsewhere
    assert told(report) == [
        ("Same text", "100% of its text is the same"),
        ("Same address", "It has the same address"),
        ("after the SUMMIT", "It has the same title"),
    ]
    assert told(copy) == [("After the summit", "100% of its text is the same")]


def test_what_is_settled_is_not_proposed_again(world, report, curator):
    twin = make.SourceFactory(negotiation=world.negotiation, title="After the summit")
    echo = make.SourceFactory(negotiation=world.negotiation, title="After the summit", origin=report)
    assert [each.id for each in proposed(report)] == [twin.pk]
    assert [each.id for each in proposed(echo)] == [twin.pk]
    merge([twin], report, by=curator, why="The same.")
    assert proposed(report) == []
    assert proposed(Source.objects.get(pk=twin.pk)) == []


def test_without_an_address_none_is_the_same(world):
    make.SourceFactory(negotiation=world.negotiation, title="Another")
    assert proposed(world.source) == []
