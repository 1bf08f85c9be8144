"""Words as search tells them apart."""

from __future__ import annotations

import pytest

from negotiations.texts.words import folded, spelt, words


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Żelaźń", "zelazn"),
        ("Erdoğan", "erdogan"),
        ("İstanbul, ısı", "istanbul, isi"),
        ("Straße", "strasse"),
        ("Færøerne", "faeroerne"),
        ("Łódź", "lodz"),
        ("e\u0301", "e"),
        ("ﬁne ½ １２", "fine 1⁄2 12"),
        ("Київ", "киів"),
        ("Αθήνα", "αθηνα"),
        ("हिन्दी", "हिन्दी"),
        ("a\u00adb\u200dc", "abc"),
    ],
)
def test_letters_without_accents(text, without):
    assert folded(text) == without


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Macron’s cease-fire, 6.5% of it!", ["Macron", "s", "cease", "fire", "6", "5", "of", "it"]),
        ("п'ять", ["п", "ять"]),
        ("co\u00adoperate", ["co\u00adoperate"]),
        ("snake_case", ["snake", "case"]),
        ("👩‍👩‍👧 … — ()", []),
        ("\x85\u2028x\u3000y", ["x", "y"]),
        ("", []),
    ],
)
def test_what_is_a_word(text, found):
    assert [word.group() for word in words(text)] == found


def test_two_spellings_of_one_name():
    assert spelt("Volodymyr  ZELENSKYY") == spelt("volodymyr-zelenskyý") == ("volodymyr", "zelenskyy")
