"""An open board asks every few seconds whether it is still as it was: 304 while it is, and never when it is not."""

from __future__ import annotations

from datetime import date
from threading import Event, Thread

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection, connections, transaction
from django.db.models import Max
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from negotiations.domain import changes
from negotiations.models import Change, Negotiation
from negotiations.models.negotiations import Role
from negotiations.views import unchanged
from tests import factories as make
from tests.stories import record
from tests.views.board_pages import BOARD


def tag(client: Client, address: str = BOARD) -> str:
    return client.get(address)["ETag"]


def again(client: Client, tag: str, address: str = BOARD) -> int:
    return client.get(address, headers={"If-None-Match": tag}).status_code


def test_nothing_new_is_told_in_three_questions(talks, analyst_client):
    """The session, the account, the negotiation; the cells are not looked at."""
    seen = tag(analyst_client)
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        response = analyst_client.get(BOARD, headers={"If-None-Match": seen, "Parley-Live": "1"})
    assert response.status_code == 304 and not response.content
    assert response["ETag"] == seen and response["Cache-Control"] == "private, no-cache"
    assert len(asked) == 3, [each["sql"] for each in asked]


def test_what_a_colleague_records_is_new(talks, analyst, reader_client):
    seen = tag(reader_client)
    record(talks, talks.russia, talks.monitoring, by=analyst, code="opposes", evidence=[talks.send])
    assert again(reader_client, seen) == 200
    assert again(reader_client, tag(reader_client)) == 304


def test_each_filter_and_each_day_is_a_page_of_its_own(talks, reader_client):
    for address in (f"{BOARD}?code=opposes", f"{BOARD}?as_of=2026-01-06"):
        assert again(reader_client, tag(reader_client, address), address) == 304


@pytest.mark.parametrize(
    "what", ["another person", "another role", "another name", "another look", "the next day", "a new program"]
)
def test_the_page_is_new_for(what, talks, analyst, analyst_client, reader_client, monkeypatch):
    seen = tag(analyst_client)
    asking = analyst_client
    if what == "another person":
        asking = reader_client
    elif what == "another role":
        analyst.memberships.update(role=Role.READER)
    elif what == "another name":
        analyst.name = "Anna Married"
        analyst.save()
    elif what == "another look":
        analyst_client.cookies["theme"] = "dark"
    elif what == "the next day":
        monkeypatch.setattr("negotiations.domain.negotiations.Workspace.today", lambda self: date(2030, 1, 1))
    else:
        monkeypatch.setattr(unchanged, "release", lambda: "2.0")
    assert again(asking, seen) == 200


def test_whoever_may_no_longer_see_it_gets_no_304(talks, reader, reader_client):
    seen = tag(reader_client)
    reader.memberships.all().delete()
    assert again(reader_client, seen) == 404


def test_a_sentence_that_is_said_once_is_no_page_to_keep(talks, analyst_client):
    analyst_client.get(BOARD)
    seen = tag(analyst_client)
    said = [Message(constants.SUCCESS, "The stance is recorded.")]
    analyst_client.cookies[CookieStorage.cookie_name] = CookieStorage(RequestFactory().get(BOARD))._encode(said)
    response = analyst_client.get(BOARD, headers={"If-None-Match": seen})
    assert response.status_code == 200 and "ETag" not in response
    assert "The stance is recorded." in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("token", ["revision", "max(id)"])
def test_under_concurrent_writers_a_tag_never_hides_a_change(token):
    """A writer here takes its number and is slow to commit; meanwhile one elsewhere commits.

    The control: with the highest id of the log as the token, what the slow one recorded is never seen.
    """
    here, elsewhere = make.NegotiationFactory(), make.NegotiationFactory()
    user = make.UserFactory()
    written, go_on = Event(), Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                changes.take(here.pk, by=user, verb="recorded", what="a stance", why="")
                written.set()
                assert go_on.wait(10)
        finally:
            connections.close_all()

    def seen() -> int:
        if token == "max(id)":
            return Change.objects.aggregate(highest=Max("pk"))["highest"]
        return Negotiation.objects.get(pk=here.pk).revision

    writer = Thread(target=slow_writer)
    writer.start()
    assert written.wait(10)
    with transaction.atomic():
        changes.take(elsewhere.pk, by=user, verb="recorded", what="a stance", why="")
    before, recorded_before = seen(), Change.objects.filter(negotiation=here).count()
    go_on.set()
    writer.join()
    assert Change.objects.filter(negotiation=here).count() == recorded_before + 1
    assert (seen() != before) is (token == "revision")
