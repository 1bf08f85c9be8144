"""Where e-mail goes: to a server that PARLEY_MAIL names, else to the console."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from .trouble import Trouble

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def read(url: str) -> dict[str, Any]:
    """Django's settings for `smtp+tls://user:password@host:587`; an empty address writes mail to the console."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in PORTS or not parts.hostname:
        raise Trouble(
            "PARLEY_MAIL must be the address of a mail server, like smtp+tls://user:password@mail.example.org:587 "
            "(or smtps:// or smtp://)."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 30,
    }
