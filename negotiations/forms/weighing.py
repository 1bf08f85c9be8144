"""The form of the one pass after citing: for each cell what the quote means there, and one reason for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict

from ..domain import confidence
from ..domain.cells import Cell, StanceProof
from ..domain.positions import Entry
from ..domain.quotes import Cited
from ..domain.reasons import Reason
from ..domain.stances import Draft, Item
from ..domain.weighing import Choice, Weighing, choices_for, proposed, rests_on, same
from ..models.evidence import Bearing
from ..models.stances import Cause, Code, Confidence
from ..texts.sentences import first_sentence
from .fields import Words
from .keyed import Keyed
from .stances import StanceForm

LABELS = {
    Choice.SAME: "Same stance, more evidence",
    Choice.CHANGE: "Change",
    Choice.CONTEXT: "Context only",
    Choice.LATER: "Not now",
}
STILL_UNKNOWN = "Still not enough evidence; keep the words as context"
NOT_YET = "Record “not enough evidence”, with the words as context"


class ChoiceForm(forms.Form):
    """What is decided for one cell. `standing` is the seq of the stance that its author saw standing, if any.

    `seen` is the revision at which the reasons to re-check it were shown.
    """

    choice = forms.ChoiceField(
        label="What do the words mean here?",
        choices=[(choice.value, label) for choice, label in LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the words mean for this cell."},
    )
    bearing = forms.ChoiceField(
        label="How these words bear on it", choices=[("", "Choose"), *Bearing.choices], required=False
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    standing = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1, required=False)


@dataclass
class Card:
    """One cell on the page, and why it is to be re-checked. `moved`: somebody recorded a stance of it meanwhile."""

    cell: Cell
    quote: Cited
    pick: ChoiceForm
    stance: StanceForm
    reasons: tuple[Reason, ...] = ()
    moved: bool = False

    @property
    def prefix(self) -> str:
        return prefix_of(self.cell)

    @property
    def gist(self) -> str:
        return first_sentence(self.cell.current.rationale, 240) if self.cell.current else ""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Value, label, and whether it is chosen."""
        labels = LABELS | self._labels_of_the_unknown()
        return [(c.value, labels[c], c == self.pick["choice"].value()) for c in choices_for(self.cell)]

    def _labels_of_the_unknown(self) -> dict[Choice, str]:
        if self.cell.current is None:
            return {Choice.SAME: NOT_YET, Choice.CHANGE: "Record a stance"}
        return {Choice.SAME: STILL_UNKNOWN} if self.cell.current.code == Code.UNKNOWN else {}

    @property
    def others(self) -> list[tuple[StanceProof, str, int]]:
        """What the standing stance rests on beside the quote: each with its bearing on the change, and its number."""
        chosen = {(i.quote, i.source, i.locator): i.bearing for i in self.stance.chosen}
        proofs = [p for p in self.cell.current.evidence if _is_other(p, self.quote)] if self.cell.current else []
        keys = [(p.quote.id if p.quote else None, p.source_id, p.locator) for p in proofs]
        return [(p, chosen.get(key, ""), n) for n, (p, key) in enumerate(zip(proofs, keys, strict=True))]

    @property
    def already(self) -> str:
        """How the standing stance rests on these words already, if it does."""
        return rests_on(self.cell, self.quote.id)

    @property
    def proposed_with(self) -> Confidence:
        """What the evidence proposes once the quote supports the stance too."""
        return proposed(self.cell, self.quote, str(self.pick["bearing"].value()))

    @property
    def proposed_change(self) -> Confidence:
        """What the words and the evidence chosen for the change propose."""
        known = {proof.quote.id: proof.quote for proof, _, _ in self.others if proof.quote}
        found = [known[i.quote] for i in self.stance.chosen if i.bearing == Bearing.SUPPORTS and i.quote in known]
        return confidence.propose(quote.graded for quote in [*found, self.quote] if quote.counts)

    def is_valid(self) -> bool:
        fine = self.pick.is_valid()
        if fine and self.pick.cleaned_data["based_on"] > self.cell.version:
            self.pick.add_error(None, "This form names a stance that this cell has not. Open it again.")
            fine = False
        if (
            fine
            and self._choice == Choice.SAME
            and self.cell.standing.is_known
            and not self.pick.cleaned_data["bearing"]
        ):
            self.pick.add_error("bearing", "Say how these words bear on the judgement that stays.")
            fine = False
        if self._choice == Choice.CHANGE:
            fine = self.stance.is_valid() and fine
        return fine

    @property
    def _choice(self) -> str:
        return str(self.pick["choice"].value())

    @property
    def is_wrong(self) -> bool:
        """Whether something in it has to be put right."""
        return bool(self.pick.errors or self.stance.errors)

    @property
    def is_put_off(self) -> bool:
        return self.pick.cleaned_data["choice"] == Choice.LATER

    def entry(self, why: str) -> Entry:
        data = self.pick.cleaned_data
        return Entry(self.cell.id, data["based_on"], self._draft(data, why), data["seen"])

    def _draft(self, data: Mapping[str, Any], why: str) -> Draft:
        if data["choice"] == Choice.CHANGE:
            draft = self.stance.draft
            others = [item for item in draft.evidence if item.quote != self.quote.id]
            # a new judgement is made on these words, so they support it, whatever they did to the old one
            return replace(draft, evidence=(*others, Item(Bearing.SUPPORTS, quote=self.quote.id)))
        bearing = Bearing.CONTEXT if data["choice"] == Choice.CONTEXT else data["bearing"]
        seen = next((record for record in self.cell.history if record.seq == data["standing"]), None)
        return same(seen, self.quote.id, bearing, why)

    def show(self, errors: Mapping[str, str]) -> None:
        """Put the domain's sentences at this card's fields."""
        if self._choice == Choice.CHANGE:
            self.stance.show(errors)
        else:
            for sentence in errors.values():
                self.pick.add_error(None, sentence)


