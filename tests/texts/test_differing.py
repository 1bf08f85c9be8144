"""Two versions of a passage: the words that differ are told, and nothing is lost."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.differing import changes, compare


def told(parts):
    """The version with what differs between brackets."""
    return "".join(f"[{part.text}]" if part.differs else part.text for part in parts)


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("we will send them", "we will not send them", "we will send them", "we will [not ]send them"),
        ("we will not send them", "we will send them", "we will [not ]send them", "we will send them"),
        ("3,000 soldiers", "5,000 soldiers", "[3],000 soldiers", "[5],000 soldiers"),
        ("we will send them", "we may send them", "we [will] send them", "we [may] send them"),
        ("after the peace came", "after a ceasefire came", "after [the peace] came", "after [a ceasefire] came"),
        ("the same", "the same", "the same", "the same"),
        ("gone", "", "[gone]", ""),
        ("“we’ll see”", '"we\'ll\nsee"', "“we’ll see”", '"we\'ll\nsee"'),
        ("Київ підтримує", "Київ не підтримує", "Київ підтримує", "Київ [не ]підтримує"),
        ("🚫 to us", "to us", "[🚫 ]to us", "to us"),
    ],
)
def test_the_words_that_differ_are_marked(old, new, left, right):
    found = compare(old, new)
    assert (told(found.old), told(found.new)) == (left, right)


@given(st.text(), st.text())
def test_nothing_is_lost_and_nothing_is_added(old, new):
    found = compare(old, new)
    assert "".join(part.text for part in found.old) == old
    assert "".join(part.text for part in found.new) == new


@given(st.text())
def test_a_text_does_not_differ_from_itself(text):
    assert not any(part.differs for part in compare(text, text).old)


def test_a_page_is_compared_at_once_and_a_book_does_not_hang():
    old, new = "a b c d " * 50_000, "d c b a " * 50_000
    begun = perf_counter()
    found = compare(old, new)
    assert perf_counter() - begun < 5
    assert "".join(part.text for part in found.new) == new


def run_together(old, new):
    """Both versions in one: what went between minus signs, what came between plus signs."""
    signs = {"gone": "-", "new": "+", "kept": ""}
    return "".join(f"{signs[piece.fate]}{piece.text}{signs[piece.fate]}" for piece in changes(old, new))


@pytest.mark.parametrize(
    ("old", "new", "both"),
    [
        ("we will send them", "we will not send them", "we will +not +send them"),
        ("we will not send them", "we will send them", "we will -not -send them"),
        ("3,000 soldiers", "5,000 soldiers", "-3-+5+,000 soldiers"),
        ("after the peace came", "after a ceasefire came", "after -the peace-+a ceasefire+ came"),
        ("the same", "the same", "the same"),
        (
            "Named for its answer on Greenland.",
            "A large part for its size.",
            "-Named for its answer on Greenland-+A large part for its size+.",
        ),
        ("No ships", "No ships, no planes", "No ships+, no planes+"),
        ("If asked, by all", "If asked", "If asked-, by all-"),
        ("“we’ll see”", '"we\'ll\nsee"', '"we\'ll\nsee"'),
        ("", "new", "+new+"),
        ("gone", "", "-gone-"),
        ("Київ підтримує", "Київ не підтримує", "Київ +не +підтримує"),
    ],
)
def test_two_versions_are_run_together(old, new, both):
    assert run_together(old, new) == both


@given(st.text(), st.text())
def test_of_the_two_run_together_each_can_be_read(old, new):
    pieces = changes(old, new)
    assert "".join(piece.text for piece in pieces if piece.fate != "gone") == new
    read = "".join(piece.text for piece in pieces if piece.fate != "new")
    assert not any(part.differs for part in compare(read, old).new)  # but for blanks and marks it is the old one


def test_of_long_texts_only_what_differs_is_compared():
    long = "word " * 20_000
    start = perf_counter()
    assert run_together(f"{long}end {long}", f"{long}finish {long}") == f"{long}-end-+finish+ {long}"
    whole = changes("a b " * 5_000, "c d " * 5_000)
    assert perf_counter() - start < 5
    assert "".join(piece.text for piece in whole if piece.fate == "gone") == ("a b " * 5_000).strip()
