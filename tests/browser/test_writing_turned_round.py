"""A name may hold signs that turn the direction of writing: they turn nothing beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .paris import BOARD, cell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Elements with text of their own that what stands before them could turn round.
TURNED = """
() => [...document.querySelectorAll("body *")]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((element) => !element.closest("svg, script, noscript"))
  .filter((element) => getComputedStyle(element).unicodeBidi === "normal")
  .map((element) => element.outerHTML.slice(0, 100))
"""


@pytest.mark.parametrize(
    "address",
    [
        BOARD,
        cell("germany", 3),
        f"{BOARD}parties/",
        f"{BOARD}sources/",
        f"{BOARD}changes/",
        f"{BOARD}search/?q=Zelensky",
        "/codebook/",
    ],
)
def test_TXT02_every_piece_of_text_is_written_by_itself(address: str, reader: Page) -> None:
    reader.goto(address)
    assert reader.evaluate(TURNED) == []


def test_without_that_rule_it_would_be_noticed(reader: Page) -> None:
    reader.goto(BOARD)
    reader.evaluate("() => { document.querySelector('h1').innerHTML = '<ins>turned</ins>' }")
    assert len(reader.evaluate(TURNED)) == 1
