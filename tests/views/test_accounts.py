"""Signing in and changing a password, and the pages for what can't be shown."""

import pytest
from django.template.loader import render_to_string

from tests import factories as make
from tests.views.looking import links, look, words

PASSWORD = "correct horse battery"
SIGN_IN = "/accounts/sign-in/"


@pytest.fixture
def nina(db):
    return make.UserFactory(username="nina", name="Nina New", password=PASSWORD)


def test_somebody_signs_in_and_comes_to_where_they_wanted(nina, client):
    assert "Username" in words(look(client, SIGN_IN, next="/codebook/"))
    answer = client.post(SIGN_IN, {"username": "nina", "password": PASSWORD, "next": "/codebook/"})
    assert (answer.status_code, answer["Location"]) == (302, "/codebook/")


def test_a_wrong_password_is_said_and_the_name_kept(nina, client):
    answer = client.post(SIGN_IN, {"username": "nina", "password": "wrong"})
    assert "You are not signed in." in words(answer)
    assert 'value="nina"' in answer.content.decode()


def test_after_five_wrong_passwords_the_name_is_locked_for_a_while(nina, client):
    for _ in range(5):
        answer = client.post(SIGN_IN, {"username": "nina", "password": "wrong"})
    assert answer.status_code == 429
    assert "Too many wrong passwords" in words(answer)
    again = client.post(SIGN_IN, {"username": "nina", "password": PASSWORD})
    assert "Too many wrong passwords" in words(again)


def test_one_changes_ones_password_and_stays_signed_in(nina, client):
    client.force_login(nina, backend="django.contrib.auth.backends.ModelBackend")
    new = "another battery staple"
    typed = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    refused = client.post("/accounts/password/", typed)
    assert refused.status_code == 422
    assert "Nothing was saved." in words(refused)
    done = client.post("/accounts/password/", typed | {"old_password": PASSWORD})
    assert done.status_code == 302
    assert "Nina New" in client.get("/").content.decode()


def test_nothing_there_and_nothing_open_look_alike(world, client, outsider_client):
    nowhere = client.get("/n/nowhere/parties/")
    assert nowhere.status_code == client.get("/no/such/address/").status_code == 404
    assert "Not found" in words(nowhere)
    assert "once you have signed in" in words(nowhere)
    closed = outsider_client.get("/n/paris/parties/")
    assert words(closed) == words(outsider_client.get("/n/nowhere/parties/"))
    assert "signed in" not in words(closed)
    assert "/" in links(nowhere)


def test_an_address_that_cannot_be_read_is_a_bad_request(world, reader_client):
    answer = reader_client.get("/n/paris/sources/?status=%00")
    assert answer.status_code == 400
    assert "That can’t be understood" in words(answer)


def test_a_refusal_says_why():
    page = render_to_string("403.html", {"why": "Only analysts may do this."})
    assert "Only analysts may do this." in page


def test_the_page_for_a_fault_stands_alone_and_names_the_request():
    page = render_to_string("500.html", {"request_id": "abc123"})
    assert page.startswith("<!doctype html>")
    assert "abc123" in page
    assert "<script" not in page
