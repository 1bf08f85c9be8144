"""Whether the same words at a place with other surroundings are surely the passage, not others that read alike."""

from __future__ import annotations

from .passages import WORD, Passage
from .places import Place, is_displaced, is_neighbour

SENTENCE = 6  # words of one whole sentence that are not said twice by chance
PHRASE = 6  # words that are not said twice by chance
QUOTED = 4  # words of a fragment between quotation marks that are enough to know it by


def is_sure(text: str, passage: Passage, at: Place, deleted: bool, near: bool) -> bool:
    """Whether the passage is at this place.

    deleted: its place closed up, or holds something else. near: the place is, by and large, its old one.
    """
    if is_neighbour(text, passage, at):
        return False
    if at.own and _words_of_its_sentence(text, passage, at) >= SENTENCE:
        return True
    if deleted:
        return False
    if at.own and (at.sides or (passage.begins and passage.ends_sentence)):
        return True
    if passage.enclosed or passage.bare:
        return passage.words >= QUOTED
    if is_displaced(text, passage, at):
        return False
    return bool(at.sides) or (not at.in_part and (near or passage.words >= PHRASE))


def _words_of_its_sentence(text: str, passage: Passage, at: Place) -> int:
    around = text[at.start - at.before : at.start], text[at.end : at.end + at.after]
    return passage.words + sum(len(WORD.findall(part)) for part in around)
