"""Deciding on a proposal, and the two sides that are compared for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from ..domain.cells import Record, StanceProof
from ..domain.dates import in_words
from ..models.evidence import Bearing
from ..models.stances import Code, Confidence
from ..texts.differing import Compared, compare
from .fields import Words
from .keyed import Keyed


class DecisionForm(Keyed):
    """`seen` is the revision at which the cell was shown."""

    comment = Words(
        label="Comment",
        rows=3,
        required=False,
        help_text="Needed to send it back, and to reject it. It stays with the proposal.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)

    def __init__(self, data: Any, *, seen: int, comment: str = "") -> None:
        super().__init__(data, initial={"seen": seen, "comment": comment})


@dataclass(frozen=True)
class Side:
    """One field of a stance, as it stands and as it is proposed."""

    label: str
    compared: Compared
    same: bool


@dataclass(frozen=True)
class Piece:
    """A piece of evidence of either side, and how it bears on each judgement; empty where it is not used there."""

    proof: StanceProof
    before: str
    after: str

    @property
    def told(self) -> str:
        if not self.before:
            return f"Added: {self.after.lower()}"
        if not self.after:
            return f"Taken out; it was: {self.before.lower()}"
        return self.after if self.before == self.after else f"{self.after}; it was: {self.before.lower()}"


def sides(before: Record | None, after: Record) -> list[Side]:
    """Both versions field by field, with the words that differ."""
    old, new = _told(before) if before else {}, _told(after)
    labels = dict.fromkeys([*new, *old])  # a withdrawal says nothing but that
    pairs = [(label, old.get(label, ""), new.get(label, "")) for label in labels]
    return [Side(label, compare(was, would), was == would) for label, was, would in pairs]


def pieces(before: Record | None, after: Record) -> list[Piece]:
    """The evidence of both versions: what is proposed first, then what would be taken out."""
    old = {_key(proof): proof for proof in before.evidence} if before else {}
    new = {_key(proof): proof for proof in after.evidence}
    either = {**new, **{key: proof for key, proof in old.items() if key not in new}}
    return [Piece(proof, _bearing(old.get(key)), _bearing(new.get(key))) for key, proof in either.items()]


def _key(proof: StanceProof) -> tuple[Any, ...]:
    return (proof.quote.id,) if proof.quote else (proof.source_id, proof.locator)


def _bearing(proof: StanceProof | None) -> str:
    return str(Bearing(proof.bearing).label) if proof else ""


def _told(record: Record) -> dict[str, str]:
    if not record.code:
        return {"Stance": "Withdrawn"}
    return {
        "Stance": str(Code(record.code).label),
        "Rationale": record.rationale,
        "Conditions": record.conditions,
        "Limits": record.limits,
        "Depends on": ", ".join(party.name for party in record.depends_on),
        "Red line": "Yes" if record.red_line else "No",
        "Confidence": str(Confidence(record.confidence).label) if record.confidence else "",
        "Held from": in_words(record.held_from, record.precision),
    }
