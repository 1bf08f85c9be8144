"""Copies are told by the runs of words that they share: a reprint shares nearly all, a common subject nearly none."""

from __future__ import annotations

import random

from negotiations.texts.copies import sketch

WORDS = [f"word{n}" for n in range(400)]


def article(seed: int, length: int = 600) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def likeness(one: list[str], other: list[str]) -> float:
    """The share of the shorter sketch that stands in the other one too, as the database counts it."""
    mine, theirs = set(sketch(" ".join(one))), set(sketch(" ".join(other)))
    return len(mine & theirs) / min(len(mine), len(theirs))


def test_a_text_is_a_copy_of_itself_also_with_other_marks_and_capitals():
    text = article(1)
    assert likeness(text, [word.upper() + "," for word in text]) == 1


def test_a_cut_reprint_is_a_copy_of_its_origin():
    text = article(2)
    assert likeness(text, text[100:400]) == 1
    assert likeness(text, text[:50] + article(3, 60) + text[50:]) > 0.9


def test_a_copy_with_a_word_changed_here_and_there_is_still_one():
    text = article(4)
    edited = [f"other{at}" if at % 40 == 0 else word for at, word in enumerate(text)]
    assert 0.7 < likeness(text, edited) < 1


def test_two_texts_with_the_same_words_in_another_order_are_no_copies():
    text = article(5)
    assert likeness(text, random.Random(6).sample(text, len(text))) < 0.1


def test_a_few_words_are_too_few_to_tell():
    assert sketch("Too few words here") == []


def test_a_book_is_told_by_a_part_of_it():
    assert len(sketch(" ".join(article(7, 60_000)))) == 2_000
