"""Two curators on one row: nobody writes over what they have not seen."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from negotiations.models import Party
from negotiations.models.negotiations import Role
from tests import factories as make
from tests.people import member

from .pages import adding, fields_of, page_of, save, shown


@pytest.fixture
def colleague(negotiation):
    browser = Client()
    user = member(negotiation, Role.CURATOR, username="carl", name="Carl Curator")
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.django_db(transaction=True)
def test_whoever_saves_second_is_told_by_whom_and_what(world, curator_client, colleague):
    address = page_of(world.france)
    opened = fields_of(curator_client.get(address))
    save(colleague, address, name="La France", why="In its own language.")
    mine = opened | {"name": "French Republic", "why": "Its full name."}
    refused = curator_client.post(address, mine)
    told = shown(refused)
    assert "Carl Curator changed this on" in told
    assert "Stored now: Name is “La France”." in told
    assert 'value="French Republic"' in refused.content.decode()
    assert "Its full name." in refused.content.decode()
    assert Party.objects.get(pk=world.france.pk).name == "La France"
    curator_client.post(address, fields_of(refused))
    assert Party.objects.get(pk=world.france.pk).name == "French Republic"


def test_a_field_that_only_the_other_changed_is_told_too(world, curator_client, colleague):
    """What was opened before would bring the old value back: it is named, and nothing is silent."""
    address = page_of(world.france)
    opened = fields_of(curator_client.get(address))
    save(colleague, address, order="7", why="Alphabet.")
    told = shown(curator_client.post(address, opened | {"name": "French Republic", "why": "Name."}))
    assert "Stored now: Order is “7”." in told
    assert Party.objects.get(pk=world.france.pk).order == 7


def test_links_count_as_part_of_their_row(world, curator_client, colleague):
    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Summit")
    opened = fields_of(curator_client.get(page_of(summit)))
    save(colleague, page_of(summit), attendance__0__party=world.russia.pk, why="It came.")
    told = shown(curator_client.post(page_of(summit), opened | {"place": "Geneva", "why": "Moved."}))
    assert "Stored now: attendance are Russia at Summit." in told
    summit.refresh_from_db()
    assert summit.place == "Paris"


def test_without_a_version_nothing_is_saved(world, curator_client):
    response = save(curator_client, page_of(world.france), name="Gaul", version=None, why="Old.")
    assert "after you opened it" in shown(response)
    assert Party.objects.get(pk=world.france.pk).name == "France"


def test_a_grading_in_between_is_no_conflict(world, curator_client, colleague):
    opened = fields_of(curator_client.get(page_of(world.source)))
    colleague.post(page_of(world.source, "status"), {"status": "retracted", "why": "Taken back."})
    curator_client.post(page_of(world.source), opened | {"title": "After it all", "why": "Title."})
    world.source.refresh_from_db()
    assert (world.source.title, world.source.status) == ("After it all", "retracted")


def at_once(*acts):
    """Run each in a thread of its own; their answers, in order."""
    answers = [None] * len(acts)

    def run(place, act):
        try:
            answers[place] = act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_refused(world, curator_client, colleague):
    address = page_of(world.france)
    opened = fields_of(curator_client.get(address))
    before = world.negotiation.changes.count()
    answers = at_once(
        lambda: curator_client.post(address, opened | {"name": "One", "why": "x"}).status_code,
        lambda: colleague.post(address, opened | {"name": "Two", "why": "x"}).status_code,
    )
    assert sorted(answers) == [200, 302]
    assert world.negotiation.changes.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_of_two_additions_at_once_one_is_refused(world, curator_client, colleague):
    opened = fields_of(curator_client.get(adding("party"))) | {"name": "Poland", "slug": "poland"}
    answers = at_once(
        lambda: curator_client.post(adding("party"), opened).status_code,
        lambda: colleague.post(adding("party"), opened).status_code,
    )
    assert sorted(answers) == [200, 302]
    assert Party.objects.filter(slug="poland").count() == 1