class WeighForm(Keyed):
    why = Words(
        label="Reason for all of it",
        rows=2,
        error_messages={"required": "Say why you make this change; it is shown in the history."},
    )

    def __init__(self, data: QueryDict | None, *, weighing: Weighing, bearing: str = "") -> None:
        super().__init__(data)
        reason = f"Cited from “{weighing.source.name}”."
        self.fields["why"].help_text = f"It is shown in the history of each cell, such as: {reason}"
        bearing = bearing if bearing in Bearing.values else ""
        self.cards = [_card(data, cell, weighing, bearing) for cell in weighing.cells]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(card.is_valid() for card in self.cards)])

    @property
    def entries(self) -> list[Entry]:
        """What is to be recorded: nothing of the cells that are put off."""
        return [card.entry(self.cleaned_data["why"]) for card in self.cards if not card.is_put_off]

    def show(self, errors: Mapping[str, str], cells: Mapping[int, Mapping[str, str]] | None = None) -> None:
        """Put the domain's sentences at the cards that they are about; what is about none stands on top."""
        for card in self.cards:
            card.show((cells or {}).get(card.cell.id, {}))
        super().show({} if cells else errors)


def started_again(sent: QueryDict, weighing: Weighing) -> WeighForm:
    """The form as it was sent, now on top of what others recorded meanwhile; of their cells one chooses anew.

    What was typed for a change is kept. `weighing` is as the cells stand now.
    """
    data = sent.copy()
    moved = set()
    for cell in weighing.cells:
        prefix = prefix_of(cell)
        data[f"{prefix}-seen"] = str(weighing.workspace.revision)
        if data.get(f"{prefix}-based_on") == str(cell.version):
            continue
        moved.add(cell.id)
        data[f"{prefix}-based_on"] = str(cell.version)
        data[f"{prefix}-standing"] = str(cell.current.seq) if cell.current else ""
        if data.get(f"{prefix}-choice") != Choice.CHANGE:
            data.pop(f"{prefix}-choice", None)
        if data.get(f"{prefix}-cause") == Cause.FIRST:  # it is not any more; what it is now, its author has to say
            data.pop(f"{prefix}-cause")
        standing = [str(record.seq) for record in cell.standing_records]
        if standing and data.get(f"{prefix}-replaces") not in standing:
            data[f"{prefix}-replaces"] = standing[0]
    form = WeighForm(data, weighing=weighing)
    for card in form.cards:
        card.moved = card.cell.id in moved
    return form


def prefix_of(cell: Cell) -> str:
    return f"c{cell.id}"


def _is_other(proof: StanceProof, quote: Cited) -> bool:
    return proof.quote is None or proof.quote.id != quote.id


def _card(data: QueryDict | None, cell: Cell, weighing: Weighing, bearing: str) -> Card:
    quote, prefix = weighing.quote, prefix_of(cell)
    initial = {
        "bearing": bearing,
        "based_on": cell.version,
        "standing": cell.current.seq if cell.current else None,
        "seen": weighing.workspace.revision,
    }
    stance = StanceForm(data, cell=cell, prefix=prefix)
    for name in ("why", "key", "based_on", "seen"):  # one for all cells, or told with the choice
        del stance.fields[name]
    stance.offer_parties(list(weighing.parties))
    if data is None:
        stance.initial = {**stance.initial, **_initial(cell, quote)}
        stance.chosen = [item for item in stance.chosen if item.quote != quote.id]
    elif data.get(f"{prefix}-choice") != Choice.CHANGE:
        stance.leave_unchecked()
    pick = ChoiceForm(data, initial=initial, prefix=prefix)
    return Card(cell, quote, pick, stance, weighing.reasons.get(cell.id, ()))


def _initial(cell: Cell, quote: Cited) -> dict[str, Any]:
    """Where a change begins: from what stands, held from when the words were said."""
    unknown = cell.current is None or cell.current.code == Code.UNKNOWN
    told: dict[str, Any] = {"code": "", "rationale": ""} if unknown else {}
    if quote.said_on:
        told |= {"held_from": quote.said_on, "precision": quote.precision}
    return told | {"confidence": proposed(cell, quote, Bearing.SUPPORTS)}
