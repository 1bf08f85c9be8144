"""What holds for every passage: harmless changes keep it, one other word loses it, a deleted one stays deleted."""

import re
import unicodedata
from difflib import SequenceMatcher

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from negotiations.texts.anchoring import Anchor, Selector, anchor, select
from negotiations.texts.folding import fold, fold_text

from .steps import growth

BEGINNINGS, ENDINGS = ("ba", "fi", "kro", "lé", "mu", "sta"), ("da", "ffer", "ko", "ming", "ty")
VOCABULARY = [f"{a}{b}{c}" for a in BEGINNINGS for b in "nrl" for c in ENDINGS]
PRINTINGS = [
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "\r\n"),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(". ", ".\n\n"),
    lambda text: text.replace(" ", " \u200b "),
    lambda text: text.replace("ff", "ﬀ").replace("fi", "ﬁ"),
    lambda text: re.sub(r"(?<=\w\w)(?=\w\w)", "\u00ad", text),
    lambda text: re.sub(r"(?<=\w\w\w)(?=\w\w\w)", "-\n", text),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"Something else comes first now.\n\n{text}",
    lambda text: f"{text}\n\nSomething else comes last now.",
]


@st.composite
def passages(draw, least=2):
    """The sentences of a text in which no word comes twice, the number of one, and a span of that one's words."""
    words = draw(st.permutations(VOCABULARY))
    sizes = draw(st.lists(st.integers(max(4, least), 12), min_size=3, max_size=5))
    sentences, at = [], 0
    for size in sizes:
        sentences.append(words[at : at + size])
        at += size
    which = draw(st.integers(0, len(sizes) - 1))
    first = draw(st.integers(0, sizes[which] - least))
    last = draw(st.integers(first + least, sizes[which]))
    return sentences, which, first, last


def written(sentences):
    return " ".join(" ".join(words).capitalize() + "." for words in sentences)


def selected(case):
    """The text of a case and the selector of its passage."""
    sentences, which, first, last = case
    text = written(sentences)
    sentence = written([sentences[which]])
    begin = text.index(sentence) + len(" ".join(sentences[which][:first])) + (first > 0)
    return text, select(text, begin, begin + len(" ".join(sentences[which][first:last])))


@given(passages())
def test_in_the_same_text_it_is_where_it_was(case):
    text, selector = selected(case)
    assert anchor(selector, text) == Anchor("exact", selector.start, selector.end, selector.exact)


@given(passages(), st.lists(st.sampled_from(PRINTINGS), min_size=1, max_size=3))
def test_another_printing_keeps_it(case, printings):
    text, selector = selected(case)
    for printing in printings:
        text = printing(text)
    found = anchor(selector, text)
    assert found.holds
    assert fold_text(found.found) == fold_text(selector.exact)
    assert text[found.start : found.end] == found.found == found.found.strip()


@given(passages(), st.sampled_from(PRINTINGS))
def test_it_is_found_again_when_taken_from_another_printing(case, printing):
    plain, selector = selected(case)
    text = printing(plain)
    folded = fold(text, "")
    at = folded.plain.index(selector.exact)
    found = anchor(select(text, *folded.original(at, at + len(selector.exact))), plain)
    assert (found.holds, found.found) == (True, selector.exact)


@given(passages(), st.sampled_from(["", "\n\n"]), st.data())
def test_what_is_put_in_elsewhere_moves_it_by_that_much(case, gap, data):
    sentences, which, _, _ = case
    text, selector = selected(case)
    at = data.draw(st.integers(0, len(sentences)))
    place = len(written(sentences[:at])) + (0 < at < len(sentences))
    new = f"{gap}Something was added.{gap} "
    found = anchor(selector, text[:place] + new + text[place:])
    shift = len(new) if at <= which else 0
    assert found.holds and found.start == selector.start + shift


@given(
    passages(least=3),
    st.sampled_from(["replaced", "put in", "taken out"]),
    st.sampled_from(["not", "Paris", "100"]),
    st.data(),
)
def test_one_other_word_loses_it(case, how, word, data):
    """Control: without it, the same passage holds."""
    sentences, which, first, last = case
    text, selector = selected(case)
    at = data.draw(st.integers(first + 1, last - 1))
    words = sentences[which]
    rest = words[at if how == "put in" else at + 1 :]
    changed = [*words[:at], *([] if how == "taken out" else [word]), *rest]
    found = anchor(selector, written([*sentences[:which], changed, *sentences[which + 1 :]]))
    assert anchor(selector, f"Lead. {text}").holds and found.state == "altered"
    assert fold_text(found.found) != fold_text(selector.exact)


@given(passages(), st.data())
def test_a_deleted_sentence_is_gone(case, data):
    sentences, which, _, _ = case
    _, selector = selected(case)
    printing = data.draw(st.sampled_from([str, *PRINTINGS]))
    assert anchor(selector, printing(written(sentences[:which] + sentences[which + 1 :]))).state == "gone"


