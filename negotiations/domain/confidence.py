"""The confidence that the evidence allows: a proposal, which an analyst may answer with a reason.

After the Admiralty system (NATO AJP-2.1): `high` needs two independent origins of outlets A or B with claims 1 or 2;
`moderate` one such, or two of outlet C or better with claims 3 or better; otherwise `low`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..models.stances import Confidence


@dataclass(frozen=True)
class Graded:
    """A piece of supporting evidence: whom it goes back to, the outlet's letter, the claim's digit."""

    origin: str
    reliability: str
    credibility: int


def propose(evidence: Iterable[Graded]) -> Confidence:
    """The confidence for the evidence that supports a judgement."""
    evidence = list(evidence)
    strong = {e.origin for e in evidence if e.reliability in "AB" and e.credibility in (1, 2)}
    fair = {e.origin for e in evidence if e.reliability in "ABC" and e.credibility in (1, 2, 3)}
    if len(strong) >= 2:
        return Confidence.HIGH
    if strong or len(fair) >= 2:
        return Confidence.MODERATE
    return Confidence.LOW
