"""Two versions of one cell, side by side: what a colleague recorded meanwhile, and what was typed here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from ..domain.cells import Cell, Record
from ..domain.dates import in_words
from ..domain.editing import Choices
from ..domain.stances import Item
from ..models.stances import Cause, Code, Confidence
from .evidence import as_data, evidence_of, is_evidence
from .stances import StanceForm, initial_of

PICK = "pick-"
NOT_CARRIED = ("csrfmiddlewaretoken", "based_on", "act", "cause", "replaces")  # the page asks or says anew
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


@dataclass(frozen=True)
class Line:
    """One field in both versions, in words. `untouched`: mine is as it stood when the form was opened."""

    name: str
    label: str
    theirs: str
    mine: str
    untouched: bool

    @property
    def same(self) -> bool:
        return self.theirs == self.mine

    @property
    def keeps_theirs(self) -> bool:
        """What is picked at first: what I did not touch never undoes what a colleague changed."""
        return self.same or self.untouched


@dataclass(frozen=True)
class Conflict:
    """All that the page shows and carries on: nothing typed is lost. `theirs` is the newest record of the cell."""

    started_from: int
    theirs: Record
    lines: tuple[Line, ...]
    carried: tuple[tuple[str, str], ...]
    why: str
    causes: tuple[tuple[str, str, bool], ...]


def compare(form: StanceForm, cell: Cell, offered: Choices) -> Conflict:
    """What the page of a conflict shows. `cell` is as it stands now, `form` as it was sent."""
    theirs = cell.history[0]
    mine = form.cleaned_data
    data = form.data
    assert isinstance(data, QueryDict)  # what a browser sent
    names = {party.id: party.name for party in offered.parties}
    words = {quote.id: quote.exact for quote in [*offered.chosen, *offered.found]}
    words |= {p.quote.id: p.quote.exact for p in theirs.evidence if p.quote}
    titles = {source.id: source.name for source in offered.sources}
    started_from = next((r for r in cell.history if r.seq == mine["based_on"]), None)
    if started_from:
        words |= {p.quote.id: p.quote.exact for p in started_from.evidence if p.quote}
    # a withdrawal says nothing that could be taken field by field
    before = _told(started_from, words, titles) if started_from and theirs.code else {}
    here = _told(theirs, words, titles)
    typed = {
        "code": _word(mine["code"]),
        "rationale": mine["rationale"],
        "conditions": mine["conditions"],
        "limits": mine["limits"],
        "depends_on": ", ".join(names.get(i, "") for i in mine["depends_on"]),
        "red_line": _yes(mine["red_line"]),
        "confidence": _sure(mine["confidence"]),
        "held_from": in_words(mine["held_from"], mine["precision"]),
        "evidence": _evidence(form.chosen, words, titles),
    }
    carried = [
        (name, value)
        for name, values in data.lists()
        if name not in NOT_CARRIED and not name.startswith(PICK)
        for value in values
    ]
    standing = [record.seq for record in cell.standing_records]
    if standing:  # what it was to replace may have been replaced since
        replaces = mine["replaces"] if mine["replaces"] in standing else standing[0]
        carried.append(("replaces", str(replaces)))
    chosen = mine["cause"] if mine["cause"] != Cause.FIRST else Cause.REJUDGED
    return Conflict(
        started_from=mine["based_on"],
        theirs=theirs,
        lines=tuple(
            Line(name, label, here[name], typed[name], typed[name] == before.get(name))
            for name, label in FIELDS.items()
        ),
        carried=tuple(carried),
        why=mine["why"],
        causes=tuple((c.value, c.label, c == chosen) for c in Cause if c != Cause.FIRST),
    )


def _told(record: Record, words: dict[int, str], titles: dict[int, str]) -> dict[str, str]:
    """Each field of a record in words."""
    return {
        "code": _word(record.code),
        "rationale": record.rationale,
        "conditions": record.conditions,
        "limits": record.limits,
        "depends_on": ", ".join(party.name for party in record.depends_on),
        "red_line": _yes(record.red_line),
        "confidence": _sure(record.confidence),
        "held_from": in_words(record.held_from, record.precision),
        "evidence": _evidence(evidence_of(record), words, titles),
    }


def merged(data: QueryDict, cell: Cell) -> QueryDict:
    """What was sent, with the colleague's value in each field for which theirs was picked."""
    picked = [name for name in FIELDS if data.get(PICK + name) == "theirs"]
    record = next((r for r in cell.history if str(r.seq) == data.get("based_on")), None)
    if not picked or record is None:
        return data
    data = data.copy()
    theirs = initial_of(record)
    for name in picked:
        if name == "evidence":
            _put_evidence(data, evidence_of(record))
        elif name == "depends_on":
            data.setlist(name, theirs.get(name, []))
        elif name == "red_line":
            data.setlist(name, ["on"] if theirs.get(name) else [])
        elif name == "held_from":
            data[name] = str(theirs.get(name) or "")
            data["precision"] = theirs["precision"]
        else:
            data[name] = theirs.get(name, "")
    return data


def _put_evidence(data: QueryDict, items: Iterable[Item]) -> None:
    for name in [name for name in data if is_evidence(name)]:
        del data[name]
    for name, value in as_data(items).items():
        data[name] = value


def _word(code: str) -> str:
    return Code(code).label if code else "Withdrawn"


def _sure(confidence: str) -> str:
    return Confidence(confidence).label if confidence else ""


def _yes(there: Any) -> str:
    return "Yes" if there else "No"


def _evidence(items: Iterable[Item], words: dict[int, str], titles: dict[int, str]) -> str:
    lines = [
        f"{item.bearing}: “{words.get(item.quote, '')}”"
        if item.quote
        else f"{item.bearing}: {titles.get(item.source or 0, '')}, {item.locator}"
        for item in items
    ]
    return "\n".join(sorted(lines))
