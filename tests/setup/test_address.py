"""One address decides who is let in, which cookies are made, and what https asks for."""

import json
import sys

import pytest

from negotiations import address
from negotiations.trouble import Trouble


@pytest.mark.parametrize(
    ("url", "hosts", "origins", "secure"),
    [
        (
            "http://127.0.0.1:8000",
            ["127.0.0.1", "localhost", "[::1]"],
            ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"],
            False,
        ),
        ("https://parley.example.org/", ["parley.example.org"], ["https://parley.example.org"], True),
        ("http://parley.example.org:81", ["parley.example.org"], ["http://parley.example.org:81"], False),
        ("https://[2001:db8::1]:444", ["[2001:db8::1]"], ["https://[2001:db8::1]:444"], True),
    ],
)
def test_what_follows_from_an_address(url, hosts, origins, secure):
    found = address.read(url)
    assert (found.hosts, found.origins, found.secure) == (hosts, origins, secure)


@pytest.mark.parametrize("url", ["", "parley", "ftp://x", "http://", "http://x/path", "http://x:y", "http://x?q"])
def test_an_address_that_cannot_be_meant_is_refused(url):
    with pytest.raises(Trouble, match="PARLEY_URL"):
        address.read(url)


def test_two_on_one_machine_do_not_share_cookies():
    one, other = address.read("http://127.0.0.1:8000"), address.read("http://127.0.0.1:8123")
    assert one.session_cookie != other.session_cookie
    assert one.csrf_cookie != other.csrf_cookie


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "8000.0", "٨٠٠٠", "x"])
def test_a_port_that_is_none_is_refused(text):
    with pytest.raises(Trouble, match="PORT"):
        address.read_port(text)


def test_the_client_is_who_the_proxy_says_not_who_the_client_says(rf):
    request = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 5.6.7.8"})
    assert address.behind_proxy(request) == "5.6.7.8"
    assert address.behind_proxy(rf.get("/")) == "127.0.0.1"


_SHOW = """
import json
from django.conf import settings as s
names = ["DEBUG", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_HTTPONLY",
         "SESSION_COOKIE_SAMESITE"]
print(json.dumps({name: getattr(s, name) for name in names}
                 | {"hasher": s.PASSWORD_HASHERS[0], "key": s.SECRET_KEY}))
"""


def _settings(room, **surroundings):
    more = {"DJANGO_SETTINGS_MODULE": "negotiations.settings", **surroundings}
    code, said = room.run(sys.executable, "-c", _SHOW, **more)
    assert code == 0, said
    return json.loads(said)


def test_behind_https_everything_is_locked(room):
    found = _settings(room, PARLEY_URL="https://parley.example.org")
    assert found["ALLOWED_HOSTS"] == ["parley.example.org"]
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"] and found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_at_home_it_works_without_https(room):
    found = _settings(room, PARLEY_PORT="8123")
    assert found["DEBUG"] is False
    assert found["CSRF_TRUSTED_ORIGINS"][0] == "http://127.0.0.1:8123"
    assert not found["SESSION_COOKIE_SECURE"] and not found["SECURE_SSL_REDIRECT"]
    # A header that a client may send is believed only where a proxy stands in front.
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["SESSION_COOKIE_HTTPONLY"] and found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert found["hasher"].endswith("Argon2PasswordHasher")


def test_the_secret_key_is_made_once_and_kept_private(room):
    first, second = _settings(room)["key"], _settings(room)["key"]
    assert first == second
    assert len(first) >= 50
    assert (room.data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert _settings(room, PARLEY_DATA=str(room.folder / "other"))["key"] != first
