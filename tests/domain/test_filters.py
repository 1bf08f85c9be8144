"""Filters as an address tells them: what is known is taken, all else is left out."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from negotiations.domain.as_of import Standing
from negotiations.domain.filters import Filters, read


def told(query: str) -> Filters:
    return read(QueryDict(query).getlist)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", Filters()),
        ("code=supports&code=rejects", Filters(codes=frozenset({"supports", "rejects"}))),
        ("kind=state", Filters(kinds=frozenset({"state"}))),
        ("collective=coalition", Filters(collective="coalition")),
        ("confidence=low&confidence=high", Filters(confidences=frozenset({"low", "high"}))),
        ("mark=if&mark=red-line", Filters(marks=frozenset({"if", "red-line"}))),
        ("contested=1", Filters(marks=frozenset({"contested"}))),
        ("mark=contested", Filters(marks=frozenset({"contested"}))),
        ("priority=1&priority=02", Filters(priorities=frozenset({1, 2}))),
        ("unknown=only", Filters(codes=frozenset({"unknown"}))),
        ("unknown=hide", Filters(hide_empty=True)),
        ("linked=1", Filters(linked=True)),
        ("group=kind", Filters(group="kind")),
        ("group=collective&group=size", Filters()),
        ("code=supports&code=adores", Filters(codes=frozenset({"supports"}))),
    ],
)
def test_each_filter_is_read(query, filters):
    assert told(query) == filters


@pytest.mark.parametrize(
    "query",
    [
        "code=adores",
        "code=SUPPORTS",
        "kind=planet",
        "confidence=absolute",
        "mark=%00",
        "contested=yes",
        "contested=0",
        "priority=one",
        "priority=-1",
        "priority=1.5",
        "priority=٣",
        "priority=123456",
        "unknown=all",
        "linked=true",
        "filter[hidden]=1",
    ],
)
def test_nonsense_is_no_filter(query):
    assert told(query) == Filters()
    assert not told(query).any


def test_what_narrows_cells_and_what_narrows_parties_is_told_apart():
    """Cells recede, parties go; linked matters are only shown in addition."""
    assert all(told(query).any_cell for query in ("code=supports", "confidence=low", "mark=if", "priority=1"))
    assert not any(told(query).any_cell for query in ("kind=state", "collective=eu", "unknown=hide"))
    assert all(told(query).any for query in ("code=supports", "kind=state", "collective=eu", "unknown=hide"))
    assert not told("linked=1").any


def standing(code: str = "supports", confidence: str = "low") -> Standing:
    return Standing(1, 1, 1, 1, 1, 1, code, None, "day", confidence, False, "", "", "", 1, 0, 0, 1)


def takes(query: str, standing: Standing, marks: tuple[str, ...] = (), number: int = 1) -> bool:
    return told(query).takes_cell(standing, marks=marks, number=number)


def test_values_of_one_filter_widen_and_filters_together_narrow():
    assert takes("code=supports&code=rejects", standing("rejects"))
    assert not takes("code=supports&confidence=high", standing("supports", "low"))
    assert takes("code=supports&confidence=low&priority=1", standing())
    assert not takes("code=supports&confidence=low&priority=2", standing())


def test_marks_are_all_asked_for():
    assert takes("mark=if&mark=but", standing(), marks=("if", "but", "through"))
    assert not takes("mark=if&mark=but", standing(), marks=("if",))


def test_confidence_in_not_knowing_is_not_asked_for():
    """A recorded "not enough evidence" has a confidence; a filter for it means stances."""
    assert not takes("confidence=low", standing("unknown"))
    assert takes("unknown=only", standing("unknown"))


def test_parties_are_chosen_by_kind_collective_and_whether_anything_is_known():
    party = {"kind": "state", "collectives": {"france", "coalition"}, "is_empty": False}
    for query in ("", "kind=state", "collective=coalition", "collective=france", "unknown=hide"):
        assert told(query).takes_row(**party)
    for query in ("kind=organisation", "collective=nato", "kind=state&collective=nato"):
        assert not told(query).takes_row(**party)
    assert not told("unknown=hide").takes_row(**(party | {"is_empty": True}))


def test_a_collective_or_priority_that_is_not_there_is_no_filter():
    asked = told("collective=nobody&priority=2&priority=99&code=supports")
    there = asked.among(collectives={"coalition"}, numbers=[1, 2], is_past=False)
    assert there == told("priority=2&code=supports")
    assert told("priority=99").among(collectives=(), numbers=[1], is_past=False) == Filters()


def test_the_past_is_not_asked_what_is_to_be_re_checked_today():
    asked = told("mark=recheck&mark=if")
    assert asked.among(collectives=(), numbers=(), is_past=True).marks == {"if"}
    assert asked.among(collectives=(), numbers=(), is_past=False).marks == {"if", "recheck"}
