"""The form of a citation: the words, whose they are, how they reached us, and the cells that they speak to."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from django import forms
from django.http import QueryDict

from ..domain.asking import Unanswerable, read_number
from ..domain.citable import Citable, Passage
from ..domain.citing import LONGEST_THROUGH, Told
from ..domain.names import of_cell
from ..domain.quotes import Cited
from ..domain.weighing import MOST_CELLS
from ..models.evidence import Bearing
from ..models.fields import Precision
from ..models.quotes import Basis, Credibility
from ..texts.locating import same_words
from .fields import Words, offer
from .keyed import Keyed

SAID = [(p.value, p.label if p != Precision.BY else "by that day") for p in Precision]


class CiteForm(Keyed):
    text = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    paragraph = forms.IntegerField(
        label="Paragraph",
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        help_text="Left open, the whole text is searched.",
    )
    passage = Words(
        label="Passage",
        rows=4,
        help_text="The words just as they stand there; line ends, quotation marks and dashes may differ.",
        error_messages={"required": "Type or paste the words that you cite."},
    )
    cell = forms.MultipleChoiceField(
        label="Cells",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "There is no such cell here: %(value)s."},
    )
    bearing = forms.ChoiceField(label="How the words bear on the judgement", choices=Bearing.choices, required=False)
    speaker = forms.ChoiceField(label="Speaker", required=False)
    party = forms.ChoiceField(label="Party", required=False)
    said_on = forms.DateField(
        label="Said on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Write the day like 2026-01-06."},
    )
    precision = forms.ChoiceField(label="How exactly", choices=SAID, required=False)
    basis = forms.ChoiceField(
        label="Basis",
        choices=[("", "Choose"), *Basis.choices],
        error_messages={"required": "Say how these words are theirs."},
    )
    through = Words(
        label="Through whom",
        rows=1,
        required=False,
        max_length=LONGEST_THROUGH,
    )
    credibility = forms.ChoiceField(
        label="Credibility of the claim", required=False, choices=[("", "Not judged"), *Credibility.choices]
    )
    reason = Words(label="Reason for the credibility", rows=1, required=False)

    def __init__(self, data: QueryDict | None, *, desk: Citable, asked: QueryDict) -> None:
        super().__init__(data, initial=_initial(desk, asked))
        self.desk = desk
        self.chosen: Passage | None = None
        self.places: list[Passage] = []
        self._offer("speaker", "Nobody named", ((p.slug, f"{p.name}, {p.party.name}") for p in desk.people))
        self._offer("party", "The speaker’s", ((p.slug, p.name) for p in desk.parties))
        cells = [(f"{p.slug}:{n.number}", of_cell(p.name, n.number)) for p in desk.parties for n in desk.priorities]
        offer(self, "cell", cells)

    def _offer(self, name: str, none: str, choices: Iterable[tuple[str, str]]) -> None:
        offer(self, name, [("", none), *choices])

    def clean_cell(self) -> list[str]:
        cells = list(dict.fromkeys(self.cleaned_data["cell"]))
        if len(cells) > MOST_CELLS:
            raise forms.ValidationError(
                f"Choose at most {MOST_CELLS} cells, so that each can be weighed. Weigh the others in another pass: "
                "“Weigh” is beside the mark of each quote."
            )
        return cells

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "passage" in data and "paragraph" in data:
            self._find(data["passage"], data["paragraph"], data.get("place", ""))
        return data

    def _find(self, words: str, paragraph: int | None, place: str) -> None:
        """The passage that is meant: the place named, if it has these words, or the only one that has."""
        named = _place_in(self.desk, place)
        if named and same_words(named.words, words):
            self.chosen = named
            return
        self.places = self.desk.find(words, paragraph)
        if len(self.places) == 1:
            self.chosen = self.places[0]
        elif self.places:
            self.add_error("passage", f"These words stand in {len(self.places)} places. Choose one of them.")
        else:
            self.add_error("passage", self._not_there(words, paragraph))

    def _not_there(self, words: str, paragraph: int | None) -> str:
        if paragraph is None:
            return f"These words do not stand in the text. {self._nearly(words) or 'Copy them from there.'}"
        if not 1 <= paragraph <= len(self.desk.paragraphs):
            return f"The text has no paragraph {paragraph}; it has {len(self.desk.paragraphs)}."
        elsewhere = sorted({found.paragraph for found in self.desk.find(words)})[:5]
        if elsewhere:
            places = ", ".join(map(str, elsewhere))
            return f"These words do not stand in paragraph {paragraph}, but in {places}."
        missing = f"These words do not stand in paragraph {paragraph}, nor anywhere else in this text."
        return f"{missing} {self._nearly(words)}".rstrip()

    def _nearly(self, words: str) -> str:
        near = self.desk.nearly(words)
        said = " ".join(near.words.split()) if near else ""
        return f"Paragraph {near.paragraph} says: “{shorten(said, 300, placeholder='…')}”." if near else ""

    @property
    def told(self) -> Told:
        data = self.cleaned_data
        speakers = {person.slug: person.id for person in self.desk.people}
        parties = {party.slug: party.id for party in self.desk.parties}
        return Told(
            basis=data["basis"],
            speaker=speakers.get(data["speaker"]),
            party=parties.get(data["party"]),
            said_on=data["said_on"],
            precision=data["precision"] or Precision.DAY,
            through=data["through"],
            credibility=int(data["credibility"]) if data["credibility"] else None,
            reason=data["reason"],
        )


def _initial(desk: Citable, asked: QueryDict) -> dict[str, Any]:
    """What the address asks for, and for the rest what the citation before said; else what the source says."""
    passage = _asked_passage(desk, asked)
    paragraph = passage.paragraph if passage else read_number(asked.get("paragraph"), "The paragraph")
    last = desk.last
    bearing = asked.get("bearing", "")
    return {
        "text": desk.snapshot.number,
        "place": passage.place if passage else "",
        "paragraph": paragraph or None,
        "passage": passage.words if passage else "",
        "cell": asked.getlist("cell"),
        "bearing": bearing if bearing in Bearing.values else "",
        "speaker": last.speaker_slug if last else "",
        "party": _party(desk, last) if last else "",
        "said_on": last.said_on if last else desk.published_on,
        "precision": last.precision if last else _by(desk.precision),
        "basis": str(last.basis) if last else "",
        "through": last.through if last else "",
    }


def _party(desk: Citable, last: Cited) -> str:
    """The party that was named; none where it is the speaker's, so that another speaker brings another party."""
    own = next((person.party.slug for person in desk.people if person.slug == last.speaker_slug), "")
    return "" if last.party_slug == own else last.party_slug


def _by(precision: str) -> str:
    """What was published on a day was said by then."""
    return Precision.BY if precision == Precision.DAY else precision


def _asked_passage(desk: Citable, asked: QueryDict) -> Passage | None:
    start = read_number(asked.get("start"), "The start of the passage")
    end = read_number(asked.get("end"), "The end of the passage")
    return None if start is None or end is None else desk.passage(start, end)


def _place_in(desk: Citable, place: str) -> Passage | None:
    """The passage that a sent form names, if there is such a place."""
    start, _, end = place.partition("-")
    try:
        first, last = read_number(start, "The start"), read_number(end, "The end")
        return None if first is None or last is None else desk.passage(first, last)
    except Unanswerable:
        return None
