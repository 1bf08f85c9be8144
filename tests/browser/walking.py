"""Following every link of the site, from its first page on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

NOT_OURS = ("/admin/", "/static/")
PAST = {"as_of", "known_at", "public_by"}


@dataclass(frozen=True)
class Found:
    """An address that some page links to, how the server answers there, and what the page is built of.

    `shapes` are the elements with their classes.
    """

    address: str
    status: int
    linked_from: str
    shapes: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        return _kind(self.address)


def walk(
    client: Client, starts: Iterable[str], *, at_most: int | None = None, all_of: Iterable[str] = ()
) -> Iterator[Found]:
    """Every page that links lead to, each once; of each kind of address with the same words in its query, the first.

    With `at_most`, no more than so many of a kind, but for the kinds `all_of`.
    """
    waiting = [(start, "") for start in starts]
    seen: set[str] = set()
    visits: Counter[str] = Counter()
    while waiting:
        address, linked_from = waiting.pop(0)
        parts = urlsplit(address)
        if parts.netloc or parts.path.startswith(NOT_OURS):
            continue
        key = f"{_kind(address)}?{_words(parts.query)}" if parts.query else parts.path
        if key in seen:
            continue
        seen.add(key)
        kind = _kind(address)
        visits[kind] += not parts.query
        if at_most is not None and visits[kind] > at_most and not parts.query and kind not in all_of:
            continue
        response = client.get(address)
        page = _Reader()
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            page.feed(response.content.decode())
        yield Found(address, response.status_code, linked_from, frozenset(page.shapes))
        waiting += [(urldefrag(urljoin(address, href)).url, address) for href in page.hrefs]


def _words(query: str) -> list[str]:
    """The words of a query; whichever past a page shows, it is built alike."""
    words = set(parse_qs(query))
    return sorted(words - PAST | {"past"} if words & PAST else words)


def _kind(address: str) -> str:
    """The name of an address in urls.py; pages of one kind share a template."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return "nothing"


@dataclass
class _Reader(HTMLParser):
    hrefs: list[str] = field(default_factory=list)
    shapes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.shapes.add(f"{tag}.{told.get('class', '')}")
        if tag == "a" and told.get("href"):
            self.hrefs.append(str(told["href"]))
