"""A database from before something was kept beside the history: migrating it makes that for what is there."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from negotiations.database.roles import as_owner
from negotiations.domain import rechecks
from negotiations.domain.snapshots import add_text
from negotiations.models import Position, Snapshot
from negotiations.models.sources import SnapshotKind
from negotiations.texts.copies import sketch
from tests.sql import refused, run
from tests.stories import record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def of_old(world, analyst):
    """Germany's words have changed; nothing counted that, and no text was sketched."""
    record(world, world.germany, world.force, by=analyst, evidence=[world.neighbours])
    changed = world.snapshot.text.replace("in neighbouring countries", "in no neighbouring countries")
    add_text(world.source, changed, kind=SnapshotKind.FULL, by=analyst)
    with as_owner():
        run("ALTER TABLE negotiations_snapshot DISABLE TRIGGER only_grows")
        run("UPDATE negotiations_snapshot SET sketch = NULL")
        run("ALTER TABLE negotiations_snapshot ENABLE TRIGGER only_grows")
        run("UPDATE negotiations_position SET rechecks = 0")
    return world


def test_migrating_counts_what_is_to_be_re_checked(of_old):
    assert rechecks.find_all(of_old.negotiation.pk) == []
    call_command("migrate", verbosity=0)
    assert [found.position for found in rechecks.find_all(of_old.negotiation.pk)] == [
        Position.objects.get(rechecks=1).pk
    ]


def test_migrating_counts_origins_by_the_rule_of_today(of_old):
    run("UPDATE negotiations_position SET origins = 7")
    call_command("migrate", verbosity=0)
    assert of_old.cell(of_old.germany, of_old.force).origins == 1


def test_migrating_sketches_the_texts_that_were_there(of_old):
    call_command("migrate", verbosity=0)
    for text in Snapshot.objects.all():
        assert text.sketch == sketch(text.text)
    with refused("only grows"), as_owner():  # the guard is on again
        run("UPDATE negotiations_snapshot SET sketch = NULL")


def test_only_looking_at_what_would_be_migrated_changes_nothing(of_old):
    call_command("migrate", verbosity=0, plan=True)
    assert not Position.objects.filter(rechecks__gt=0).exists()
