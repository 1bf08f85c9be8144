"""A stance in words, field by field: as it was recorded, and as somebody typed it, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.http import QueryDict

from ..domain.cells import Record
from ..domain.dates import in_words
from ..domain.editing import Choices
from ..domain.stances import Item
from ..models.fields import Precision
from ..models.stances import Code, Confidence
from .evidence import evidence_of
from .pieces import what
from .stances import StanceForm, initial_of

FIELDS = {
    "code": "Stance",
    "rationale": "Rationale",
    "conditions": "Conditions",
    "limits": "Limits",
    "depends_on": "Depends on",
    "red_line": "Red line",
    "confidence": "Confidence",
    "held_from": "Held from",
    "evidence": "Evidence",
}
TEXTS = ("rationale", "conditions", "limits")


class Telling:
    """The fields of a record, and of what was typed, in words."""

    def __init__(self, offered: Choices, records: Iterable[Record]) -> None:
        self.names = {party.slug: party.name for party in offered.parties}
        self.titles = {source.id: source.name for source in offered.sources}
        self.words = {quote.id: quote.exact for quote in [*offered.chosen, *offered.found]}
        for record in records:
            self.words |= {proof.quote.id: proof.quote.exact for proof in record.evidence if proof.quote}

    def of(self, record: Record | None) -> dict[str, str]:
        if record is None:  # what an empty form says
            empty = initial_of(None)
            told = dict.fromkeys(FIELDS, "")
            return told | {
                "red_line": _yes(False),
                "confidence": _sure(empty["confidence"]),
                "held_from": in_words(None),
            }
        return {
            "code": Code(record.code).label if record.code else "Withdrawn",
            "rationale": record.rationale,
            "conditions": record.conditions,
            "limits": record.limits,
            "depends_on": self._parties([party.slug for party in record.depends_on]),
            "red_line": _yes(record.red_line),
            "confidence": _sure(record.confidence),
            "held_from": in_words(record.held_from, record.precision),
            "evidence": self._evidence(evidence_of(record)),
        }

    def typed(self, form: StanceForm) -> dict[str, str]:
        """Whatever was typed, also where it is no good yet."""
        data = form.data
        assert isinstance(data, QueryDict)
        code = data.get("code", "")
        texts = {name: data.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}
        return texts | {
            "code": Code(code).label if code in Code.values else code,
            "depends_on": self._parties(data.getlist("depends_on")),
            "red_line": _yes(data.get("red_line")),
            "confidence": _sure(data.get("confidence", "")),
            "held_from": _held(data.get("held_from", ""), data.get("precision", "")),
            "evidence": self._evidence(form.chosen),
        }

    def words_of(self, *versions: Iterable[Item]) -> dict[Item, str]:
        return {what(item): self._what(item) for version in versions for item in version}

    def _parties(self, slugs: Collection[str]) -> str:
        return ", ".join(name for slug, name in self.names.items() if slug in slugs)

    def _what(self, item: Item) -> str:
        if item.quote:
            return f"“{self.words.get(item.quote, '')}”"
        return f"{self.titles.get(item.source or 0, '')}, {item.locator}"

    def _evidence(self, items: Iterable[Item]) -> str:
        return "\n".join(sorted(f"{item.bearing}: {self._what(item)}" for item in items))


def _held(day: str, precision: str) -> str:
    """The day as it was typed, in words if it is one."""
    try:
        return in_words(date.fromisoformat(day), precision or Precision.DAY)
    except ValueError:
        return day or in_words(None)


def _sure(confidence: str) -> str:
    return Confidence(confidence).label if confidence in Confidence.values else confidence


def _yes(there: object) -> str:
    return "Yes" if there else "No"
