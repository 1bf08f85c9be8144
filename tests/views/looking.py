"""Looking at a page: what it says, where it leads, and how many questions it asks the database."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

_UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"</?(p|li|td|th|tr|h\d|dt|dd|div|section|article|ul|ol|table|option|footer|br)\b[^>]*>")


def look(client: Client, address: str, **query: Any) -> HttpResponse:
    """Open a page that must be there."""
    response = client.get(address, query)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return response


def words(response: HttpResponse) -> str:
    """What the main part of a page says, its blocks apart by a bar, white space closed up."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    text = re.sub(r"<[^>]+>", "", _TAG.sub(" | ", _UNSEEN.sub("", main)))
    text = re.sub(r"\s+", " ", unescape(text))
    return re.sub(r"(\| )+", "| ", text)


def links(response: HttpResponse) -> set[str]:
    """Where the main part of a page leads to."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return {unescape(found) for found in re.findall(r'href="([^"]*)"', main)}


def questions(client: Client, address: str) -> int:
    """How many queries a page asks, from the session on."""
    with CaptureQueriesContext(connection) as asked:
        look(client, address)
    assert len(asked), "Nothing was counted."
    return len(asked)
