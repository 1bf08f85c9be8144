"""Finding words in a text, whatever their case and accents, each place where it really stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.hits import hits


def found(text, words, most=100):
    return [text[start:end] for start, end in hits(text, words, most)[0]]


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("Élysée and ELYSEE", "elysee", ["Élysée", "ELYSEE"]),
        ("E\u0301lyse\u0301e.", "élysée", ["E\u0301lyse\u0301e"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("Straße", "s", ["S", "ß"]),
        ("İstanbul", "istanbul", ["İstanbul"]),
        ("a cease-\u2011fire", "cease--fire", ["cease-\u2011fire"]),
        ("the Kremlin’s answer", "kremlin's", ["Kremlin’s"]),
        ("one\r\ntwo", "one two", ["one\r\ntwo"]),
        ("ﬁnal ﬁnal", "final", ["ﬁnal", "ﬁnal"]),
        ("🕊🕊 peace", "peace", ["peace"]),
        ("Київ", "київ", ["Київ"]),
        ("(a+)+$ and (a+)+$", "(A+)+$", ["(a+)+$", "(a+)+$"]),
        ("50% of_it", "0% OF_", ["0% of_"]),
        ("nothing", "something", []),
        ("nothing", "  ", []),
        ("", "a", []),
    ],
)
def test_words_are_found_as_they_stand(text, words, stands):
    assert found(text, words) == stands


def test_the_first_are_placed_and_all_are_counted():
    spans, count = hits("so " * 1000, "so", 3)
    assert (spans, count) == ([(0, 2), (3, 5), (6, 8)], 1000)


@given(st.text(max_size=80), st.text(max_size=3))
def test_every_place_is_in_the_text_and_they_are_in_order(text, words):
    spans, count = hits(text, words, 50)
    assert len(spans) <= min(count, 50)
    assert bool(spans) == bool(count)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


@given(st.text(alphabet="aéE\u0301ßﬁ \n", max_size=40), st.data())
def test_what_stands_in_the_text_is_found_there(text, data):
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    if set(words) - set("\u0301 \n"):  # an accent without its letter is no word
        assert hits(text, words, 1)[1] >= 1


def test_ten_megabytes_are_searched_in_good_time():
    text = "Words with é and without. " * 400_000
    began = time.perf_counter()
    assert hits(text, "without", 10)[1] == 400_000
    assert time.perf_counter() - began < 6
