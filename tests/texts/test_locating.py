"""Finding typed words in a text: just so, else written otherwise, and never by guess."""

from __future__ import annotations

import time

import pytest

from negotiations.texts.locating import MOST, locate, same_words

TEXT = (
    "“We will send them,” he said.\nNot now – later.\n\n"
    "We will send them, she said. Reinforce\xadments: the art of party."
)


def found(words, text=TEXT, **where):
    return [text[start:end] for start, end in locate(text, words, **where)]


def test_words_are_found_where_they_stand_just_so():
    assert locate(TEXT, "he said") == [(21, 28)]
    assert locate(TEXT, "  he said\n") == [(21, 28)], "white space around them counts for nothing"


def test_words_that_are_not_there_are_not_found():
    assert found("We will not send them") == []
    assert found("we will send them") == [], "another case is another word, until somebody looks"
    assert found("") == found(" \n") == []


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ('"We will send them," he', "“We will send them,” he"),
        ("said. Not now", "said.\nNot now"),
        ("said.\r\nNot now", "said.\nNot now"),
        ("Not now - later", "Not now – later"),
        ("Reinforcements", "Reinforce\xadments"),
        ("later.\nWe will", "later.\n\nWe will"),
    ],
)
def test_what_is_only_printed_otherwise_is_found_as_it_stands(typed, stands):
    assert found(typed) == [stands]
    assert same_words(typed, stands)


def test_all_places_are_told():
    assert len(locate(TEXT, "We will send them")) == 2
    assert len(locate("so " * 10_000, "so")) == MOST


def test_a_paragraph_narrows_the_search_and_a_passage_may_reach_beyond_it():
    second = TEXT.index("We will send them, she")
    assert locate(TEXT, "We will send them", 0, second - 2) == [(1, 18)]
    assert locate(TEXT, "We will send them", second) == [(second, second + 17)]
    assert found("later.\n\nWe", start=0, end=second - 2) == ["later.\n\nWe"]
    assert found("We will send them, she", start=0, end=second - 2) == []


def test_whole_words_go_before_parts_of_words():
    assert found("art") == ["art"]
    assert locate(TEXT, "art")[0][0] == TEXT.index("art of")
    assert found("part") == ["part"], "a part of a word is found where no whole word is"


def test_characters_beyond_the_first_plane_count_once():
    text = "So 🕊🏽 it is: 👩‍👩‍👧 unacceptable 🚫 to us"
    assert found("unacceptable 🚫 to us", text) == ["unacceptable 🚫 to us"]
    assert locate(text, "🚫 to") == [(text.index("🚫"), text.index("🚫") + 4)]


def test_a_long_line_is_searched_in_good_time():
    text = "many words and no end " * 45_000  # one million characters
    began = time.perf_counter()
    assert found("words that are – not there", text) == []
    assert time.perf_counter() - began < 3
