"""Whether the same words at a place with other surroundings are surely the passage, not others that read alike."""

from __future__ import annotations

import re

from .folded import ITEM, LINE, PARAGRAPH, WORD, Folded
from .passages import CLOSED, EDGES, OPENED, Passage
from .places import NEARBY, SLACK, TELLING, Place, is_displaced, is_neighbour

SENTENCE = 5  # words of one whole sentence that are not said twice by chance
LINE_WORDS = 3  # the same of a sentence near its old place
PHRASE = 6  # words that are not said twice by chance
QUOTED = 3  # words of a fragment between quotation marks that are enough to know it by
FEW, SOME = 4, 5  # words that are not said twice by chance right where the passage stood, and near there
MANY = 10  # words that are not even then said twice by chance, when those beside them are the same
EDGE = 8  # characters around a passage that are nothing to tell it by
TOUCH = 4  # characters beside a phrase that make it a longer phrase, which goes on otherwise there
STEP = 48  # characters that a passage may shift while its place is still taken for the old one
RIGHT_THERE = 100  # characters that it may shift when all around it is rewritten
END = rf"[.!?:;'\")\]*•{ITEM}{LINE}{PARAGRAPH}]"  # what may stand between one sentence and the next


def is_sure(folded: Folded, passage: Passage, at: Place, deleted: bool, away: int | None) -> bool:
    """Whether the passage is at this place.

    deleted: its place closed up, or holds something else. away: characters from its old place; None where its words
    stand elsewhere, too.
    """
    text = folded.plain
    if is_neighbour(folded, passage, at) or _is_told_of(folded, passage, at):
        return False
    if passage.at_start and not text[: at.start].strip(EDGES):
        return True
    whole = passage.is_sentence and _is_sentence(folded.text, at)
    if passage.at_end and at.own and (passage.own_before or whole) and not text[at.end + at.after :].strip(EDGES):
        return True
    if deleted and _has_its_neighbours(passage, at):
        return False  # a twin: a sentence that is cut out and put in elsewhere does not take its neighbours along
    if at.own and words_of_its_sentence(passage) >= SENTENCE:
        return True
    if deleted:
        return False
    least = LINE_WORDS if away is not None and away <= NEARBY else SENTENCE
    if at.own and (at.sides or (whole and passage.words >= least)):
        return True
    if passage.enclosed or passage.bare:
        least = QUOTED if passage.enclosed and away is not None else QUOTED + 1
        return passage.words >= least and not is_displaced(text, passage, at)
    if at.sides and away is not None and away <= STEP:
        return True
    if is_displaced(text, passage, at):
        return False
    if at.sides and (passage.words > 1 or at.own):
        return True
    return not at.in_part and passage.words >= (_enough(away) if max(at.before, at.after) < TOUCH else MANY)


def _enough(away: int | None) -> int:
    """How many words are not said twice by chance, so far from where they stood."""
    if away is None or away > NEARBY:
        return PHRASE
    return FEW if away <= RIGHT_THERE else SOME


def _is_told_of(folded: Folded, passage: Passage, at: Place) -> bool:
    """Whether a text that is not the passage's own repeats its words, as a correction does of what it takes out.

    They stand between quotation marks now; or what was a sentence of its own is part of another one, and what stood
    around it still stands, where it is not.
    """
    if at.sides:
        return False
    if not passage.enclosed and not passage.bare and _is_enclosed(folded.plain, at):
        return True
    within = passage.is_sentence and not _is_sentence(folded.text, at)
    return within and is_displaced(folded.plain, passage, at)


def _is_enclosed(text: str, at: Place) -> bool:
    """Whether the words stand between quotation marks, and are not all that the text has."""
    opened = OPENED.search(f" {text[max(0, at.start - 4) : at.start]}")
    return bool(opened and CLOSED.match(text[at.end : at.end + 3])) and at.end - at.start < len(text) - EDGE


def _has_its_neighbours(passage: Passage, at: Place) -> bool:
    """All that is known of a neighbour of its sentence, but for a letter or two, stands beside this place, too."""
    all_before, all_after = at.before >= len(passage.before) - SLACK, at.after >= len(passage.after) - SLACK
    before = all_before and at.before - len(passage.own_before) >= TELLING
    return before or (all_after and at.after - len(passage.own_after) >= TELLING)


def words_of_its_sentence(passage: Passage) -> int:
    """How many words are known of the passage's own sentence, its own among them."""
    return passage.words + sum(len(WORD.findall(part)) for part in (passage.own_before, passage.own_after))


def _is_sentence(text: str, at: Place) -> bool:
    """Whether the words at this place stand between the ends of sentences, as a whole."""
    before, after = text[max(0, at.start - EDGE) : at.start], text[at.end - 1 : at.end + EDGE]
    first = at.start <= EDGE and not WORD.search(before)
    begins = first or re.search(rf"{END}\W*\Z", before)
    return bool(begins and (at.end == len(text) or re.match(rf".?\W*{END}|{END}", after, re.DOTALL)))
