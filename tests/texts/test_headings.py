"""A short line at the beginning, without a sign at its end, is a heading."""

import pytest

from negotiations.texts.headings import heading


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talks go on\n\nThe minister said so.", "Talks go on"),
        ("  Will they go on?  \n\n\nThe minister said so.", "Will they go on?"),
        ("The minister said so.\n\nTalks go on", ""),
        ("Talks\ngo on\n\nThe minister said so.", ""),
        ("Talks go on", ""),
        ("w" * 151 + "\n\nMore.", ""),
        ("", ""),
    ],
)
def test_a_heading_is_told_from_a_sentence(text, found):
    assert heading(text) == found
