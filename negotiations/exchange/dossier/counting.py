"""What was added, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import schema
from .cells import Next
from .matching import Missing

WORDS = {
    schema.Membership: ("membership", "memberships"),
    schema.Priority: ("priority", "priorities"),
    schema.Party: ("party", "parties"),
    schema.Member: ("member of a collective", "members of collectives"),
    schema.Person: ("person", "people"),
    schema.Meeting: ("meeting", "meetings"),
    schema.Attendance: ("attendance", "attendances"),
    schema.Instrument: ("instrument", "instruments"),
    schema.Signature: ("signature", "signatures"),
    schema.Outlet: ("outlet", "outlets"),
    schema.OutletGrading: ("grading of an outlet", "gradings of outlets"),
    schema.Source: ("source", "sources"),
    schema.SourceGrading: ("grading of a source", "gradings of sources"),
    schema.Snapshot: ("snapshot", "snapshots"),
    schema.Original: ("original file", "original files"),
    schema.Quote: ("quote", "quotes"),
    schema.ClaimGrading: ("grading of a claim", "gradings of claims"),
    schema.Anchoring: ("anchoring", "anchorings"),
    schema.Decision: ("decision on a quote", "decisions on quotes"),
    schema.Stance: ("stance", "stances"),
    schema.Stay: ("stance that stays", "stances that stay"),
    schema.Comment: ("thread of comments", "threads of comments"),
    schema.Answer: ("answer in a thread", "answers in threads"),
    schema.Resolution: ("turn of a thread", "turns of threads"),
    schema.Proposal: ("proposal", "proposals"),
    schema.ProposedEvidence: ("piece of evidence of a proposal", "pieces of evidence of proposals"),
    schema.ProposalDecision: ("decision on a proposal", "decisions on proposals"),
    schema.Judgement: ("judgement of a passage", "judgements of passages"),
    schema.Commitment: ("commitment", "commitments"),
    schema.Event: ("event of a commitment", "events of commitments"),
    schema.Contradiction: ("contradiction", "contradictions"),
    schema.TouchedCell: ("cell of a contradiction", "cells of contradictions"),
    schema.Side: ("side of a contradiction", "sides of contradictions"),
    schema.Proof: ("proof of a side", "proofs of sides"),
    schema.Ruling: ("ruling on a contradiction", "rulings on contradictions"),
    schema.Question: ("question", "questions"),
    schema.QuestionEvent: ("event of a question", "events of questions"),
}
TOWARDS = ("party that a commitment is towards", "parties that commitments are towards")


def count(missing: Missing, stances: Sequence[Next]) -> dict[str, int]:
    """How many of each noun, by its word (singular for one), in the order of the format."""
    found: dict[str, int] = {}
    for cls, (one, many) in WORDS.items():
        number = len(stances) if cls is schema.Stance else len(missing.of(cls))
        if number:
            found[one if number == 1 else many] = number
    if missing.towards:
        found[TOWARDS[0] if len(missing.towards) == 1 else TOWARDS[1]] = len(missing.towards)
    return found


def in_words(counts: Mapping[str, int]) -> str:
    """`12 parties, 1 source`."""
    return ", ".join(f"{number} {word}" for word, number in counts.items())
