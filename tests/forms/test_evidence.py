"""The evidence that a form names: quotes by their bearing, records without a text by their place."""

from __future__ import annotations

import pytest

from negotiations.domain.stances import Item
from negotiations.forms.evidence import ROWS, as_data, evidence_in, is_evidence, problems_of, rows_for


def test_quotes_are_named_with_their_bearing():
    data = {"bearing-5": "supports", "bearing-6": "contradicts", "bearing-7": "context", "bearing-8": ""}
    assert evidence_in(data) == [Item("supports", quote=5), Item("contradicts", quote=6), Item("context", quote=7)]


@pytest.mark.parametrize("name", ["bearing-", "bearing-x", "bearing--1", "bearing-0", "bearing-05", "bearing-٣",
                                  "bearing-" + "9" * 19, "bearing-1.5", "bearing- 5", "bearing"])  # fmt: skip
def test_what_names_no_quote_is_left_out(name):
    assert evidence_in({name: "supports"}) == []


@pytest.mark.parametrize("bearing", ["proves", "SUPPORTS", "", "\x00"])
def test_what_is_no_bearing_is_left_out(bearing):
    assert evidence_in({"bearing-5": bearing}) == []


def row(source="7", where="page 3", bearing="context", n=0) -> dict[str, str]:
    return {f"source-{n}": source, f"locator-{n}": where, f"locator-bearing-{n}": bearing}


def test_records_without_a_text_are_named_by_source_and_place():
    assert evidence_in(row() | row(n=9, where=" page 4 ")) == [
        Item("context", source=7, locator="page 3"),
        Item("context", source=7, locator="page 4"),
    ]
    assert evidence_in(row(source="", where="")) == [], "a row that is left empty"


@pytest.mark.parametrize(
    ("half", "sentence"),
    [
        (row(source=""), "needs both"),
        (row(where=""), "needs both"),
        (row(where="\u200b"), "needs both"),
        (row(source="seven", where=""), "needs both"),
        (row(where="x" * 301), "at most 300 characters"),
        (row(where="page\x00"), "Character 5 is a control character"),
        (row(where="page\x85 3"), "Character 5 is a control character"),
    ],
)
def test_what_is_wrong_with_them_is_said(half, sentence):
    [problem] = problems_of(evidence_in(half))
    assert sentence in problem


def test_quotes_and_whole_records_have_no_problems():
    assert problems_of([Item("supports", quote=5), Item("context", source=7, locator="x" * 300)]) == []


def test_what_a_record_rests_on_goes_into_a_form_and_comes_out_the_same():
    items = [Item("supports", quote=5), *(Item("context", source=n, locator=f"page {n}") for n in range(1, 6))]
    data = as_data(items)
    assert evidence_in(data) == items
    assert all(is_evidence(name) for name in data)
    assert not any(is_evidence(name) for name in ("code", "why", "words", "resource-1"))


def test_there_is_always_a_row_to_fill_in():
    assert rows_for([]) == [(n, None) for n in range(ROWS)]
    many = [Item("context", source=7, locator=f"page {n}") for n in range(ROWS)]
    assert rows_for([Item("supports", quote=5), *many]) == [*enumerate(many), (ROWS, None)]
