"""Requests that no browser of ours would send: each is refused or answered as any other, and nothing slips in.

Tests are named by the row of the list of hostile inputs that they answer.
"""

from __future__ import annotations

from datetime import date
from itertools import cycle
from uuid import uuid4

import pytest
from django.test import Client

from negotiations.models import Evidence, Stance
from negotiations.models.fields import Precision
from tests.pages import filled_in, read
from tests.views.cell_pages import CELL, EDIT, EMPTY, HTMX, errors, recorded, send, typed


@pytest.fixture
def strict(analyst, judged) -> Client:
    """A browser of the analyst that is asked for its token, as outside of tests."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_HTTP01_a_post_without_its_token_is_refused_in_a_sentence(strict):
    data = typed(strict, why="Look.")
    before = recorded()
    others = Client(enforce_csrf_checks=True)
    other_token = filled_in(read(others.get("/accounts/sign-in/")).find("form", method="post"))["csrfmiddlewaretoken"]
    for token in ("", "x" * 64, other_token):
        response = send(strict, data | {"csrfmiddlewaretoken": token})
        assert response.status_code == 403
        assert "This form is too old or was sent from elsewhere." in read(response).text
    assert recorded() == before
    assert send(strict, data).status_code == 302, "with its token it is taken"


def test_HTTP09_a_post_from_another_site_is_refused_and_no_other_site_is_let_in(strict):
    data = typed(strict, why="Look.")
    for origin in ("null", "https://evil.example", "http://testserver.evil.example", "file://"):
        refused = strict.post(EDIT, data, headers={"Origin": origin})
        assert refused.status_code == 403
        for response in (
            refused,
            strict.options(EDIT, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}),
            strict.get("/codebook/", headers={"Origin": origin}),
        ):
            assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_HTTP04_a_forged_htmx_header_changes_the_form_of_an_answer_and_not_who_may_see_it(judged, signed_in_as):
    for who, status in {"reader": 200, "analyst": 200, "outsider": 404, "nobody": 404}.items():
        browser = signed_in_as(who)
        for address in (CELL, "/n/paris/"):
            plain, forged = browser.get(address), browser.get(address, headers=HTMX)
            assert plain.status_code == forged.status_code == status
            assert read(forged) is not None
            assert "HX-Request" in plain["Vary"] and "HX-Request" in forged["Vary"]


TOLD = ["HX-Current-URL", "HX-Target", "HX-Prompt", "HX-Trigger", "HX-Trigger-Name", "Referer"]


@pytest.mark.parametrize("value", ["https://evil.example/<script>alert(1)</script>", "//evil.example%0d%0aX: y"])
def test_HTTP05_what_htmx_tells_of_itself_is_never_echoed_nor_followed(value, judged, analyst_client):
    headers = HTMX | dict.fromkeys(TOLD, value)
    data = typed(analyst_client, why="Look.")
    for response in (
        analyst_client.get(CELL, headers=headers),
        analyst_client.get("/n/paris/", headers=headers),
        analyst_client.post(EDIT, data, headers=headers),
        analyst_client.post(EDIT, {}, headers=headers),
        Client().get("/n/paris/", headers=headers),
    ):
        assert response.status_code in (200, 404, 422)
        assert "evil.example" not in response.content.decode() + str(response.headers)
        assert "alert(1)" not in response.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b", "[::"])
def test_HTTP07_another_host_is_refused(host, judged, analyst_client):
    response = analyst_client.get("/n/paris/", headers={"Host": host})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_HTTP07_a_forwarded_host_is_not_listened_to(judged, analyst_client):
    response = analyst_client.get(CELL, headers={"X-Forwarded-Host": "evil.example"})
    assert response.status_code == 200
    assert "evil.example" not in response.content.decode()


def test_HTTP13_more_fields_than_a_form_has_are_refused(judged, analyst_client):
    data = typed(analyst_client, why="Look.") | {f"bearing-{n}": "" for n in range(10_000, 12_001)}
    assert send(analyst_client, data).status_code == 400
    assert Stance.objects.count() == 1


def test_TXT16_a_body_of_many_megabytes_is_refused(judged, analyst_client):
    data = typed(analyst_client, why="x" * 15_000_000)
    body = "&".join(f"{name}={value}" for name, value in data.items())
    response = analyst_client.post(EDIT, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (400, 413)
    assert Stance.objects.count() == 1


MALFORMED = {
    "no boundary": ("multipart/form-data", b"x"),
    "an endless boundary": ("multipart/form-data; boundary=" + "x" * 100_000, b"x"),
    "broken parts": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\xff\r\n"),
    "json": ("application/json", b'{"code": "rejects"}'),
    "nothing": ("", b""),
    "an unknown charset": ("application/x-www-form-urlencoded; charset=utf-7", b"code=rejects"),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_HTTP15_a_body_that_is_no_form_is_refused(kind, judged, analyst_client):
    content_type, body = MALFORMED[kind]
    response = analyst_client.generic("POST", EDIT, body, content_type=content_type)
    assert response.status_code in (400, 422)
    assert Stance.objects.count() == 1


# --- values ----------------------------------------------------------------------------------------------

DAYS = ["0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-29", "2026-13-01", "31.4.",
        "2026-01-06T00:00", "NaN", "-1", "1e400"]  # fmt: skip


@pytest.mark.parametrize("code", ["rejects", "unknown"])
def test_VAL01_VAL02_days_that_there_are_not_are_refused(code, judged, analyst_client):
    data = typed(analyst_client, why="When?", code=code)
    for day, precision in zip(DAYS, cycle(Precision.values), strict=False):
        response = send(analyst_client, data | {"held_from": day, "precision": precision})
        assert response.status_code == 422, day
        assert errors(read(response))
    assert Stance.objects.count() == 1


def test_VAL01_a_day_long_ago_may_be_meant(judged, analyst_client):
    data = typed(analyst_client, why="From the annals.", cause="learned", held_from="1648-10-24")
    assert send(analyst_client, data).status_code == 302
    assert Stance.objects.get(seq=2).held_from == date(1648, 10, 24)


IDS = ["-1", "0", "00", str(2**31), str(2**63 - 1), str(2**63), "9" * 400, "1e400", "0x1", "٣", "NaN", " 1", "1 "]


def test_VAL05_ids_that_there_are_not_are_refused_or_left_out(judged, analyst_client):
    data = typed(analyst_client, why="Which?")
    record = {"locator-0": "p. 3", "locator-bearing-0": "supports"}
    for number in IDS:
        assert send(analyst_client, data | record | {"source-0": number}).status_code == 422, number
        if number.strip() != "1":  # which is there, however it is spelt
            assert send(analyst_client, data | {"cause": "corrected", "replaces": number}).status_code == 422, number
    for number in IDS:
        on = {"based_on": Stance.objects.count(), "key": str(uuid4())}
        assert send(analyst_client, data | on | {f"bearing-{number}": "supports"}).status_code in (302, 422), number
    assert not Evidence.objects.exclude(quote=judged.neighbours).exists()


def test_VAL05_one_quote_named_in_two_spellings_counts_once(judged, analyst_client):
    pk = judged.neighbours.pk
    data = typed(analyst_client, why="Twice.", **{f"bearing-0{pk}": "context", f"bearing-{pk}": "supports"})
    assert send(analyst_client, data).status_code == 302
    assert Stance.objects.get(seq=2).evidence.count() == 1


def test_unknown_from_a_day_without_a_beginning_is_kept_in_order(judged, analyst_client):
    """`-infinity` in the database has no spelling in a form but leaving the day out."""
    data = typed(analyst_client, cause="rejudged", replaces="1", code="unknown", rationale="?", why="?", held_from="")
    assert send(analyst_client, data).status_code == 302
    assert Stance.objects.get(seq=2).precision == ""


def test_a_move_to_not_enough_evidence_says_when(judged, analyst_client):
    data = typed(analyst_client, cause="moved", code="unknown", rationale="?", why="?", held_from="")
    response = send(analyst_client, data)
    assert response.status_code == 422
    assert "Say from when the party held this" in errors(read(response))


def test_VAL09_causes_that_do_not_fit_the_cell_are_refused(judged, analyst_client):
    empty = typed(analyst_client, EMPTY + "edit", code="unknown", rationale="?", why="?")
    for cause in ("moved", "evidence", "withdrawn", "reviewed"):
        assert send(analyst_client, empty | {"cause": cause}, EMPTY + "edit").status_code == 422
    for cause, replaces in (("first", ""), ("corrected", ""), ("corrected", "7"), ("withdrawn", "0")):
        data = typed(analyst_client, why="?", cause=cause, replaces=replaces)
        assert send(analyst_client, data).status_code == 422
    assert Stance.objects.count() == 1
