"""Whether the same words at a place with other surroundings are surely the passage, not others that read alike."""

from __future__ import annotations

import re

from .folding import ITEM, LINE, PARAGRAPH, Folded
from .passages import WORD, Passage
from .places import TELLING, Place, is_displaced, is_neighbour

SENTENCE = 5  # words of one whole sentence that are not said twice by chance
PHRASE = 6  # words that are not said twice by chance
QUOTED = 4  # words of a fragment between quotation marks that are enough to know it by
FEW = 3  # words that are not said twice by chance right where the passage stood
END = rf"[.!?:;'\")\]*•{ITEM}{LINE}{PARAGRAPH}]"  # what may stand between one sentence and the next


def is_sure(folded: Folded, passage: Passage, at: Place, deleted: bool, near: bool) -> bool:
    """Whether the passage is at this place.

    deleted: its place closed up, or holds something else. near: the place is, by and large, its old one.
    """
    text = folded.plain
    if is_neighbour(folded, passage, at):
        return False
    if deleted and _has_its_neighbours(passage, at):
        return False  # a twin: a sentence that is cut out and put in elsewhere does not take its neighbours along
    if at.own and _words_of_its_sentence(passage) >= SENTENCE:
        return True
    if deleted:
        return False
    if at.own and (at.sides or (passage.is_sentence and _is_sentence(folded.text, at))):
        return True
    if passage.enclosed or passage.bare:
        return passage.words >= QUOTED
    if at.sides and near:
        return True
    if is_displaced(text, passage, at):
        return False
    return bool(at.sides) or (not at.in_part and passage.words >= (FEW if near else PHRASE))


def _has_its_neighbours(passage: Passage, at: Place) -> bool:
    own = len(passage.own_before), len(passage.own_after)
    return at.before - own[0] >= TELLING or at.after - own[1] >= TELLING


def _words_of_its_sentence(passage: Passage) -> int:
    return passage.words + sum(len(WORD.findall(part)) for part in (passage.own_before, passage.own_after))


def _is_sentence(text: str, at: Place) -> bool:
    """Whether the words at this place stand between the ends of sentences, as a whole."""
    before, after = text[max(0, at.start - 8) : at.start], text[at.end - 1 : at.end + 8]
    begins = not at.start or re.search(rf"{END}\W*\Z", before)
    return bool(begins and (at.end == len(text) or re.match(rf".?\W*{END}|{END}", after, re.DOTALL)))