@given(
    st.lists(st.sampled_from(["France", "Germany", "Poland", "Italy", "Spain"]), min_size=2, max_size=4, unique=True),
    st.sampled_from(["will send 100 troops", "has ruled out soldiers", "may pay for it all"]),
    st.booleans(),
    st.booleans(),
    st.data(),
)
def test_a_deleted_sentence_is_not_found_in_its_parallels(names, does, whole, framed, data):
    which = data.draw(st.integers(0, len(names) - 1))
    parts = [f"{name} {does}." for name in names]
    around = (["The talks began."], ["They go on."]) if framed else ([], [])
    text = " ".join([*around[0], *parts, *around[1]])
    start = text.index(parts[which]) + (0 if whole else len(names[which]) + 1)
    later = " ".join([*around[0], *parts[:which], *parts[which + 1 :], *around[1]])
    assert not anchor(select(text, start, text.index(parts[which]) + len(parts[which])), later).holds


@given(passages(), st.sampled_from(PRINTINGS), st.sampled_from(["not", "never", "no longer", "nicht", "не"]), st.data())
def test_a_negation_put_in_or_taken_out_never_holds(case, printing, negation, data):
    """Control: the same printing without it holds, as the tests above say."""
    sentences, which, first, last = case
    at = data.draw(st.integers(first, last))
    words = sentences[which]
    denied = [*sentences[:which], [*words[:at], negation, *words[at:]], *sentences[which + 1 :]]
    text, selector = selected(case)
    with_it, selector_with_it = selected((denied, which, first, last + 1))
    assert not anchor(selector, printing(with_it)).holds or at == 0
    assert not anchor(selector_with_it, printing(text)).holds


@given(passages(), st.sampled_from(PRINTINGS))
def test_once_found_it_is_found_there_again(case, printing):
    text, selector = selected(case)
    later = printing(text)
    found = anchor(selector, later)
    assert anchor(select(later, found.start, found.end), later) == Anchor("exact", found.start, found.end, found.found)


@given(passages(), st.booleans())
def test_of_two_in_the_same_surroundings_the_one_left_is_not_taken_for_the_other(case, later):
    """Control: with both of them there, each is the one at its place."""
    sentences, which, _, _ = case
    part, selector = selected(case)
    twice = f"{'So it was. ' * 9}{part} {'They met. ' * 9}{part} {'It was late. ' * 9}"
    start = twice.index(part) + selector.start
    end = start + len(selector.exact)
    own = select(twice, start, end)
    assert anchor(own, twice).state == "exact"
    without = twice[:start] + twice[end:]
    assert (
        not anchor(own, f"Late news. {without}" if later else without).holds or len(sentences) - 1 == which or not which
    )


SLOW = {
    "one letter": ("a" * 20 + "b", "a"),
    "its words all over": ("the", "the "),
    "nothing alike": ("no word of this stands there at all, not one", "zebra crossing "),
    "its words in another order": ("b a c d e f g a c b d f g e", "a b c d e f g "),
    "hyphens at lines' ends": ("a b", "a-\nb "),
    "marks": ("e f", "e\u0301"),
    "quotation marks": ('"a" b', "' "),
}


@pytest.mark.parametrize("name", SLOW)
def test_ten_times_the_text_takes_some_ten_times_as_many_steps(name):
    """Not a hundred times, as it would if each word were compared with each."""
    exact, pattern = SLOW[name]
    selector = Selector(exact, "x" * 32, "y" * 32, 100, 100 + len(exact))
    assert growth(lambda size: anchor(selector, pattern * (size // len(pattern))), 2_000) < 20


def test_each_word_compared_with_each_takes_a_hundred_times_as_many():
    """The control: likeness by runs of words in common, which is what tools for this do."""
    text = VOCABULARY * 100
    assert growth(lambda size: SequenceMatcher(None, text[:size], text[:size], autojunk=False).ratio(), 200) > 20


@pytest.mark.parametrize("negation", ["not", "never", "denied that", "did not", "no longer", "won't"])
@given(case=passages())
@settings(max_examples=20)
def test_a_negation_right_before_it_loses_it(negation, case):
    text, selector = selected(case)
    if selector.start and text[selector.start - 2] != ".":
        later = f"{text[: selector.start]}{negation} {text[selector.start :]}"
        assert anchor(selector, later).state == "altered"


@given(st.text(max_size=80), st.text(max_size=80), st.data())
@example("a", "a a", None)
@example("\x00", "\x00", None)
def test_whatever_the_texts_are_what_is_said_of_the_place_is_true(text, later, data):
    start = data.draw(st.integers(0, max(0, len(text) - 1))) if data else 0
    end = data.draw(st.integers(start, len(text))) if data else len(text)
    selector = select(text, start, end)
    for other in (text, later, later + text, text + later):
        found = anchor(selector, other)
        if found.start is None:
            assert (found.end, found.found, found.holds) == (None, "", False)
        else:
            assert other[found.start : found.end] == found.found != ""
        assert not found.holds or fold_text(found.found) == fold_text(selector.exact)
