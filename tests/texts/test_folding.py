"""Folding: one form for what is printed differently, and the way back to the original."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from negotiations.texts.folding import fold, fold_text

ODD = "ab1 \n\r\t-–—'\"“”«»‘’\u00ad\u200b\u00a0\u0301\u0308ﬁﬃ….,é5%"
TEXTS = st.text(alphabet=ODD, max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("п’ять і пʼять", "п'ять і п'ять"),
        ("two  words\r\nand\u00a0more", "two words and more"),
        ("Kyiv’s “line”", "Kyiv's 'line'"),
        ("«\u00a0line\u00a0» and »Wort«", "'line' and 'Wort'"),
        ("``line''", "'line'"),
        ("yes – no — maybe -- so", "yes-no-maybe-so"),
        ("a long\u2011term plan", "a long-term plan"),
        ("multi\u00ad\nnational", "multinational"),
        ("oﬀ, ﬁt, oﬃce …", "off, fit, office ..."),
        ("e\u0301le\u0300ve", "élève"),
        ("Å \u212b A\u030a", "Å Å Å"),
        ("zero\u200b\ufeff width", "zero width"),
        ("at −5 or –5", "at -5 or -5"),
        ("2026–2030", "2026-2030"),
        ("multi-\nnational", "multinational"),
        ("a 28-\npoint, U.S.-\nled plan", "a 28-point, U.S.-led plan"),
    ],
)
def test_what_is_printed_differently_is_one(one, other):
    assert fold_text(one) == fold_text(other) == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10²", "102"),
        ("re-sign", "resign"),
        ("-5", "5"),
        ("1,000", "1.000"),
        ("US", "us"),
        ("½", "1/2"),
        ("its", "it's"),
        ("at -5", "at - 5"),
        ("5″", "5′"),
        ("5''", "5'"),
        ("n\u0336o\u0336", "no"),
        ("100 000", "100000"),
    ],
)
def test_what_says_something_else_is_not(one, other):
    assert fold_text(one) != fold_text(other)


def test_a_hyphen_at_a_line_s_end_is_kept_where_the_other_text_has_it():
    text = "a long-\nterm multi-\nnational, short-\nand state-of-\nthe-art plan"
    like = "a long-term multinational, short- and state-of-the-art plan"
    assert fold(text, like=like).plain == like


@given(TEXTS)
@example("a\r\n\r\n – b")
@example("\u0301a")
def test_every_letter_is_found_again_on_the_way_there_and_back(text):
    folded = fold(text, "")
    for at, letter in enumerate(text):
        if letter.isalnum():
            first, last = folded.folded(at, at + 1)
            start, end = folded.original(first, last)
            assert start <= at < end <= len(text)
            assert any(part in folded.text[first:last] for part in unicodedata.normalize("NFKC", text[start:end]))


@given(TEXTS)
def test_the_ways_back_are_in_order_and_never_empty(text):
    folded = fold(text, "")
    spans = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert len(folded.plain) == len(folded.text)


@given(st.text(max_size=60))
def test_folding_again_changes_no_letter(text):
    letters = [c for c in fold_text(text) if c.isalnum()]
    assert [c for c in fold_text(fold_text(text)) if c.isalnum()] == letters


@given(
    st.text(
        alphabet=st.characters(categories=["L", "M", "N"], max_codepoint=0x52F)
        | st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
    )
)
def test_the_unicode_form_does_not_matter(text):
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert fold_text(forms[0]) == fold_text(forms[1])
