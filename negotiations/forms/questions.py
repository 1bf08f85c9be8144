"""The forms of a question: asking it, wording it anew, answering it, dropping it or opening it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from ..domain.cell_names import Grid
from ..domain.question_acts import LONGEST_TEXT, LONGEST_WHOM, Wording
from ..domain.questions import QuestionPage
from .evidence import places_in, problems_of
from .fields import Words, offer
from .keyed import Keyed


class WordingForm(Keyed):
    text = Words(
        label="What we would need to know",
        rows=2,
        max_length=LONGEST_TEXT,
        error_messages={"required": "Say what we would need to know."},
    )
    whom = Words(label="Whom to ask", rows=1, max_length=LONGEST_WHOM, required=False)
    due = forms.DateField(
        label="By when",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Write the day like 2026-01-06."},
    )

    @property
    def wording(self) -> Wording:
        data = self.cleaned_data
        return Wording(data["text"], data["whom"], data["due"])


class AskForm(WordingForm):
    """Of a cell, or of the negotiation as a whole."""

    party = forms.ChoiceField(label="About the party", required=False)
    priority = forms.ChoiceField(label="On the priority", required=False)

    def __init__(self, data: QueryDict | None, *, grid: Grid, cell: str = "") -> None:
        party, _, number = cell.partition(":")
        super().__init__(data, initial={"party": party, "priority": number})
        self._offer("party", [(each.slug, each.name) for each in grid.parties])
        self._offer("priority", [(str(each.number), f"{each.number} {each.name}") for each in grid.priorities])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        offer(self, name, [("", "None: about the whole"), *choices])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "party" in data and "priority" in data and bool(data["party"]) != bool(data["priority"]):
            missing = "priority" if data["party"] else "party"
            self.add_error(missing, "A cell is a party on a priority: choose both, or neither.")
        return data

    @property
    def cell(self) -> str:
        """The cell's name, empty where the question is about the whole."""
        data = self.cleaned_data
        return f"{data['party']}:{data['priority']}" if data["party"] else ""


class EditForm(WordingForm):
    version = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, data: QueryDict | None, *, page: QuestionPage) -> None:
        asked = page.question
        initial = {"text": asked.text, "whom": asked.whom, "due": asked.due, "version": page.version}
        super().__init__(data, initial=initial, auto_id="edit_%s")


class AnswerForm(Keyed):
    note = Words(label="Note", rows=2, required=False, help_text="How the words answer it, and what they leave open.")

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, auto_id="answer_%s")
        self.places = places_in(data) if data is not None else []

    def clean(self) -> dict[str, Any]:
        for problem in problems_of(self.places):
            self.add_error(None, problem)
        if len(self.places) > 1:
            self.add_error(None, "Choose one quote, or one place in a source. Others can be added as further answers.")
        return self.cleaned_data


class NoteForm(Keyed):
    note = Words(
        label="Why",
        rows=2,
        help_text="It stays with the question.",
        error_messages={"required": "Say why; the note stays with the question."},
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, auto_id="turn_%s")
