"""Two changed one text: what does not touch is combined, word by word."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.texts.differing import changes
from negotiations.texts.merging import merge


@pytest.mark.parametrize(
    ("base", "first", "second", "both"),
    [
        ("After a peace deal, with others.", "After a ceasefire, with others.", "After a peace deal, with Paris.",
         "After a ceasefire, with Paris."),
        ("No ships and no soldiers", "No warships and no soldiers", "No ships and no soldiers, no planes",
         "No warships and no soldiers, no planes"),
        ("It said so. It means it.", "It said so twice. It means it.", "It said so. It means it. Berlin doubts it.",
         "It said so twice. It means it. Berlin doubts it."),
        ("one two three four", "two three four", "one two three", "two three"),
        ("one two three", "ONE two three", "ONE two three four", "ONE two three four"),
        ("a b c", "a b  c", "a b c d", "a b  c d"),
    ],
)  # fmt: skip
def test_changes_that_do_not_touch_are_combined(base, first, second, both):
    assert (merge(base, first, second).text, merge(base, first, second).clean) == (both, True)
    assert merge(base, second, first).text == both, "whoever comes first"


@pytest.mark.parametrize(
    ("base", "first", "second", "both"),
    [
        ("3,000 soldiers and no ships", "4,000 soldiers and no ships", "5,000 soldiers", "5,000 soldiers"),
        ("they will send them", "they may send them", "they will not send them", "they will not send them"),
        ("It said so.", "It said so. In Paris.", "It said so. On Tuesday.", "It said so. In Paris. On Tuesday."),
        ("", "In Paris.", "On Tuesday.", "In Paris. On Tuesday."),
        ("gone", "", "here", "here"),
    ],
)
def test_the_same_words_changed_by_both_are_for_a_person(base, first, second, both):
    merged = merge(base, first, second)
    assert (merged.text, merged.clean) == (both, False)


def test_what_only_one_changed_is_theirs_alone():
    assert merge("a b", "a b", "a c").text == merge("a b", "a c", "a b").text == "a c"
    assert merge("a b", "a c", "a c").clean


texts = st.lists(st.sampled_from(["yes", "no", "not", ", ", ". ", " ", "ships", "\n"]), max_size=12).map("".join)


@given(texts, texts, texts)
@settings(max_examples=200)
def test_a_clean_merge_has_every_word_that_either_added(base, first, second):
    merged = merge(base, first, second)
    if merged.clean:
        have = merged.text.split()
        for version in (first, second):
            new = [part.text for part in changes(base, version) if part.fate == "new"]
            assert all(word.strip(".,") in merged.text for text in new for word in text.split()), (have, new)


@given(texts, texts)
def test_one_who_changed_nothing_changes_nothing(base, version):
    assert merge(base, version, base).text == merge(base, base, version).text == version
    assert merge(base, version, version).text == version


def test_a_book_is_merged_at_once():
    base = "a b c d " * 20_000
    begun = perf_counter()
    merged = merge(base, "First. " + base, base + "Last.")
    assert merged.clean
    assert merged.text == "First. " + base + "Last."
    assert not merge(base, "d c b a " * 20_000, "b a " * 40_000).clean
    assert perf_counter() - begun < 5
