"""Texts cut into sentences, and the first one alone, for lists."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.sentences import first_sentence, sentences


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Wants the army paid for. What it gives is not told.", "Wants the army paid for."),
        (
            "To lead, e.g. by reconnaissance, the force. So a draft has it.",
            "To lead, e.g. by reconnaissance, the force.",
        ),
        ("It said: “We are ready.” Nobody asked.", "It said: “We are ready.”"),
        ("Mr. A. Smith left. He was late.", "Mr. A. Smith left."),
        ("Am 6. Januar kam Merz. Er blieb.", "Am 6. Januar kam Merz."),
        ("No full stop here", "No full stop here"),
        ("One\n  line.\nAnother.", "One line."),
        ("", ""),
    ],
)
def test_the_first_sentence(text, first):
    assert first_sentence(text) == first


def test_a_long_sentence_is_cut_at_a_word():
    assert first_sentence("word " * 100, 20) == "word word word word…"


@given(st.text(), st.integers(20, 60))
def test_it_is_never_longer_than_asked(text, most):
    assert len(first_sentence(text, most)) <= most


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "Mr. A. Smith of the U.S. envoy's team left. He was late.",
            ["Mr. A. Smith of the U.S. envoy's team left.", "He was late."],
        ),
        ("“We are ready. We go.” So he said.", ["“We are ready.", "We go.”", "So he said."]),
        ("“Why?” she asked. Nobody knew…  Then it rained!", ["“Why?” she asked.", "Nobody knew…", "Then it rained!"]),
        ("A line that\nends in the middle. And on.", ["A line that\nends in the middle.", "And on."]),
        ("- One point\n- Another. With more.", ["- One point", "- Another.", "With more."]),
        ("They left the U.S. The rest stayed.", ["They left the U.S.", "The rest stayed."]),
        ("It began on January 6. The talks went on.", ["It began on January 6.", "The talks went on."]),
        (
            "Am 6. Januar fiel Schnee. Vom 7. bis 8. Feb. nicht.",
            ["Am 6. Januar fiel Schnee.", "Vom 7. bis 8. Feb. nicht."],
        ),
        (
            "Nur der 35. Staat fehlte. Es kamen 34. Alle blieben.",
            ["Nur der 35. Staat fehlte.", "Es kamen 34.", "Alle blieben."],
        ),
        ("", []),
    ],
)
def test_a_text_is_cut_into_sentences(text, cut):
    assert [text[one.start : one.end] for one in sentences(text)] == cut


def test_what_stands_alone_without_a_sign_is_a_heading():
    text = "Talks in Paris\nLeaders met. It rained.\n\nWho pays?\n- France: nothing.\n\n2. The force\nIt is small."
    headings = [text[one.start : one.end] for one in sentences(text) if one.is_heading]
    assert headings == ["Talks in Paris", "Who pays?", "2. The force"]


def test_lines_of_a_wrapped_text_run_on_whatever_they_begin_with():
    text = "The leaders of some thirty states met in the capital on a\nTuesday in January.\n\nThey left."
    assert len(sentences(text)) == 2


@given(st.text(alphabet="Aa. \n\r\u2028?!“”\"'1)-U.S", max_size=60))
def test_sentences_cover_all_but_white_space_in_order(text):
    found = sentences(text)
    covered = {place for one in found for place in range(one.start, one.end)}
    assert not "".join(letter for place, letter in enumerate(text) if place not in covered).strip()
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text", ["." * 200_000, "A" * 200_000, "a. " * 70_000, '"' * 200_000, "word " * 40_000, "\n" * 200_000]
)
def test_odd_texts_are_cut_in_linear_time_and_into_short_pieces(text):
    begin = process_time()
    found = sentences(text)
    assert process_time() - begin < 2
    assert all(one.end - one.start <= 2_000 for one in found)
    covered = sum(one.end - one.start for one in found)
    assert covered >= sum(not letter.isspace() for letter in text)
