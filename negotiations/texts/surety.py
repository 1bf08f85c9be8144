"""Which of several places is the passage's, and whether one is surely the passage, not another that reads alike."""

from __future__ import annotations

from .passages import WORD, Passage
from .surroundings import TELLING, Missing, Place, is_elsewhere, is_neighbour, leaves_traces

SENTENCE = 6  # words of one whole sentence that are not said twice by chance
PHRASE = 6  # words that are not said twice by chance, where nothing of the surroundings is left
REPEATED = 10  # words that are not said twice by chance, where the surroundings are left, but around something else
LONG = 16  # the same, where the passage's neighbours stand elsewhere
QUOTED = 4  # words of a fragment between quotation marks that are enough to know it by


def chosen(candidates: list[Place], passage: Passage) -> Place | None:
    """The one place whose surroundings agree clearly better than all others'; None where there is none."""
    in_sentence = [at for at in candidates if _in_its_sentence(at, passage)]
    for found in ([at for at in candidates if at.on_a_side], in_sentence):
        if len(found) == 1:
            return found[0]
        if found:
            return None
    first, *others = sorted(candidates, key=lambda at: -at.agreement)
    return first if not others or first.agreement - others[0].agreement >= TELLING else None


def is_sure(text: str, passage: Passage, at: Place, lost: Missing) -> bool:
    """Whether the same words `at` a place without all of their surroundings are still the passage.

    `lost`: what stood around the passage now stands side by side, so that these may be another's words.
    """
    if lost == "passage" or is_neighbour(text, passage, at):
        return False
    if _has_its_sentence(at, passage) and _words_of_its_sentence(text, passage, at) >= SENTENCE:
        return True
    if lost:
        return False
    if at.on_a_side:
        return True
    if passage.enclosed or passage.bare:
        return passage.words >= QUOTED
    if is_elsewhere(text, passage, at):
        return passage.words >= LONG
    return passage.words >= (REPEATED if leaves_traces(text, passage) else PHRASE)


def _words_of_its_sentence(text: str, passage: Passage, at: Place) -> int:
    around = text[at.start - at.before : at.start], text[at.end : at.end + at.after]
    return passage.words + sum(len(WORD.findall(part)) for part in around)


def _in_its_sentence(at: Place, passage: Passage) -> bool:
    return bool(passage.own_before or passage.own_after.strip(".!? ")) and _has_its_sentence(at, passage)


def _has_its_sentence(at: Place, passage: Passage) -> bool:
    return at.before >= len(passage.own_before) and at.after >= len(passage.own_after)
