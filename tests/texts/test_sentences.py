"""The first sentence of a text, for lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.sentences import first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Wants the army paid for. What it gives is not told.", "Wants the army paid for."),
        (
            "To lead, e.g. by reconnaissance, the force. So a draft has it.",
            "To lead, e.g. by reconnaissance, the force.",
        ),
        ("It said: “We are ready.” Nobody asked.", "It said: “We are ready.”"),
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
