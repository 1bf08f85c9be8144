"""Signing in and out, and one's password."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from negotiations.models import Change
from tests import factories as make
from tests.pages import filled_in, read

SIGN_IN = "/accounts/sign-in/"
SIGN_OUT = "/accounts/sign-out/"
PASSWORD = "/accounts/password/"
SECRET = "correct horse battery staple"


@pytest.fixture
def nora(db):
    return make.UserFactory(username="nora", name="Nora Newcomer", password=SECRET)


def sign_in(browser: Client, username: str = "nora", password: str = SECRET, **more: str):
    return browser.post(SIGN_IN, {"username": username, "password": password, **more})


def is_signed_in(browser: Client) -> bool:
    return browser.get(PASSWORD).status_code == 200


def session_of(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


# --- signing in --------------------------------------------------------------------------------------------


def test_whoever_has_an_account_signs_in_and_comes_back_to_where_they_were(nora):
    browser = Client(enforce_csrf_checks=True)
    form = read(browser.get(SIGN_IN, {"next": "/codebook/"})).find("form", method="post")
    response = browser.post(SIGN_IN, filled_in(form, username="nora", password=SECRET))
    assert (response.status_code, response["Location"]) == (302, "/codebook/")
    assert read(browser.get("/codebook/")).find("details", "menu").find("summary").text == "Nora Newcomer"


def told(response) -> str:
    assert response.status_code == 200
    return read(response).find("main").find("div", "note", role="alert").text


def test_HTTP18_a_wrong_password_and_an_unknown_name_are_told_the_same(nora):
    make.UserFactory(username="gone", password=SECRET, is_active=False)
    sentences = {
        told(sign_in(Client(), *attempt))
        for attempt in [("nora", "wrong"), ("nobody", SECRET), ("nobody", "wrong"), ("gone", SECRET), ("NORA", SECRET)]
    }
    assert len(sentences) == 1
    assert "Please enter a correct username and password." in sentences.pop()


def test_HTTP18_an_unknown_name_takes_as_long_as_a_wrong_password(nora, monkeypatch):
    """What takes long is the hash, so it is made in each case, as often."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(args[1]) or encode(*args))
    counts = []
    for name in ("nora", "nobody"):
        hashed.clear()
        sign_in(Client(), name, "wrong")
        counts.append(len(hashed))
    assert counts[0] == counts[1] > 0


