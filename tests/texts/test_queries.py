"""What people type into a search field, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.queries import Group, Query, Term, parse


def one(*wanted: Term, without: tuple[Term, ...] = ()) -> Query:
    return Query((Group(wanted, without),))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query(())),
        ("  \n", Query(())),
        ("peace", one(Term(("peace",)))),
        ("peace, treaty.", one(Term(("peace",)), Term(("treaty",)))),
        ("cease-fire", one(Term(("cease", "fire")))),
        ('"red fox" hen', one(Term(("red", "fox"), quoted=True), Term(("hen",)))),
        ("«red fox»", one(Term(("red", "fox"), quoted=True))),
        ('"red fox', one(Term(("red", "fox"), quoted=True))),
        ("fox -hen", one(Term(("fox",)), without=(Term(("hen",)),))),
        ('fox -"a hen"', one(Term(("fox",)), without=(Term(("a", "hen"), quoted=True),))),
        ("fox OR hen", Query((Group((Term(("fox",)),), ()), Group((Term(("hen",)),), ())))),
        ("OR fox OR OR", one(Term(("fox",)))),
        ("fox or hen", one(Term(("fox",)), Term(("or",)), Term(("hen",)))),
        ("100% sure", one(Term(("100",), "100%"), Term(("sure",)))),
        ("C++", one(Term(("C",), "C++"))),
        ("%", one(Term((), "%"))),
        ("war & peace", one(Term(("war",)), Term(("peace",)))),
        ("停戦", one(Term((), "停戦"))),
        ("-fox", Query((), only_unwanted=True)),
        ("- fox", one(Term(("fox",)))),
        ("well-known", one(Term(("well", "known")))),
        ("...", Query(())),
    ],
)
def test_a_question_taken_apart(text, query):
    assert parse(text) == query


@given(st.text(max_size=200))
def test_nothing_typed_is_an_error_and_every_group_wants_something(text):
    query = parse(text)
    assert all(group.wanted for group in query.groups)
    assert all(term.words or term.literal for group in query.groups for term in (*group.wanted, *group.unwanted))
