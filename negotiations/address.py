"""What follows from the one address at which Parley is reached, `PARLEY_URL`."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest

from negotiations.trouble import Trouble

_LOCAL = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Address:
    """`url` without a path; `hosts` and `origins` that are accepted; `secure` where it is https."""

    url: str
    hosts: list[str]
    origins: list[str]
    secure: bool
    session_cookie: str
    csrf_cookie: str


def read(url: str) -> Address:
    """Take the address apart. Raises Trouble where it is not one of http or https with a host."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.path not in ("", "/") or parts.query:
        raise Trouble(
            f"PARLEY_URL is {url!r}; it must be the address at which Parley is reached, without a path, "
            "like https://parley.example.org."
        )
    host = f"[{host}]" if ":" in host else host
    hosts = list(_LOCAL) if host in _LOCAL else [host]
    end = f":{port}" if port else ""
    origins = [f"{parts.scheme}://{each}{end}" for each in hosts]
    secure = parts.scheme == "https"
    # Browsers keep cookies by host without the port: two Parleys on one machine need two names.
    mark = f"_{port or 80}" if not secure else ""
    # A cookie named __Host- is taken by browsers only over https and for this one host.
    prefix = "__Host-" if secure else ""
    return Address(
        url=f"{parts.scheme}://{host}{end}",
        hosts=hosts,
        origins=origins,
        secure=secure,
        session_cookie=f"{prefix}parley_session{mark}",
        csrf_cookie=f"{prefix}parley_csrf{mark}",
    )


def read_port(text: str) -> int:
    """The port's number. Raises Trouble where it is none."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Trouble(f"PORT is {text!r}; it must be a number from 1 to 65535, like make run PORT=8123.")


def behind_proxy(request: HttpRequest) -> str:
    """Who asks, where a proxy of ours stands in front: the last address that it wrote down.

    Earlier entries of the header come from the client, who may write what he likes there.
    """
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return said or request.META.get("REMOTE_ADDR", "")
