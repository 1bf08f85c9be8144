"""The forms of a contradiction: adding one with its sides, adding to one, and ruling on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from ..domain.cell_names import CellName
from ..domain.contradiction_drafts import LONGEST_SAYING, LONGEST_TITLE, Details, Draft, Side
from ..domain.contradictions import ContradictionPage
from ..domain.places import Place
from ..domain.stances import Item
from ..models.contradictions import ContradictionKind, ContradictionState
from .evidence import evidence_in, places_in, problems_of
from .fields import Words, offer
from .keyed import Keyed

SIDES = ("1", "2", "3")  # more are added on the page of the contradiction
NEW = "new"


class ContradictionForm(Keyed):
    kind = forms.ChoiceField(label="Kind", choices=ContradictionKind.choices, initial=ContradictionKind.FACT)
    title = Words(
        label="What the sides disagree about",
        rows=1,
        max_length=LONGEST_TITLE,
        error_messages={"required": "Say what the sides disagree about."},
    )
    says_1 = Words(label="Side 1 says", rows=1, max_length=LONGEST_SAYING)
    says_2 = Words(label="Side 2 says", rows=1, max_length=LONGEST_SAYING)
    says_3 = Words(label="Side 3 says", rows=1, max_length=LONGEST_SAYING, required=False)
    description = Words(label="What else is to be said of it", rows=2, required=False)

    def __init__(self, data: QueryDict | None, *, quotes: Iterable[int] = (), cells: Iterable[str] = ()) -> None:
        super().__init__(data)
        for number in SIDES[:2]:
            self.fields[f"says_{number}"].error_messages["required"] = "Say in a few words what this side says."
        if data is None:
            self.chosen = [Item(side, quote=quote) for side, quote in zip(SIDES, quotes, strict=False)]
            self.cells = list(cells)
        else:
            self.chosen = evidence_in(data, among=SIDES)
            self.cells = list(dict.fromkeys(data.getlist("cell")))

    def clean(self) -> dict[str, Any]:
        for problem in problems_of(self.chosen):
            self.add_error(None, problem)
        return self.cleaned_data

    def draft(self, cells: Mapping[str, int]) -> Draft:
        """`cells` has the ids of those named in the form, as far as they are there."""
        data = self.cleaned_data
        sides = [number for number in SIDES if data[f"says_{number}"] or self._places(number)]
        return Draft(
            kind=data["kind"],
            title=data["title"],
            sides=tuple(Side(data[f"says_{number}"], self._places(number)) for number in sides),
            description=data["description"],
            cells=tuple(cells.get(name, 0) for name in self.cells),
        )

    def _places(self, side: str) -> tuple[Place, ...]:
        return tuple(Place(item.quote, item.source, item.locator) for item in self.chosen if item.bearing == side)

    def show(self, errors: Mapping[str, str]) -> None:
        """What is said of a side's words stands at what the side says."""
        super().show({name.replace("places_", "says_"): sentence for name, sentence in errors.items()})


class EditForm(Keyed):
    """What is said of it beside its sides, further cells that it touches, and those that it touches no more."""

    title = Words(
        label="What the sides disagree about",
        rows=1,
        max_length=LONGEST_TITLE,
        error_messages={"required": "Say what the sides disagree about."},
    )
    kind = forms.ChoiceField(label="Kind", choices=ContradictionKind.choices)
    description = Words(label="What else is to be said of it", rows=2, required=False)
    why = Words(
        label="Reason for the change",
        rows=2,
        help_text="It is shown in the log.",
        error_messages={"required": "Say why you change it; it is shown in the log."},
    )
    version = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, data: QueryDict | None, *, page: ContradictionPage) -> None:
        said = page.contradiction
        initial = {
            "title": said.title,
            "kind": said.kind,
            "description": page.description,
            "version": page.version,
        }
        super().__init__(data, initial=initial, auto_id="edit_%s")
        self.cells = list(dict.fromkeys(data.getlist("cell"))) if data is not None else []
        self.without = data.getlist("without") if data is not None else []
        touched = (CellName(line.party, line.priority) for line in page.cells)
        self.touched = [(cell, str(cell) in self.without) for cell in touched]

    def details(self, cells: Mapping[str, int]) -> Details:
        """`cells` has the ids of those named in the form, as far as they are there."""
        data = self.cleaned_data
        return Details(
            kind=data["kind"],
            title=data["title"],
            description=data["description"],
            cells=tuple(cells.get(name, 0) for name in self.cells),
            without=tuple(cells[name] for name in self.without if name in cells),
        )


class AddingForm(Keyed):
    """More words for a side, or a new side with the words that say so."""

    side = forms.ChoiceField(label="For which side", error_messages={"required": "Choose the side that says so."})
    says = Words(
        label="What the new side says", rows=1, max_length=LONGEST_SAYING, required=False, help_text="In a few words."
    )

    def __init__(self, data: QueryDict | None, *, page: ContradictionPage) -> None:
        super().__init__(data, auto_id="adding_%s")
        self.places = places_in(data) if data is not None else []
        sides = [(str(side.number), f"{side.number}: {side.says}") for side in page.sides]
        offer(self, "side", [*sides, (NEW, "A new side")])

    def clean(self) -> dict[str, Any]:
        for problem in problems_of(self.places):
            self.add_error(None, problem)
        return self.cleaned_data


class RulingForm(Keyed):
    state = forms.ChoiceField(
        label="What becomes of it", widget=forms.RadioSelect, error_messages={"required": "Choose what becomes of it."}
    )
    reason = Words(
        label="Reason",
        rows=2,
        help_text="It stays with the contradiction, and so do both sides.",
        error_messages={"required": "Say why; the reason stays with the contradiction."},
    )

    def __init__(self, data: QueryDict | None, *, page: ContradictionPage) -> None:
        super().__init__(data, auto_id="ruling_%s")
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = ContradictionState.choices
        # What it is already is not offered, but taken: a form that is sent twice is answered the same.
        labels = {ContradictionState.OPEN: "Open again"}
        field.widget.choices = [
            (state.value, labels.get(state, state.label))
            for state in ContradictionState
            if state != page.contradiction.state
        ]
