"""Names from Cyrillic, as English, German and French spell them."""

import pytest

from negotiations.texts.transliterating import sound


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelenskyy Zelensky Zelenskiy Selenskyj Zelenskij ZELENSKI Зеленський Зеленский",
        "Lavrov Lawrow Lavroff",
        "Ushakov Uschakow Ouchakov Ушаков",
        "Zakharova Sacharowa",
        "Dmitriev Dmitrijew Dmitriyev",
        "Yermak Jermak Iermak Єрмак Ермак",
        "Putin Poutine Путін Путин",
    ],
)
def test_spellings_of_one_name_sound_alike(spellings):
    assert len({sound(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("Zelensky", "Zaluzhny"), ("Putin", "Patten"), ("Lavrov", "Larov")])
def test_other_names_sound_otherwise(one, other):
    assert sound(one) != sound(other)


@pytest.mark.parametrize("short", ["", "Rutte", "Merz", "Route", "A"])
def test_what_is_short_has_no_sound(short):
    assert sound(short) == ""
