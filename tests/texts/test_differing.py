"""Two versions of a passage: the words that differ are told, and nothing is lost."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.differing import compare


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
