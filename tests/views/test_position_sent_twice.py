"""A form that is sent twice is one act, however fast the second click comes."""

from __future__ import annotations

import threading
import time
from uuid import uuid4

import pytest
from django.db import connection, transaction

from negotiations.models import Change, Position, Stance
from tests.pages import filled_in, read
from tests.views.cell_pages import CELL, EDIT, EMPTY, errors, send, typed


@pytest.mark.parametrize("cause", ["moved", "evidence", "rejudged", "withdrawn"])
def test_VAL08_a_form_sent_twice_is_recorded_once_and_answered_the_same(cause, judged, analyst_client):
    data = typed(analyst_client, cause=cause, limits="Ships only", why="Clicked twice.")
    first, second = send(analyst_client, data), send(analyst_client, data)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (302, CELL)
    assert Stance.objects.count() == 2
    assert Change.objects.filter(key=data["key"][0]).count() == 1


def test_VAL08_the_first_record_of_a_cell_sent_twice_is_recorded_once(judged, analyst_client):
    data = typed(analyst_client, EMPTY + "edit", code="unknown", rationale="All of it.", why="Searched.")
    assert [send(analyst_client, data, EMPTY + "edit").status_code for _ in range(2)] == [302, 302]
    assert Stance.objects.filter(position__priority=judged.monitoring).count() == 1


def test_VAL08_the_same_key_with_another_content_is_refused_and_nothing_typed_is_lost(judged, analyst_client):
    """As happens by going back in the browser, changing something, and saving again."""
    data = typed(analyst_client, why="First.", limits="A")
    assert send(analyst_client, data).status_code == 302
    response = send(analyst_client, data | {"limits": "B"})
    assert response.status_code == 409
    shown = read(response)
    assert "This form was sent before with another content, and that was recorded." in errors(shown)
    assert Stance.objects.count() == 2
    again = filled_in(shown.find("form", action=EDIT), act="save")
    assert again["limits"] == ["B"]
    assert again["key"] != data["key"], "what was typed may still be sent, as an act of its own"
    assert read(send(analyst_client, again)).find("table", "conflict").has("input", name="pick-limits")


def test_somebody_elses_key_is_nobody_elses_business(judged, analyst_client, second_analyst_client):
    key = str(uuid4())
    assert send(analyst_client, typed(analyst_client, key=key, why="Mine.")).status_code == 302
    assert send(second_analyst_client, typed(second_analyst_client, key=key, why="Mine too.")).status_code == 302
    assert Stance.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_VAL08_a_form_sent_twice_in_the_same_moment_is_recorded_once(judged, analyst, signed_in_as):
    browsers = [signed_in_as("analyst") for _ in range(2)]
    data = typed(browsers[0], why="Clicked twice, quickly.", code="opposes")
    answers: list[int] = []

    def click(browser) -> None:
        try:
            answers.append(send(browser, data).status_code)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=[browser]) for browser in browsers]
    with transaction.atomic():  # both come while the cell is held, and wait for it
        Position.objects.select_for_update(no_key=True).get(pk=judged.cell(judged.germany, judged.force).pk)
        for thread in clicks:
            thread.start()
        wait_until_waiting(2)
    for thread in clicks:
        thread.join(timeout=20)
    assert answers == [302, 302]
    assert Stance.objects.count() == 2


WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


def wait_until_waiting(many: int) -> None:
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= many:
                return
            time.sleep(0.05)
    raise AssertionError("the two did not meet")
