"""Passages found again, found altered, or not found; never pinned on words that only look alike."""

import pytest

from negotiations.texts.anchoring import HOLDS, Anchor, Selector, anchor, anchor_all, select

from .anchoring_cases import CASES


def unmarked(text: str) -> tuple[str, int | None, int | None]:
    """The text without its marks, and the span that they enclosed."""
    if "⟦" not in text:
        return text, None, None
    start, end = text.index("⟦"), text.index("⟧") - 1
    return text.replace("⟦", "").replace("⟧", ""), start, end


@pytest.mark.parametrize(("old", "new", "state"), [case[1:] for case in CASES], ids=[f"{c[3]}: {c[0]}" for c in CASES])
def test_a_passage_in_a_later_text(old, new, state):
    text, start, end = unmarked(old)
    later, first, last = unmarked(new)
    found = later[first:last] if first is not None else ""
    assert anchor(select(text, start, end), later) == Anchor(state, first, last, found)


def test_each_case_is_told_once_and_every_state_is_there():
    assert len({(state, name) for name, _, _, state in CASES}) == len(CASES) >= 60
    assert {state for *_, state in CASES} == {"exact", "moved", "altered", "ambiguous", "gone"}


def test_only_the_same_words_hold():
    assert [state for state in ("exact", "moved", "altered", "ambiguous", "gone") if Anchor(state).holds] == list(HOLDS)


@pytest.mark.parametrize("exact", ["", " \n", "\u200b", "\u00ad", "—"])
def test_a_passage_without_a_word_is_nowhere(exact):
    assert anchor(Selector(exact, "", "", 0, len(exact)), f"some {exact} text") == Anchor("gone")


def test_places_count_code_points_also_beyond_the_basic_plane():
    text = "🕊🕊 Peace 🕊 now, they said."
    start = text.index("Peace")
    assert anchor(select(text, start, start + 11), f"🕊{text}") == Anchor("moved", start + 1, start + 12, "Peace 🕊 now")


def test_a_selector_holds_at_most_32_characters_on_each_side():
    text = "word " * 30
    selector = select(text, 75, 79)
    assert (selector.exact, selector.prefix, selector.suffix) == ("word", text[43:75], text[79:111])


def test_white_space_at_the_ends_of_a_passage_is_not_part_of_what_is_found():
    text = "They said: we agree on it all, and left."
    selector = Selector(" we agree on it all", text[:10], text[29:], 10, 29)
    assert anchor(selector, text) == Anchor("exact", 10, 29, " we agree on it all")
    assert anchor(selector, f"So. {text}").found == "we agree on it all"


def test_without_known_surroundings_a_few_words_are_not_enough():
    """Control: some more words are."""
    text = "The minister said that France agreed to lead the force."
    assert anchor(Selector("agreed to", "", "", 400, 409), text).state == "gone"
    assert anchor(Selector("France agreed to lead the force", "", "", 400, 431), text).state == "moved"


def test_many_passages_in_one_text_are_told_as_each_alone():
    """Also where a line's end breaks a word that only one of the passages has with a hyphen."""
    text = "They want a long-term plan. The re-\nformed force goes. A long-\nterm plan was agreed by all."
    old = "They want a long-term plan. The reformed force goes. A long-term plan was agreed by all."
    passages = [
        select(old, old.index(part), old.index(part) + len(part)) for part in ("reformed force", "A long-term plan")
    ]
    told = anchor_all(passages, text)
    assert told == [anchor(passage, text) for passage in passages]
    assert [(each.state, each.found) for each in told] == [
        ("moved", "re-\nformed force"),
        ("moved", "A long-\nterm plan"),
    ]
