"""A source's text with its quotes marked, and what each of them leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject

from ..models import (
    Anchoring,
    CommitmentEvent,
    ContradictionProof,
    Evidence,
    Original,
    QuestionEvent,
    Quote,
    Signature,
    Snapshot,
    Source,
)
from ..models.evidence import Bearing
from ..models.quotes import AnchorState
from ..models.sources import SnapshotKind
from ..texts.marking import Mark, Run, marked
from ..texts.sentences import first_sentence
from . import quotes
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace
from .permissions import Hidden
from .quotes import Cited

CSS = {Bearing.SUPPORTS: "", Bearing.CONTRADICTS: "contra", Bearing.CONTEXT: "ctx"}


@dataclass(frozen=True)
class Tie:
    """A cell whose stance of today rests on a quote, or on the source at a locator."""

    party: Named
    priority: Numbered
    code: str
    red_line: bool
    bearing: Bearing
    locator: str

    @property
    def css(self) -> str:
        return CSS[self.bearing]


@dataclass(frozen=True)
class Use:
    """Something else that rests on a quote: `kind` is the name of its address, `words` what it says."""

    kind: str
    slug: str
    words: str


@dataclass(frozen=True)
class Marked:
    """A quote in the text shown. `number` counts in the order of the text; `altered`: it has other words there."""

    number: int
    quote: Cited
    ties: tuple[Tie, ...]
    uses: tuple[Use, ...]
    altered: bool = False

    @property
    def css(self) -> str:
        """How the place is underlined: by the weightiest of its bearings; as context where no cell cites it."""
        bearings = {tie.bearing for tie in self.ties}
        return next((CSS[bearing] for bearing in CSS if bearing in bearings), "ctx")


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same quotes; `begins` and `ends` are those that begin and end with it."""

    text: str
    marks: tuple[Marked, ...]
    begins: tuple[Marked, ...]
    ends: tuple[Marked, ...]

    @property
    def css(self) -> str:
        """Of the quotes that overlap here, the one that is underlined most firmly."""
        found = {mark.css for mark in self.marks}
        return next((css for css in CSS.values() if css in found), "")


@dataclass(frozen=True)
class Paragraph:
    number: int
    pieces: tuple[Piece, ...]

    @property
    def marks(self) -> tuple[Marked, ...]:
        return tuple(mark for piece in self.pieces for mark in piece.begins)


@dataclass(frozen=True)
class Version:
    """One of the source's texts."""

    number: int
    kind: SnapshotKind
    has_original: bool


@dataclass(frozen=True)
class Reading:
    """One text of a source. `elsewhere` are its quotes from other texts that have no place in this one."""

    shown: Version
    language: str
    versions: tuple[Version, ...]
    paragraphs: tuple[Paragraph, ...]
    elsewhere: tuple[Marked, ...]
    without_quote: tuple[Tie, ...]

    @property
    def quotes(self) -> int:
        return sum(len(paragraph.marks) for paragraph in self.paragraphs)


def read(workspace: Workspace, source: Source, *, number: str = "") -> Reading | None:
    """The newest text of a source or its text `number`; None where it has none. Eight queries.

    Hidden where there is no such text.
    """
    shown = _snapshot(source, number)
    if shown is None:
        return None
    rows = list(quotes.of_negotiation(workspace.id).filter(snapshot__source=source))
    places = _places(shown, rows)
    rows.sort(key=lambda row: (row.pk not in places, *places.get(row.pk, (0, 0, ""))[:2], row.pk))
    ties, without_quote = _ties(source)
    uses = _uses(source)
    marks = {
        row.pk: Marked(
            number=at,
            quote=quotes.cited(row),
            ties=tuple(ties[row.pk]),
            uses=tuple(uses[row.pk]),
            altered=row.pk in places and places[row.pk][2] == AnchorState.ALTERED,
        )
        for at, row in enumerate(rows, start=1)
    }
    versions = tuple(Version(t["number"], SnapshotKind(t["kind"]), t["original"]) for t in shown.versions)
    paragraphs = _paragraphs(shown.text, marks, places)
    placed = {mark.quote.id for paragraph in paragraphs for mark in paragraph.marks}
    return Reading(
        shown=next(version for version in versions if version.number == shown.number),
        language=shown.language or source.language,
        versions=versions,
        paragraphs=paragraphs,
        elsewhere=tuple(mark for key, mark in marks.items() if key not in placed),
        without_quote=without_quote,
    )


