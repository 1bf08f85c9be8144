"""The form that gives something to an analyst."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from ..domain.assignments import LONGEST_NOTE, Analyst
from ..domain.things import Thing
from ..models.work import Task
from .fields import Words, offer


class GiveForm(forms.Form):
    task = forms.ChoiceField(label="What is to be done", widget=forms.RadioSelect)
    analyst = forms.TypedChoiceField(
        label="Give it to", coerce=int, error_messages={"required": "Choose an analyst of this negotiation."}
    )
    due = forms.DateField(
        label="By when",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Write the day like 2026-01-06."},
    )
    note = Words(label="Note", rows=2, required=False, max_length=LONGEST_NOTE)

    def __init__(self, data: QueryDict | None, *, thing: Thing, analysts: Sequence[Analyst], me: int) -> None:
        tasks = [Task.QUESTION] if thing.question else [Task.CELL, Task.RECHECK]
        first = Task.RECHECK if thing.rechecks else tasks[0]
        super().__init__(data, initial={"task": first, "analyst": me}, auto_id="give_%s")
        offer(self, "task", [(task.value, task.label) for task in tasks])
        offer(self, "analyst", [("", "Choose"), *((str(each.id), each.name) for each in analysts)])
