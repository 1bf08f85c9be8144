"""E-mails: the plain text where there is one, else what the page of HTML says. Attachments are never opened."""

from __future__ import annotations

import contextlib
from codecs import BOM_UTF8
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from . import limits
from .answers import Found, Unreadable
from .decoding import decode
from .tidying import one_line, tidy


def read_mail(content: bytes) -> Found:
    """An .eml file. Its outlet is the sender's name, or the address where there is none; its day that of the sender."""
    mail = message_from_bytes(content.removeprefix(BOM_UTF8), policy=default)
    text, notices = _words(mail)
    attached = sum(1 for part in mail.walk() if part.get_content_disposition() == "attachment" or part.get_filename())
    if attached:
        notices += ("One attachment was not opened." if attached == 1 else f"{attached} attachments were not opened.",)
    return Found(
        text=text,
        title=one_line(_header(mail, "subject"), limits.TITLE_CHARACTERS),
        outlet=one_line(_sender(mail), limits.OUTLET_CHARACTERS),
        published_on=_day(mail),
        notices=notices,
    )


def _words(mail: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """The words of the mail's body, and what is to be said of them."""
    body = mail.get_body(("plain", "html"))
    if body is None:
        raise Unreadable("empty")
    if body.get_content_maintype() != "text":
        raise Unreadable("empty")
    payload = body.get_payload(decode=True)
    text, notices = decode(payload if isinstance(payload, bytes) else b"", body.get_content_charset(""))
    if body.get_content_subtype() == "html":
        from .html import read_page

        return read_page(text).text, notices
    return tidy(text), notices


def _header(mail: EmailMessage, name: str) -> Any:
    """A header, decoded; None where it is missing or can't be read."""
    with contextlib.suppress(Exception):  # of many kinds, for many faults that mails have
        return mail[name]
    return None


def _sender(mail: EmailMessage) -> str:
    addresses = getattr(_header(mail, "from"), "addresses", ())
    return addresses[0].display_name or addresses[0].addr_spec if addresses else ""


def _day(mail: EmailMessage) -> date | None:
    sent = getattr(_header(mail, "date"), "datetime", None)
    return sent.date() if sent else None