def test_five_wrong_passwords_lock_the_name_for_a_quarter_of_an_hour(nora):
    browser = Client()
    assert [sign_in(browser, password="wrong").status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    locked = sign_in(browser)
    assert locked.status_code == 429, "now the right one does not help either"
    assert read(locked).find("h1").text == "Too many wrong passwords"
    assert not is_signed_in(browser)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in(browser).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(browser).status_code == 302


def test_a_name_that_there_is_not_is_locked_too_so_that_it_tells_nothing(nora):
    answers = [sign_in(Client(), "nobody", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2


def test_HTTP09_no_other_site_may_read_that_a_name_is_locked(nora):
    for _ in range(6):
        answer = Client(headers={"X-Requested-With": "XMLHttpRequest", "Origin": "https://evil.example"}).post(
            SIGN_IN, {"username": "nora", "password": "wrong"}
        )
    assert answer.status_code == 429
    assert answer["Access-Control-Allow-Origin"] == "http://127.0.0.1:8000"


def test_others_and_the_same_person_elsewhere_are_not_locked_out(nora):
    make.UserFactory(username="otto", password=SECRET)
    for _ in range(6):
        sign_in(Client(), password="wrong")
    assert sign_in(Client(), "otto").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302
    assert sign_in(Client()).status_code == 429


def test_HTTP08_an_address_that_the_client_claims_does_not_unlock(nora):
    for n in range(6):
        last = Client().post(
            SIGN_IN, {"username": "nora", "password": "wrong"}, headers={"X-Forwarded-For": f"192.0.2.{n}"}
        )
    assert last.status_code == 429


def test_signing_in_ends_the_count_of_wrong_passwords(nora):
    for _ in range(2):
        assert [sign_in(Client(), password="wrong").status_code for _ in range(4)] == [200] * 4
        assert sign_in(Client()).status_code == 302


def test_no_password_is_kept_where_attempts_are_counted(nora):
    sign_in(Client(), password="wrong-but-secret")
    sign_in(Client(), username="wrong-but-secret-too", password="x")
    sign_in(Client())
    kept = [*AccessAttempt.objects.values(), *AccessLog.objects.values(), *AccessFailureLog.objects.values()]
    assert kept
    assert "wrong-but-secret'" not in str(kept) and SECRET not in str(kept)


@pytest.mark.parametrize(
    "sent",
    [
        {"username": "no\x00ra", "password": SECRET},
        {"username": "nora", "password": "a\x00b"},
        {"username": "x" * 100_000, "password": SECRET},
        {"username": "", "password": ""},
        {"username": "<script>alert(1)</script>", "password": "\u202e"},
        {},
    ],
)
def test_TXT01_TXT09_TXT16_hostile_names_are_only_wrong(sent, nora):
    response = Client().post(SIGN_IN, sent)
    assert response.status_code == 200
    assert read(response).find("h1").text == "Sign in"
    assert AccessAttempt.objects.count() <= 1


# --- where one comes back to ----------------------------------------------------------------------------------

ELSEWHERE = [
    "//evil.example", "///evil.example", "https://evil.example", "http:evil.example", "https:///evil.example",
    "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "data:text/html,x", "https://testserver.evil.example/",
    "https://testserver@evil.example/", " //evil.example", "\t//evil.example", "http://[::1", "%2f%2fevil.example:80:",
    "ftp://testserver/", "x\x01y://evil",
]  # fmt: skip


ANOTHER_HOST = re.compile(r"\s*([a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)  # what a browser takes for one


@pytest.mark.parametrize("place", ELSEWHERE)
def test_HTTP06_nobody_is_led_to_another_host(place, nora):
    for browser in (Client(), Client()):
        for response in (
            browser.post(f"{SIGN_IN}?next=/codebook/", {"username": "nora", "password": SECRET, "next": place}),
            browser.get(SIGN_IN, {"next": place}),  # already signed in
        ):
            assert response.status_code == 302
            assert not ANOTHER_HOST.match(response["Location"])


def test_HTTP06_after_signing_out_one_stays_here(nora):
    browser = Client()
    sign_in(browser)
    assert browser.post(SIGN_OUT, {"next": "https://evil.example"})["Location"] in ("/", SIGN_OUT)


# --- sessions ---------------------------------------------------------------------------------------------------


def test_HTTP17_a_session_that_was_there_before_is_worth_nothing_after_signing_in(nora):
    attacker, victim = Client(), Client()
    sign_in(attacker, "nora", "wrong")
    session = attacker.session
    session["planted"] = "yes"
    session.save()
    victim.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(victim)
    assert is_signed_in(victim)
    assert session_of(victim) != session.session_key
    attacker.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert not is_signed_in(attacker)


def test_signing_out_takes_a_post_and_ends_the_session(nora):
    browser = Client()
    sign_in(browser)
    key = session_of(browser)
    for method in ("get", "head", "put", "delete", "options"):
        assert getattr(browser, method)(SIGN_OUT).status_code == 405
    assert is_signed_in(browser)
    assert browser.post(SIGN_OUT).status_code == 302
    assert not is_signed_in(browser)
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_signed_in(browser), "nor with the old cookie"


def test_HTTP01_signing_out_and_in_take_their_token(nora):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nora, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(SIGN_OUT).status_code == 403
    assert is_signed_in(browser)
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_the_session_cookie_is_not_for_scripts_and_not_for_other_sites(nora):
    browser = Client()
    sign_in(browser)
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


# --- one's password -----------------------------------------------------------------------------------------------

NEW = "another long secret, quite new"


def change(browser: Client, old: str = SECRET, new: str = NEW, again: str = ""):
    return browser.post(PASSWORD, {"old_password": old, "new_password1": new, "new_password2": again or new})


def test_a_changed_password_is_the_one_that_lets_in(nora):
    browser = Client()
    sign_in(browser)
    response = change(browser)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert read(browser.get("/")).find("div", "messages").text == "Your password is changed."
    assert "You are not signed in." in told(sign_in(Client()))
    assert sign_in(Client(), password=NEW).status_code == 302


def test_with_the_password_all_other_sessions_end_and_this_one_is_renewed(nora):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    before = session_of(here)
    change(here)
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert session_of(here) != before


def test_the_act_is_in_the_log_without_any_password(nora):
    browser = Client()
    sign_in(browser)
    before = Change.objects.count()
    change(browser)
    act = Change.objects.latest("pk")
    assert Change.objects.count() == before + 1
    assert (act.by, act.verb, act.what) == (nora, "changed password of", "account nora")
    assert (act.negotiation, act.revision) == (None, None)
    nora.refresh_from_db()
    everything = str(list(Change.objects.values())) + str(list(act.row_edits.values()))
    for secret in (SECRET, NEW, nora.password):
        assert secret not in everything


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "wrong"}, "Your old password was entered incorrectly."),
        ({"again": "something else entirely"}, "didn’t match"),
        ({"new": "short"}, "This password is too short."),
        ({"new": "123456789012345"}, "entirely numeric"),
        ({"new": "nora newcomer"}, "too similar"),
        ({"new": "a\x00bcdefghijklmnop"}, "Null characters are not allowed."),
    ],
)
def test_a_password_that_will_not_do_is_told_and_changes_nothing(typed, sentence, nora):
    browser = Client()
    sign_in(browser)
    before = Change.objects.count()
    response = change(browser, **typed)
    assert response.status_code == 422
    assert sentence in read(response).text
    assert Change.objects.count() == before
    assert sign_in(Client()).status_code == 302


def test_whoever_is_not_signed_in_is_asked_to(nora):
    response = Client().get(PASSWORD)
    assert response["Location"] == f"{SIGN_IN}?next={PASSWORD}"
    assert change(Client()).status_code == 302
    assert sign_in(Client()).status_code == 302, "nothing was changed"
