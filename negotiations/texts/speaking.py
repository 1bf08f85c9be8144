"""Who says "we" in a text: whose turn it is in a transcript, whose line it is, or who is named beside a quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable

from .lexicon import FIRST
from .lines import IDLE, Line, Meant, Reading, Sighting
from .naming import OUTSIDER

# In capitals, at the beginning of a paragraph of a transcript: "PRESIDENT MACRON:".
LABEL = re.compile(r"[A-Z][A-Z.'’-]++(?: [A-Z][A-Z.'’-]++){0,4}(?: ?\([^)]{1,40}\))?:\s")
# The same in small letters, where somebody speaks twice: "Leader of the Opposition:".
TURN = re.compile(r"[A-Z][^\s:]*(?: (?:of|the|[A-Z(][^\s:]*)){0,6}:\s")
MANY = 2  # such labels that a list of points may have
FIRST_WORDS = 4  # of a sentence, among which stands who does what it tells of
# At the beginning of any line or point: "Kushner:", "- France (Macron):".
OWNED = re.compile(r"(?:[-–—•*·‣]\s*)?[A-Z][^\s:]*(?: [A-Z(][^\s:]*){0,5}:\s")


def add_speakers(reading: Reading) -> None:
    """Note who says "we": whose turn it is in a transcript, whose line it is, or who is named beside a quotation."""
    turn: Meant = {}
    turns: dict[str, Meant] = {}
    labels = _labels(reading)
    for at, line in enumerate(reading.lines):
        we = next((w for w in range(line.first, line.last) if reading.words.plain[w] in FIRST), None)
        if at in labels:
            last = bisect_left(reading.words.starts, line.sentence.start + len(labels[at]))
            speaker = {key: 0.9 for key, sighting in line.seen.items() if sighting.is_before(last)}
            turn = turns.setdefault(_who(labels[at]), speaker)
            line.note(turn, None)
        elif line.is_heading:
            turn = {}
        elif turn:
            line.note(turn, we)
        elif we is not None and line.is_quoted and not _says_who(line, we):
            line.note(_beside(reading.lines, at), we)
    _add_owners(reading)


def _labels(reading: Reading) -> dict[int, str]:
    """The words that tell whose turn begins, by their lines; a report has at most one such, of where it was written."""
    found: dict[int, str] = {}
    turns: dict[int, str] = {}
    for at, line in enumerate(reading.lines):
        place = line.sentence.start, line.sentence.end
        if label := LABEL.match(reading.text, *place):
            found[at] = label[0]
        elif not (at and line.is_beside(reading.lines[at - 1])) and (label := TURN.match(reading.text, *place)):
            turns[at] = label[0]
    if len(found) == 1:
        found = {at: label for at, label in found.items() if _names_somebody(reading, at, label)}
    times = Counter(map(_who, turns.values()))
    is_talk = len(turns) > MANY and len(times) < len(turns)  # who speaks, speaks again; points of a list do not
    return found | turns if is_talk else found


def _names_somebody(reading: Reading, at: int, label: str) -> bool:
    line = reading.lines[at]
    last = bisect_left(reading.words.starts, line.sentence.start + len(label))
    return any(sighting.is_person and sighting.is_before(last) for sighting in line.seen.values())


def _who(label: str) -> str:
    """A label without what stands in brackets: "The Prime Minister (Keir Starmer)" is the Prime Minister later on."""
    return label.split("(")[0].strip(" :").casefold()


def _add_owners(reading: Reading) -> None:
    """Note whose a line or a point is that begins with a name and a colon, but for what somebody else does in it."""
    owners: Meant = {}
    for at, line in enumerate(reading.lines):
        if at and line.is_beside(reading.lines[at - 1]):
            if not any(s.is_speaker and s.is_before(line.first + FIRST_WORDS) for s in line.seen.values()):
                line.note(owners, None)
            continue
        label = OWNED.match(reading.text, line.sentence.start, line.sentence.end)
        last = bisect_left(reading.words.starts, label.end()) if label else 0
        owners = {key: 0.9 for key, sighting in line.seen.items() if sighting.is_before(last)}
        line.note(owners, None)
        for key, sighting in line.seen.items() if owners else ():
            sighting.is_speaker = key in owners
            sighting.weight *= 1 if key in owners else IDLE


def _says_who(line: Line, we: int) -> bool:
    """Whether a sentence itself names who says "we" in it."""
    speaks = any(sighting.is_speaker and sighting.weight > 0.6 for sighting in line.seen.values())
    return speaks or any(s.is_named and s.weight > 0.4 and s.is_before(we) for s in line.seen.values())


def _beside(found: list[Line], at: int) -> Meant:
    """Who speaks in the next sentence of the paragraph, else whoever spoke last; a person before a state."""
    after = [line for line in found[at + 1 : at + 2] if line.is_beside(found[at])]
    before = [line for line in found[max(0, at - 4) : at][::-1] if line.is_heading or found[at].goes_on_from(line)]
    ways: tuple[tuple[list[Line], Callable[[Sighting], bool]], ...] = (
        (after + before, lambda sighting: sighting.is_speaker and sighting.is_person),
        (before, lambda sighting: sighting.is_person),  # as in a line that only names the source
        (after + before[:1], lambda sighting: sighting.is_speaker),
    )
    for others, may_speak in ways:
        for line in others:
            speakers = {key: 0.8 * s.weight for key, s in line.seen.items() if s.weight > 0.5 and may_speak(s)}
            if speakers.keys() - {OUTSIDER}:
                return {key: weight for key, weight in speakers.items() if key != OUTSIDER}
    return {}
