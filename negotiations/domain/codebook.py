"""The code book: what each code means and when it is used, in words for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Choices

from ..models.contradictions import ContradictionKind, ContradictionState
from ..models.evidence import Bearing
from ..models.fields import Precision
from ..models.outlets import Reliability
from ..models.quotes import Basis, Credibility
from ..models.stances import ADDING, SCALE, Cause, Code, Confidence


@dataclass(frozen=True)
class Entry:
    """One code: as it is stored and written in files, as it is shown, and when it is used."""

    code: str
    label: str
    when: str


@dataclass(frozen=True)
class StanceEntry(Entry):
    """`value` is its place on the scale, such as `+2`; empty off the scale."""

    value: str


@dataclass(frozen=True)
class CauseEntry(Entry):
    replaces: bool


WHEN_STANCE: Mapping[Code, str] = {
    Code.CHAMPIONS: "Pushes for it and leads it, or puts its own means in.",
    Code.SUPPORTS: "Is for it, or agrees to take part.",
    Code.NEUTRAL: "Has said that it takes no side.",
    Code.OPPOSES: "Speaks against it.",
    Code.REJECTS: "Rules it out, or would block it.",
    Code.AMBIGUOUS: "Its words or acts on this point both ways.",
    Code.SILENT: "Was asked or was there, and took no position. Needs evidence of that.",
    Code.UNKNOWN: "The sources so far do not say. The reason says what was searched.",
}

WHEN_CONFIDENCE: Mapping[Confidence, str] = {
    Confidence.LOW: "Anything less than moderate.",
    Confidence.MODERATE: (
        "One origin of an outlet graded A or B with a claim graded 1 or 2, or two origins of outlets graded C or "
        "better with claims graded 3 or better."
    ),
    Confidence.HIGH: "Two independent origins of outlets graded A or B, with claims graded 1 or 2.",
}

WHEN_CAUSE: Mapping[Cause, str] = {
    Cause.FIRST: "Nothing was recorded of this cell before.",
    Cause.MOVED: "The party itself changed its stance on that day.",
    Cause.LEARNED: "The party stood there already; we found out later. It does not push out what came after.",
    Cause.CORRECTED: "We had it wrong: the day, the stance, a word. Any undo is a correction too.",
    Cause.REJUDGED: "The evidence is the same, but we now read it otherwise.",
    Cause.EVIDENCE: "The judgement stays, and rests on more or other evidence.",
    Cause.SOURCE: "A source was regraded or retracted, so the judgement rests on something else now.",
    Cause.WITHDRAWN: "It should not have been recorded. What stood before shows again.",
}

WHEN_BEARING: Mapping[Bearing, str] = {
    Bearing.SUPPORTS: "It speaks for the judgement, also for a judgement that the party rejects something.",
    Bearing.CONTRADICTS: "It speaks against the judgement. The cell is marked with ≠.",
    Bearing.CONTEXT: "It helps to understand the judgement and proves nothing.",
}

WHEN_KIND: Mapping[ContradictionKind, str] = {
    ContradictionKind.BEARING: "A stance has words for it and words against it. Noted with the stance.",
    ContradictionKind.FACT: "Two sources tell different facts: a number, a date, whether something was signed.",
    ContradictionKind.REVERSAL: "The party moved from one side of the scale to the other. Noted with the stance.",
}

WHEN_STATE: Mapping[ContradictionState, str] = {
    ContradictionState.OPEN: "Nobody has decided it yet.",
    ContradictionState.RESOLVED: "One side holds, or both do; the reason says why.",
    ContradictionState.LEFT_OPEN: "It can't be decided, or needs not be; the reason says why.",
}

WHEN_BASIS: Mapping[Basis, str] = {
    Basis.OWN_WORDS: "What the speaker said, word for word.",
    Basis.OFFICE: "What their office, ministry or spokesperson said.",
    Basis.INSTRUMENT: "What a plan, draft or communiqué says. A draft is not a party.",
    Basis.REPORTED: "What others report that they said or did.",
    Basis.ANALYST: "What somebody concludes who watches from outside.",
}

WHEN_PRECISION: Mapping[Precision, str] = {
    Precision.DAY: "Since that day: 6 January 2026.",
    Precision.MONTH: "Since some day of that month. It counts from the month's last day.",
    Precision.YEAR: "Since some day of that year. It counts from the year's last day.",
    Precision.BY: "By that day at the latest; when it began is not known.",
}


@dataclass(frozen=True)
class CodeBook:
    scale: tuple[StanceEntry, ...]
    off_scale: tuple[StanceEntry, ...]
    confidences: tuple[Entry, ...]
    causes: tuple[CauseEntry, ...]
    bearings: tuple[Entry, ...]
    kinds: tuple[Entry, ...]
    states: tuple[Entry, ...]
    bases: tuple[Entry, ...]
    precisions: tuple[Entry, ...]
    reliabilities: tuple[Entry, ...]
    credibilities: tuple[Entry, ...]


def get_codebook() -> CodeBook:
    """The whole book. It belongs to no negotiation, and asks the database nothing."""
    stances = [StanceEntry(str(code), str(code.label), WHEN_STANCE[code], _value(code)) for code in Code]
    causes = [CauseEntry(str(c), str(c.label), WHEN_CAUSE[c], c not in ADDING) for c in Cause]
    return CodeBook(
        scale=tuple(entry for entry in stances if entry.value),
        off_scale=tuple(entry for entry in stances if not entry.value),
        confidences=tuple(Entry(str(c), str(c.label), WHEN_CONFIDENCE[c]) for c in Confidence),
        causes=tuple(causes),
        bearings=tuple(Entry(str(b), str(b.label), WHEN_BEARING[b]) for b in Bearing),
        kinds=tuple(Entry(str(k), str(k.label), WHEN_KIND[k]) for k in ContradictionKind),
        states=tuple(Entry(str(s), str(s.label), WHEN_STATE[s]) for s in ContradictionState),
        bases=tuple(Entry(str(b), str(b.label), WHEN_BASIS[b]) for b in Basis),
        precisions=tuple(Entry(str(p), _capital(str(p.label)), WHEN_PRECISION[p]) for p in Precision),
        reliabilities=_marks(Reliability),
        credibilities=_marks(Credibility),
    )


def _value(code: Code) -> str:
    """`+2` to `−2`, with a true minus sign."""
    if code not in SCALE:
        return ""
    return f"{SCALE[code]:+d}".replace("-", "−") if SCALE[code] else "0"


def _marks(scale: type[Choices]) -> tuple[Entry, ...]:
    """A scale whose labels carry their mark already: `A · completely reliable`."""
    pairs = ((str(mark.value), str(mark.label).split(" · ")[1]) for mark in scale)
    return tuple(Entry(mark, _capital(words), "") for mark, words in pairs)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
