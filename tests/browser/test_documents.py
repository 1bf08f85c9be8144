"""An analyst hands documents in by browser, also such as mean harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .judging import faults
from .paris import BOARD
from .visitors import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REPORT = """Observers for the line

The minister said on Tuesday that her country would send forty observers once the guns are silent.

Her colleague would not say so before parliament has voted on the matter, which may take weeks."""

HOSTILE = """<html><head><title>Innocent <script>alert('title')</script></title>
<meta http-equiv="refresh" content="0; url=http://evil.example/"><base href="http://evil.example/"></head>
<body><form action="http://evil.example/"><h1 onclick="alert(1)">Innocent</h1>
<img src="http://evil.example/x.png" onerror="alert('image')"><svg onload="alert('svg')"></svg>
<p>The minister said that the talks would go on as long as they must: &lt;script&gt;alert('text')&lt;/script&gt;.</p>
<p><a href="javascript:alert('link')">Read more</a> about what her colleague had to say on that, at some length.</p>
<script>alert('body')</script></form></body></html>"""


def hand_in(page: Page, name: str, kind: str, content: str) -> None:
    page.goto(f"{BOARD}take-in/")
    page.get_by_label("A file").set_input_files({"name": name, "mimeType": kind, "buffer": content.encode()})
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is this document?")


def test_anna_hands_in_a_file_says_what_it_is_and_reads_it(analyst: Page) -> None:
    analyst.goto(f"{BOARD}sources/")
    analyst.get_by_role("link", name="Take in a document").click()
    assert faults(analyst) == []
    hand_in(analyst, "observers.txt", "text/plain", REPORT)
    expect(analyst.get_by_label("Title")).to_have_value("Observers for the line")
    assert faults(analyst) == []
    analyst.get_by_label("Outlet").fill("The Browser Gazette")
    analyst.get_by_role("button", name="Take it in").click()
    expect(analyst.get_by_role("heading", level=1)).to_have_text("Observers for the line")
    expect(analyst.locator(".doc")).to_contain_text("forty observers once the guns are silent")
    with analyst.expect_download() as saved:
        analyst.get_by_role("link", name="File", exact=True).click()
    assert saved.value.suggested_filename == "observers.txt"
    assert saved.value.path().read_bytes() == REPORT.encode()


def test_a_further_text_is_asked_for_nothing_but_that(visitor: Callable[..., Visitor]) -> None:
    page = visitor("anna", width=390, javascript=False).page
    page.goto(f"{BOARD}sources/talks-overview/")
    page.get_by_role("link", name="Add a text").click()
    page.get_by_label("Or its text").fill(f"{REPORT}\n\nAdded without a script.")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("the full text of")).to_be_checked()
    expect(page.get_by_label("Title")).to_be_hidden()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("body")).to_contain_text("Nothing was kept of it.")


def test_DOC24_DOC26_DOC27_nothing_in_a_document_is_run_fetched_or_followed(visitor: Callable[..., Visitor]) -> None:
    """A dialogue would stop the page, and a foreign request is a complaint of the visitor."""
    anna = visitor("anna")
    said: list[str] = []
    anna.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    hand_in(anna.page, "innocent.html", "text/html", HOSTILE)
    anna.page.get_by_label("Title").fill("<img src=x onerror=alert('typed')>")
    anna.page.get_by_role("button", name="Take it in").click()
    expect(anna.page.get_by_role("heading", level=1)).to_have_text("<img src=x onerror=alert('typed')>")
    expect(anna.page.locator(".doc")).to_contain_text("<script>alert('text')</script>")
    anna.page.goto(f"{BOARD}sources/")
    anna.page.goto(f"{BOARD}changes/")
    assert said == []
    assert anna.page.url.endswith("/changes/")
