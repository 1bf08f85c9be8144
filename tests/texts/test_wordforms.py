"""Words as they are compared: without case, accents and endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.texts.wordforms import phrase, stem, words


@pytest.mark.parametrize(
    "forms",
    [
        "monitor monitors monitored monitoring",
        "deploy deploys deployed deploying deployment deployments",
        "defence defences defense",
        "modernise modernisation modernize modernizing modernized",
        "commit commits committed committing commitment commitments",
        "verify verifies verified verifying verification",
        "violate violates violating violation violations",
        "territory territories territorial",
        "guarantee guarantees guaranteed guaranteeing",
        "peacekeeping peacekeeper peacekeepers",
        "cooperate cooperation",
        "force forces",
        "army armies",
    ],
)
def test_forms_of_one_word_are_compared_as_one(forms):
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["army arms", "state station", "commit committee", "sign signal", "2000 200"])
def test_different_words_stay_apart(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_a_term_is_told_by_the_words_of_it_that_count():
    assert phrase("boots on the ground") == phrase("Boots, ground")
    assert phrase("the other") == ("the", "other")
    assert phrase(" – ") == ()


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text):
    found = words(text)
    assert len(found.plain) == len(found.small) == len(found.stems)
    for word, start, end in zip(found.plain, found.starts, found.ends, strict=True):
        assert len(word) == end - start and text[start:end].strip()


def test_letters_lose_their_accents_and_keep_their_places():
    assert words("Élysée, Łódź").plain == ["Elysee", "Lodz"]
