"""One piece in three versions: whoever changed it has it their way, and what one keeps is not lost."""

from __future__ import annotations

import pytest

from negotiations.domain.stances import Item
from negotiations.forms.pieces import combine, of_evidence, what


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "both"),
    [
        ("supports", "supports", "supports", "supports"),
        ("", "supports", "", "supports"),
        ("", "", "context", "context"),
        ("supports", "", "supports", ""),
        ("supports", "supports", "", ""),
        ("supports", "context", "supports", "context"),
        ("supports", "context", "contradicts", "contradicts"),
        ("supports", "context", "", "context"),
        ("supports", "", "context", "context"),
        ("", "supports", "context", "context"),
    ],
)
def test_one_piece_of_both(base, theirs, mine, both):
    assert combine(base, theirs, mine) == both


def test_what_was_done_to_each_piece_is_told():
    base = [Item("supports", quote=n) for n in (1, 2, 3, 4)]
    theirs = [Item("supports", quote=1), Item("context", quote=2), Item("supports", quote=5), Item("context", quote=6)]
    mine = [Item("contradicts", quote=1), *(Item("supports", quote=n) for n in (2, 3, 5, 6))]
    mine.append(Item("context", source=7, locator="p. 3"))
    words = {what(item): str(item.quote or item.locator) for item in [*base, *theirs, *mine]}
    pieces = {piece.text: piece for piece in of_evidence(base, theirs, mine, words=words, them="Anton")}
    assert {text: piece.told for text, piece in pieces.items()} == {
        "1": "you: contradicts it",
        "2": "Anton: context",
        "3": "removed by Anton",
        "5": "added by both",
        "6": "Anton: context, you: supports the judgement",
        "p. 3": "added by you",
    }, "and of what both took away, nothing is left"
    assert pieces["p. 3"].hidden == (("both-source-0", "7"), ("both-locator-0", "p. 3"))
