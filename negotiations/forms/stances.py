"""The form of a stance: every field of it, why it is recorded, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms

from ..domain.cells import Cell, Named, Record
from ..domain.stances import Draft, Item
from ..models.evidence import Bearing
from ..models.fields import Precision
from ..models.stances import ADDING, Cause, Code, Confidence
from .fields import Words

BEARING = "bearing-"  # bearing-12=supports: the quote 12 supports the judgement
LOCATORS = 3  # rows for records without a text


class StanceForm(forms.Form):
    code = forms.ChoiceField(
        label="Stance",
        choices=Code.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose one of the stances of the code book."},
    )
    rationale = Words(
        label="Rationale",
        help_text="How the words lead to this judgement; for “not enough evidence”, what was searched.",
        error_messages={"required": "Say how the words lead to this judgement, or what was searched."},
    )
    conditions = Words(
        label="Conditions", rows=2, required=False, help_text="If, when: after a peace agreement."
    )
    limits = Words(label="Limits", rows=2, required=False, help_text="But not: no soldiers of its own.")
    depends_on = forms.MultipleChoiceField(
        label="Depends on",
        required=False,
        help_text="Parties that must move first.",
        widget=forms.CheckboxSelectMultiple,
    )
    red_line = forms.BooleanField(label="Red line: said to be not negotiable", required=False)
    confidence = forms.ChoiceField(
        label="Confidence", choices=Confidence.choices, widget=forms.RadioSelect, required=False
    )
    held_from = forms.DateField(
        label="Held from",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text="When the party took this stance, not when you record it.",
        error_messages={
            "invalid": "Write the day like 2026-01-06.",
            "required": "Say from when the party held this, or by when it did.",
        },
    )
    precision = forms.ChoiceField(label="How exactly", choices=Precision.choices, required=False)
    cause = forms.ChoiceField(label="Cause", choices=Cause.choices, help_text="Why there is another stance.")
    replaces = forms.TypedChoiceField(
        label="Replaces",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Only for causes that replace an earlier stance.",
    )
    why = Words(
        label="Reason for the change",
        rows=2,
        help_text="It is shown in the history.",
        error_messages={"required": "Say why you make this change; it is shown in the history."},
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, cell: Cell, cause: str = "") -> None:
        initial = initial_of(cell.current) if data is None else {}
        initial |= {"based_on": cell.version, "key": str(uuid4())}
        if cell.history:
            initial["cause"] = cause if cause in Cause.values else Cause.MOVED
        if cause == Cause.EVIDENCE and cell.current:
            initial["why"] = "More evidence for the same judgement."
        super().__init__(data, initial=initial)
        self.cell = cell
        if data is not None:
            self._ask_only_what_is_said(data)
        self.evidence_errors: list[str] = []
        self.chosen = evidence_in(data) if data is not None else evidence_of(cell.current)
        causes = [c for c in Cause if (c == Cause.FIRST) != bool(cell.history)]
        self._offer("cause", [(c.value, c.label) for c in causes])
        records = cell.standing_records
        self._offer("replaces", [("", "None")] + [(r.seq, _in_words(r)) for r in records])
        if records:
            seq = cell.current.seq if cell.current in records else records[0].seq
            self.fields["replaces"].initial = seq

    def _ask_only_what_is_said(self, data: Mapping[str, Any]) -> None:
        """A withdrawal says nothing anew, and “not enough evidence” needs no beginning."""
        withdrawn = data.get("cause") == Cause.WITHDRAWN
        self.fields["rationale"].required = not withdrawn
        self.fields["held_from"].required = not withdrawn and data.get("code") != Code.UNKNOWN

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def offer_parties(self, parties: list[Named]) -> None:
        self._offer("depends_on", [(p.slug, p.name) for p in parties if p.slug != self.cell.party.slug])
        self.party_ids = {p.slug: p.id for p in parties}

    def clean_depends_on(self) -> tuple[int, ...]:
        return tuple(self.party_ids[slug] for slug in self.cleaned_data["depends_on"])

    def clean(self) -> dict[str, Any]:
        for item in self.chosen:
            if bool(item.locator) != bool(item.source) and item.quote is None:
                self.add_error(None, "A record without a text needs both: the source, and where in it.")
        return self.cleaned_data

    @property
    def draft(self) -> Draft:
        data = self.cleaned_data
        cause = data["cause"]
        return Draft(
            cause=cause,
            code=data["code"],
            rationale=data["rationale"],
            conditions=data["conditions"],
            limits=data["limits"],
            depends_on=data["depends_on"],
            red_line=data["red_line"],
            confidence=data["confidence"],
            held_from=data["held_from"],
            precision=data["precision"] or Precision.DAY,
            replaces=None if cause in ADDING else data["replaces"],
            evidence=tuple(self.chosen),
        )

    def show(self, errors: Mapping[str, str]) -> None:
        """Put the domain's sentences at their fields; what has no field stands on top."""
        for name, sentence in errors.items():
            if name == "evidence":  # chosen quote by quote, so there is no one field
                self.evidence_errors.append(sentence)
            self.add_error(name if name in self.fields else None, sentence)


def initial_of(record: Record | None) -> dict[str, Any]:
    """What the fields say where a record is edited."""
    if record is None:
        return {"precision": Precision.BY, "confidence": Confidence.LOW}
    always = not record.precision
    return {
        "code": record.code,
        "rationale": record.rationale,
        "conditions": record.conditions,
        "limits": record.limits,
        "depends_on": [party.slug for party in record.depends_on],
        "red_line": record.red_line,
        "confidence": record.confidence,
        "held_from": None if always else record.held_from,
        "precision": Precision.BY if always else record.precision,
    }


def evidence_of(record: Record | None) -> list[Item]:
    return [
        Item(p.bearing, p.quote.id if p.quote else None, p.source_id, p.locator)
        for p in (record.evidence if record else ())
    ]


def evidence_in(data: Mapping[str, Any]) -> list[Item]:
    """The evidence that a sent form names; what makes no sense in it is left out."""
    items = []
    for name in data:
        number = name.removeprefix(BEARING)
        if name.startswith(BEARING) and _is_id(number) and data[name] in Bearing.values:
            items.append(Item(data[name], quote=int(number)))
    for n in range(LOCATORS):
        source, where = data.get(f"source-{n}", ""), str(data.get(f"locator-{n}", "")).strip()[:300]
        bearing = data.get(f"locator-bearing-{n}", "")
        if (source or where) and bearing in Bearing.values:
            items.append(Item(bearing, source=int(source) if _is_id(source) else None, locator=where))
    return items


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _in_words(record: Record) -> str:
    return f"{record.seq}: {Code(record.code).label if record.code else 'withdrawn'}"
