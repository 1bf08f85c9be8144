"""What a web page says of itself: in its tags for machines first, since those are meant; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from . import limits
from .tidying import one_line

DAY_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publish-date", "publishdate",
    "parsely-pub-date", "dc.date", "dc.date.issued", "dcterms.issued", "citation_publication_date", "sailthru.date",
)  # fmt: skip
LINKED_DAY = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})')
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?", re.IGNORECASE)


def facts(tree: Any) -> dict[str, Any]:
    """Title, outlet, address, day and language, as far as the page of this tree names them."""
    meta = _meta(tree)
    return {
        "title": _title(tree, meta),
        "outlet": one_line(meta.get("og:site_name") or meta.get("application-name"), limits.OUTLET_CHARACTERS),
        "url": _address(tree, meta),
        "published_on": _day(tree, meta),
        "language": language(tree.get("lang") or meta.get("og:locale") or meta.get("content-language") or ""),
    }


def language(code: str) -> str:
    """A code such as en, pt-BR or sr-Latn; "" where it is none."""
    match = LANGUAGE.fullmatch(code.strip())
    if not match:
        return ""
    parts = (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())
    return "-".join(part for part in parts if part)


def _meta(tree: Any) -> dict[str, str]:
    """The first content of each named tag of a page's head (and of those marked in its body)."""
    named: dict[str, str] = {}
    for element in tree.iter("meta", "time"):
        content = element.get("content") or element.get("datetime") or ""
        for key in ("property", "name", "itemprop", "http-equiv"):
            if (name := (element.get(key) or "").lower()) and content:
                named.setdefault(name, content)
    return named


def _title(tree: Any, meta: dict[str, str]) -> str:
    """What is meant for sharing; else the heading, where the window's title repeats it with the outlet's name."""
    shared = one_line(meta.get("og:title"), limits.TITLE_CHARACTERS)
    window = _first(tree, "title")
    heading = _first(tree, "h1")
    return shared or (heading if heading and heading in window else window or heading)


def _first(tree: Any, tag: str) -> str:
    element = next(tree.iter(tag), None)
    return "" if element is None else one_line("".join(element.itertext()), limits.TITLE_CHARACTERS)


def _address(tree: Any, meta: dict[str, str]) -> str:
    """The page's own address."""
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next(filter(None, map(web_address, (*links, meta.get("og:url")))), "")


def web_address(text: str | None) -> str:
    """The address, if it is a whole one, of the web; else ""."""
    address = one_line(text, limits.ADDRESS_CHARACTERS)
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme in ("http", "https") and parts.hostname and " " not in address:
            return address
    return ""


def _day(tree: Any, meta: dict[str, str]) -> date | None:
    """The day of publication, if the page names one and no other; in the outlet's own zone."""
    for named in (meta.get(name) for name in DAY_NAMES):
        with suppress(ValueError):
            if named:
                return date.fromisoformat(named.strip()[:10])
    linked = set(_linked(tree))
    with suppress(ValueError):
        return date.fromisoformat(linked.pop()) if len(linked) == 1 else None
    return None


def _linked(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from LINKED_DAY.findall(script.text or "")
