"""What every answer carries, whatever it is: nothing is framed, sniffed, scripted from elsewhere or told to others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.pages import read
from tests.views.cell_pages import EDIT, HTMX

PAGES = {
    "/": 200,
    "/codebook/": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/accounts/sign-in/": 302,
    "/accounts/password/": 200,
    "/accounts/sign-out/": 405,
    "/admin/": 200,
    "/admin/negotiations/party/": 200,
    "/admin/negotiations/stance/add/": 403,
    "/admin/no/such/page": 404,
    "/n/paris/": 200,
    "/n/paris/positions/germany/2/": 200,
    EDIT: 200,
    "/n/paris/sources/summit-report/": 200,
    "/n/paris/?as_of=2999-01-01": 400,
    "/n/paris/?as_of=%00": 400,
    "/n/nowhere/": 404,
    "/no/such/page": 404,
    "/n/paris": 301,
}


def assert_guarded(response) -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in str(policy) and "http" not in str(policy) and "*" not in str(policy)
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Request-ID"]
    assert {"Cookie", "HX-Request"} <= {name.strip() for name in response["Vary"].split(",")}
    assert "Server" not in response and "X-Powered-By" not in response


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_guards(address, judged, curator_client):
    for headers in ({}, HTMX):
        response = curator_client.get(address, headers=headers)
        assert response.status_code == PAGES[address]
        assert_guarded(response)
        assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", [address for address, status in PAGES.items() if status in (200, 400, 404)])
def test_no_page_needs_what_the_policy_forbids(address, judged, curator_client):
    """No inline script or style, no handler in an attribute, nothing from elsewhere."""
    response = curator_client.get(address)
    if "html" not in response["Content-Type"]:
        return
    page = read(response)
    assert not page.all("style") and not page.all("base")
    for each in page:
        assert "style" not in each, f"<{each.tag}> has a style of its own"
        assert not [name for name in each.attributes if name.startswith(("on", "hx-on"))]
        if each.tag == "script":
            assert each["src"].startswith("/static/") and not each.raw.strip()
        if each.tag in ("link", "img", "iframe", "source"):
            assert each.attributes.get("href", each.attributes.get("src", "")).startswith(("/", "data:"))


def test_answers_to_what_is_sent_carry_them_too(judged, analyst_client):
    assert_guarded(analyst_client.post(EDIT, {}))
    assert_guarded(analyst_client.put(EDIT))
    assert_guarded(Client(enforce_csrf_checks=True).post("/accounts/sign-in/", {}))
    assert_guarded(Client().get(EDIT))
    assert_guarded(Client().get("/", headers={"Host": "evil.example"}))
    for _ in range(6):
        locked = Client().post("/accounts/sign-in/", {"username": "anna", "password": "wrong"})
    assert locked.status_code == 429
    assert_guarded(locked)


def test_a_fault_of_ours_is_told_without_its_inside_and_can_be_asked_about(judged, analyst, monkeypatch, caplog):
    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("negotiations.views.boards.get_board", fail)
    browser = Client(raise_request_exception=False)
    browser.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.get("/n/paris/")
    assert response.status_code == 500
    assert_guarded(response)
    page = read(response)
    assert page.find("strong").text == response["X-Request-ID"]
    assert "secret of the house" not in response.content.decode()
    [logged] = [line for line in caplog.records if line.name == "negotiations"]
    assert response["X-Request-ID"] in logged.getMessage()


def test_requests_are_told_apart(db):
    ids = {Client().get("/healthz", headers={"X-Request-ID": "mine"})["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3 and "mine" not in ids


# --- over https ----------------------------------------------------------------------------------------------

ASK = """
import json, django
django.setup()
from django.test import Client
from django.conf import settings
host = {"headers": {"Host": "parley.example.org"}}
page = Client().get("/accounts/sign-in/", secure=True, **host)
plain = Client().get("/accounts/sign-in/", **host)
health = Client().get("/healthz", **host)
other = Client().get("/accounts/sign-in/", secure=True, headers={"Host": "evil.example"})
print(json.dumps({
    "cookies": [cookie.OutputString() for cookie in page.cookies.values()],
    "hsts": page.get("Strict-Transport-Security", ""),
    "plain": [plain.status_code, plain.get("Location", "")],
    "health": health.status_code,
    "other": other.status_code,
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
}))
"""


def ask(url: str) -> dict:
    """What a Parley at this address answers, in a process of its own: settings are read once."""
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "negotiations.settings",
        "PARLEY_URL": url,
        "PARLEY_DATA": str(settings.PARLEY_DATA),
        "PARLEY_DEBUG": "1",  # static files as they lie there
    }
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=surroundings, cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_over_https_cookies_are_for_https_and_this_host_alone():
    told = ask("https://parley.example.org")
    [csrf] = told["cookies"]
    assert csrf.startswith("__Host-parley_csrf=")
    assert "Secure" in csrf and "Path=/" in csrf and "Domain" not in csrf and "SameSite=Lax" in csrf
    assert told["session"] == ["__Host-parley_session", True, True]
    assert told["hsts"] == "max-age=31536000"
    assert told["plain"] == [301, "https://parley.example.org/accounts/sign-in/"]
    assert told["health"] == 200, "asked from inside, by plain http"
    assert told["other"] == 400


def test_over_http_they_are_not_since_no_browser_would_keep_them():
    told = ask("http://parley.example.org")
    [csrf] = told["cookies"]
    assert csrf.startswith("parley_csrf_80=") and "Secure" not in csrf
    assert told["session"] == ["parley_session_80", False, True]
    assert (told["hsts"], told["plain"]) == ("", [200, ""])