def _snapshot(source: Source, number: str) -> Any:
    """The text asked for, with `versions`: the numbers and kinds of all texts of the source."""
    everything = Snapshot.objects.filter(source=source).order_by("-number")
    original = Exists(Original.objects.filter(snapshot=OuterRef("pk")))
    versions = everything.values(version=JSONObject(number="number", kind="kind", original=original))
    texts = everything.annotate(versions=ArraySubquery(versions))
    if not number:
        return texts.first()
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    shown = texts.filter(number=int(number)).first() if is_number else None
    if shown is None:
        raise Hidden("There is no such text of this source.")
    return shown


def _places(shown: Snapshot, rows: Iterable[Quote]) -> dict[int, tuple[int, int, str]]:
    """Where each quote stands in the text shown: its own place, or where it was found again last."""
    exact = str(AnchorState.EXACT)
    places = {row.pk: (row.start, row.end, exact) for row in rows if row.snapshot_id == shown.pk}
    again = Anchoring.objects.filter(snapshot=shown).order_by("revision", "pk")
    for quote, state, start, end in again.values_list("quote_id", "state", "start", "end"):
        places.pop(quote, None)  # the newest word counts, also that it is gone
        if start is not None and end is not None:
            places[quote] = (start, end, state)
    return places


def _paragraphs(
    text: str, marks: Mapping[int, Marked], places: Mapping[int, tuple[int, int, str]]
) -> tuple[Paragraph, ...]:
    cut = marked(text, [Mark(key, start, end) for key, (start, end, _) in places.items() if key in marks])
    return tuple(
        Paragraph(number, tuple(_piece(run, marks) for run in part)) for number, part in enumerate(cut, start=1)
    )


def _piece(run: Run, marks: Mapping[int, Marked]) -> Piece:
    return Piece(
        run.text,
        tuple(marks[key] for key in run.keys),
        tuple(marks[key] for key in run.begins),
        tuple(marks[key] for key in run.ends),
    )


def _ties(source: Source) -> tuple[Mapping[int, list[Tie]], tuple[Tie, ...]]:
    """The cells that rest on this source today: by quote, and those that name a place in it without a quote."""
    rows = Evidence.objects.filter(
        Q(quote__snapshot__source=source) | Q(source=source), stance__seq=F("stance__position__standing")
    ).select_related("stance__position__party", "stance__position__priority")
    rows = rows.order_by("stance__position__party__order", "stance__position__priority__number", "pk")
    by_quote: dict[int, list[Tie]] = defaultdict(list)
    without_quote = []
    for row in rows:
        cell = row.stance.position
        tie = Tie(
            named(cell.party),
            numbered(cell.priority),
            row.stance.code,
            row.stance.red_line,
            Bearing(row.bearing),
            row.locator,
        )
        if row.quote_id is None:
            without_quote.append(tie)
        else:
            by_quote[row.quote_id].append(tie)
    return by_quote, tuple(without_quote)


def _uses(source: Source) -> Mapping[int, list[Use]]:
    """Commitments, signatures, contradictions and answers that rest on quotes of this source."""
    found: dict[int, dict[Use, None]] = defaultdict(dict)  # each use once, in order
    events = CommitmentEvent.objects.filter(quote__snapshot__source=source).select_related("commitment")
    for event in events.order_by("pk"):
        use = Use("commitment", event.commitment.slug, first_sentence(event.commitment.text, 90))
        found[event.quote_id or 0][use] = None
    signatures = Signature.objects.filter(quote__snapshot__source=source).select_related("instrument", "party")
    for row in signatures.order_by("pk"):
        words = f"{row.instrument}: {row.party}, {row.get_state_display().lower()}"
        found[row.quote_id or 0][Use("instrument", row.instrument.slug, words)] = None
    sides = ContradictionProof.objects.filter(quote__snapshot__source=source).select_related("side__contradiction")
    for side in sides.order_by("pk"):
        contradiction = side.side.contradiction
        found[side.quote_id or 0][Use("contradiction", contradiction.slug, contradiction.title)] = None
    answers = QuestionEvent.objects.filter(quote__snapshot__source=source).select_related("question")
    for answer in answers.order_by("pk"):
        found[answer.quote_id or 0][Use("question", answer.question.slug, answer.question.text)] = None
    return defaultdict(list, {key: list(uses) for key, uses in found.items()})
