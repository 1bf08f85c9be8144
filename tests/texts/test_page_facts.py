"""What a web page says of itself, and what it only seems to say."""

from datetime import date

import pytest
from lxml import html

from negotiations.texts.formats.page_facts import facts, language


def said(tags):
    return facts(html.document_fromstring(f"<html><body><p>Nobody signed.</p>{tags}</body></html>"))


@pytest.mark.parametrize(
    "says",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-01-06T09:00:00Z"}</script>',
        '<meta name="DC.date" content="2026-01-06">',
        '<time itemprop="datePublished" datetime="2026-01-06T09:00">Tuesday</time>',
    ],
)
def test_the_day_of_publication_is_taken_from_what_is_meant_for_machines(says):
    assert said(says)["published_on"] == date(2026, 1, 6)


@pytest.mark.parametrize(
    "says",
    [
        '<meta name="date" content="sometime">',
        '<meta name="date" content="2026-02-30">',
        "<time datetime=2026-03-14>the next round</time>",
        '<script type="application/ld+json">[{"datePublished": "2026-01-06"},{"datePublished": "2026-01-07"}]</script>',
        "<p>6 January 2026</p>",
    ],
)
def test_a_day_that_may_be_another_is_not_taken_for_it(says):
    assert said(says)["published_on"] is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/no-deal", "https://", "http://a b/", "ftp://a.example/"])
def test_only_an_address_of_the_web_is_proposed(address):
    assert said(f"<link rel=canonical href='{address}'>")["url"] == ""


def test_the_title_for_sharing_comes_first_then_the_heading_that_the_window_repeats():
    window = "<title>No deal | The Harbour Post</title>"
    assert said(window)["title"] == "No deal | The Harbour Post"
    assert said(f"{window}<h1>No <i>deal</i></h1>")["title"] == "No deal"
    assert said(f"{window}<h1>The Post</h1>")["title"] == "No deal | The Harbour Post"
    assert said(f"{window}<meta property='og:title' content='No deal on ships'>")["title"] == "No deal on ships"
    assert said(f"<h1>{'long ' * 100}</h1>")["title"] == ""


@pytest.mark.parametrize(
    ("said_so", "code"),
    [
        ("en", "en"),
        ("en_GB", "en-GB"),
        ("PT-br", "pt-BR"),
        ("sr-latn-rs", "sr-Latn-RS"),
        ("English", ""),
        ("x" * 99, ""),
    ],
)
def test_a_language_is_a_code_or_unknown(said_so, code):
    assert language(said_so) == code
