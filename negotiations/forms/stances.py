"""The form of a stance: every field of it, why it is recorded, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from ..database.dates import ALWAYS
from ..domain.cells import Cell, Identified, Record
from ..domain.stances import Draft
from ..models.fields import Precision
from ..models.stances import ADDING, Cause, Code, Confidence
from .evidence import evidence_in, evidence_of, problems_of
from .fields import Words
from .keyed import Keyed


class StanceForm(Keyed):
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
    conditions = Words(label="Conditions", rows=2, required=False, help_text="If, when: after a peace agreement.")
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
    cause = forms.ChoiceField(
        label="Cause",
        choices=Cause.choices,
        help_text="Why there is another stance.",
        error_messages={"required": "Say why there is another stance."},
    )
    replaces = forms.IntegerField(
        label="Replaces",
        widget=forms.Select,
        min_value=1,
        max_value=2**31 - 1,
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
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, cell: Cell, cause: str = "", searched: str = "", prefix: str = ""
    ) -> None:
        """`searched` tells what was looked for in vain: a rationale for “not enough evidence”."""
        initial = initial_of(cell.current) if data is None else {}
        initial |= {"based_on": cell.version, "seen": cell.workspace.revision}
        if cell.history:  # nobody is led to a cause, but by a link that names it
            initial["cause"] = cause if cause in Cause.values else ""
        if cause == Cause.EVIDENCE and cell.current:
            initial["why"] = "More evidence for the same judgement."
        if searched:
            initial |= {"code": Code.UNKNOWN, "rationale": searched, "held_from": None}
        super().__init__(data, initial=initial, prefix=prefix or None)
        self.cell = cell
        if data is not None:
            data = own(data, prefix)
            self._ask_only_what_is_said(data)
        self.evidence_errors: list[str] = []
        self.chosen = evidence_in(data) if data is not None else evidence_of(cell.current)
        # What is offered fits the cell as it stands; what was sent may be of an earlier state, and the domain
        # says so: a form sent twice is answered the same, one that is outdated shows both versions.
        causes = [c for c in Cause if (c == Cause.FIRST) != bool(cell.history)]
        choose = [("", "Choose")] if cell.history else []
        self._show("cause", choose + [(c.value, c.label) for c in causes])
        records = cell.standing_records
        self._show("replaces", [("", "None")] + [(r.seq, _in_words(r)) for r in records])
        if records:
            seq = cell.current.seq if cell.current in records else records[0].seq
            self.fields["replaces"].initial = seq

    def start_from(self, record: Record) -> None:
        """Begin with what was proposed before instead of what stands; it replaces what it can still replace."""
        told: dict[str, Any] = {"cause": record.cause, "why": record.why}
        if record.replaces in [each.seq for each in self.cell.standing_records]:
            told["replaces"] = record.replaces
        self.initial = {**self.initial, **initial_of(record), **told}
        self.chosen = evidence_of(record)

    def _ask_only_what_is_said(self, data: Mapping[str, Any]) -> None:
        """A withdrawal says nothing anew, and “not enough evidence” needs no beginning."""
        withdrawn = data.get("cause") == Cause.WITHDRAWN
        self.fields["rationale"].required = not withdrawn
        self.fields["held_from"].required = not withdrawn and data.get("code") != Code.UNKNOWN

    def _show(self, name: str, choices: list[tuple[Any, str]]) -> None:
        """Offer these in a list, without refusing others."""
        widget = self.fields[name].widget
        assert isinstance(widget, forms.Select)
        widget.choices = choices

    def offer_parties(self, parties: list[Identified]) -> None:
        field = self.fields["depends_on"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(p.slug, p.name) for p in parties if p.slug != self.cell.party.slug]
        self.party_ids = {p.slug: p.id for p in parties}

    def clean_depends_on(self) -> tuple[int, ...]:
        return tuple(self.party_ids[slug] for slug in self.cleaned_data["depends_on"])

    def clean_held_from(self) -> date | None:
        day = self.cleaned_data["held_from"]
        if day == ALWAYS:  # stands for minus infinity, which nobody means by writing it
            raise forms.ValidationError(self.fields["held_from"].error_messages["invalid"])
        return day

    def clean_based_on(self) -> int:
        if self.cleaned_data["based_on"] > self.cell.version:
            raise forms.ValidationError("This form names a stance that this cell has not. Open it again.")
        return self.cleaned_data["based_on"]

    @property
    def started_from(self) -> int:
        """The version of the cell that the form was opened at, also before the form is judged; 0 where it says none."""
        said = str(self.data.get("based_on", ""))
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0

    @property
    def is_outdated(self) -> bool:
        return self.started_from < self.cell.version

    def clean(self) -> dict[str, Any]:
        for problem in problems_of(self.chosen):
            self.add_error(None, problem)
        return self.cleaned_data

    def see(self, revision: int) -> None:
        """What is open by this revision is shown beside the form now."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["seen"] = str(revision)

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


def own(data: Mapping[str, Any], prefix: str) -> Mapping[str, Any]:
    """Of what was sent, the fields of the form with this prefix, by their names without it."""
    if not prefix:
        return data
    start = f"{prefix}-"
    return {name.removeprefix(start): data[name] for name in data if name.startswith(start)}


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


def _in_words(record: Record) -> str:
    return f"{record.seq}: {Code(record.code).label if record.code else 'withdrawn'}"
