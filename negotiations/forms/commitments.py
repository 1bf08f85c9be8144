"""The forms of a commitment, and of a step that it has come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from ..domain.commitment_events import Step
from ..domain.places import Place
from ..models import Beneficiary, Commitment
from ..models.commitments import Stage
from ..models.fields import Precision
from ..texts.sentences import first_sentence
from .evidence import places_in, problems_of
from .fields import Day, Text
from .keyed import Keyed
from .kinds import Kind, Table
from .records import RecordForm


class CommitmentForm(RecordForm):
    days = ("due",)


def gist(commitment: Commitment) -> str:
    return first_sentence(commitment.text).removesuffix(".")


COMMITMENT = Kind(
    model=Commitment,
    name=gist,
    form=CommitmentForm,
    layout=(
        ("text",),
        ("party", "priority", "force"),
        ("instrument", "meeting"),
        ("due", "precision"),
        ("conditions",),
    ),
    intro="What a party undertook, or would under a draft. Its first sentence is its name; steps are added later.",
    tables=(
        Table(
            model=Beneficiary,
            key="commitment",
            prefix="towards",
            fields=("party",),
            same=("party",),
            title="Towards whom",
        ),
    ),
)


class StepForm(Keyed):
    status = forms.ChoiceField(label="Step", choices=Stage.choices)
    on = Day(label="On", required=False, help_text="Leave empty where it is unknown.")
    precision = forms.ChoiceField(label="Precision", choices=Precision.choices, initial=Precision.DAY)
    note = Text(label="Note", rows=2, required=False, help_text="What the words leave open, or how we know.")
    why = Text(label="Reason", rows=2, required=False, max_length=2000, help_text="It is shown in the log.")

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        self.places = places_in(data) if data is not None else []

    def clean(self) -> dict[str, Any]:
        for problem in problems_of(self.places):
            self.add_error(None, problem)
        if len(self.places) > 1:
            self.add_error(None, "Choose one quote, or one place in a source.")
        return self.cleaned_data

    @property
    def step(self) -> Step:
        data = self.cleaned_data
        place = self.places[0] if self.places else Place()
        return Step(data["status"], place, data["on"], data["precision"], data["note"], data["why"])
