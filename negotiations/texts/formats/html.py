"""Web pages: the article without what stands around it, found by `trafilatura`; else all that the page shows.

Nothing is fetched: a page is parsed as it came, and what it refers to is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as pages

from . import limits
from .answers import Found, Unreadable
from .decoding import decode
from .page_facts import facts, web_address
from .tidying import paragraphs

DECLARED = re.compile(rb"<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
SAVED = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
FRONT = 4_096  # bytes in which a page names its encoding, and where it was saved from

# Names of HTML, and of the trees that trafilatura makes.
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "code", "dd", "details", "dialog", "dir"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"head", "header", "hr", "item", "legend", "li", "list", "main", "menu", "nav", "ol", "p", "pre", "quote", "row"}
    | {"section", "summary", "table", "tr", "ul"}
)
CELLS = frozenset(("td", "th", "cell"))
BREAKS = frozenset(("br", "lb"))
AS_TYPED = frozenset(("pre", "code"))
UNSEEN = frozenset(
    {"applet", "audio", "button", "canvas", "datalist", "embed", "iframe", "input", "link", "map", "meta", "noscript"}
    | {"object", "option", "script", "select", "style", "template", "textarea", "title", "video"}
)
AROUND = frozenset(("nav", "footer", "aside", "form", "dialog"))
SHORT = 250  # characters of an article; below that trafilatura itself goes over to other methods
TRUSTED = 2 / 3  # of the paragraphs that trafilatura finds: as many must be the page's own
BLANKS = re.compile(r"[ \t\n\r\f]+")


def read_html(content: bytes) -> Found:
    """An .html file."""
    declared = DECLARED.search(content[:FRONT])
    page, notices = decode(content, declared[1].decode("ascii", "replace") if declared else "")
    return read_page(page).noting(*notices)


def read_page(page: str) -> Found:
    """The text of a page of HTML, and what it says of itself."""
    if page.count("<") > limits.TAGS:
        raise Unreadable("bomb", "This page consists of more tags than a page has, so it was not read.")
    tree = _parse(page)
    known = facts(tree)
    known["url"] = known["url"] or _saved_from(page)
    shown, middle = list(_blocks(tree, UNSEEN)), list(_blocks(tree, UNSEEN | AROUND))
    text = paragraphs(_article(tree, set(shown))) or paragraphs(middle) or paragraphs(shown)
    return Found(text, **known)


def _saved_from(page: str) -> str:
    """The address that a browser has put into a page when it was saved."""
    noted = SAVED.search(page[:FRONT])
    return web_address(noted[1]) if noted else ""


def _parse(page: str) -> Any:
    parser = pages.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = pages.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise Unreadable("empty") from None
    return tree


def _article(tree: Any, shown: set[str]) -> list[str]:
    """The paragraphs of the article, or none.

    Where trafilatura is at a loss, as on short pages, it drops paragraphs, or takes all there is and puts spaces
    between words and signs: so it must find some sentences, and largely such as are among the paragraphs `shown`.
    """
    from trafilatura import bare_extraction

    found: Any = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    parts = [] if found is None or found.body is None else [part for part in _blocks(found.body, UNSEEN) if part]
    trusted = sum(map(len, parts)) > SHORT and sum(part in shown for part in parts) > TRUSTED * len(parts)
    return parts if trusted else []


def _blocks(tree: Any, left_out: frozenset[str]) -> Iterator[str]:
    """The paragraphs, headings, items and rows of a tree, of any depth."""
    words: list[str] = []
    typed = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag, begins = element.tag, event == "start"
        if tag in BLOCKS:
            yield _joined(words)
            words = []
        if begins and tag in left_out:
            walk.skip_subtree()
            continue
        typed += (tag in AS_TYPED) * (1 if begins else -1)
        if begins and (tag in BREAKS or (tag in CELLS and words)):
            words.append("\n" if tag in BREAKS else "\t")
        said = (element.text if begins else element.tail) or ""
        words.append(said if typed else BLANKS.sub(" ", said))
    yield _joined(words)


def _joined(words: list[str]) -> str:
    return re.sub(" ?([\n\t]) ?", r"\1", re.sub("  +", " ", "".join(words))).strip()
