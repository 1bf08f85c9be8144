"""A source's text with its quotes marked, and what each of them leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from ..models import Anchoring, Original, Quote, Snapshot, Source
from ..models.quotes import AnchorState
from ..models.sources import SnapshotKind
from ..texts.marking import Mark, Run, marked
from . import quotes
from .asking import read_number
from .at_moment import added
from .moments import Moment
from .negotiations import Workspace
from .permissions import Hidden
from .portions import Found, Hit, Portion, Portions
from .quotes import Cited
from .removals import TakenOut, taken_out, with_removed
from .ties import CSS, Tie, Use, ties_of, uses_of
from .undone import counting

Places = Mapping[int, tuple[int, int, str]]  # of quotes, by id: start, end, state of the anchoring


@dataclass(frozen=True)
class Marked:
    """A quote in the text shown. `number` counts in the order of the text; `altered`: it has other words there.

    `overlaps`: it shares words with another, so its own are to be told apart.
    """

    number: int
    quote: Cited
    ties: tuple[Tie, ...]
    uses: tuple[Use, ...]
    altered: bool = False
    overlaps: bool = False

    @property
    def css(self) -> str:
        """How the place is underlined: by the weightiest of its bearings; as context where no cell cites it."""
        bearings = {tie.bearing for tie in self.ties}
        return next((CSS[bearing] for bearing in CSS if bearing in bearings), "ctx")


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same quotes and hit; `begins` and `ends` are those that begin and end with it."""

    text: str
    marks: tuple[Marked, ...]
    begins: tuple[Marked, ...]
    ends: tuple[Marked, ...]
    hit: Hit | None
    hit_begins: bool

    @property
    def is_marked(self) -> bool:
        return bool(self.marks or self.hit)

    @property
    def css(self) -> str:
        """Of the quotes that overlap here, the one that is underlined most firmly; and whether it was looked for."""
        found = {mark.css for mark in self.marks}
        firm = next((css for css in CSS.values() if css in found), "") if found else "plain"
        names = [firm, "both" if len(self.marks) > 1 else "", "looked-for" if self.hit else ""]
        return " ".join(filter(None, names))


@dataclass(frozen=True)
class Paragraph:
    """`start` is its place in the text, in code points."""

    number: int
    start: int
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
    """One text of a source, or a portion of it. `elsewhere` are its quotes that have no place in this text.

    `away` are the quotes in portions that are not shown, each with its portion. `found`: what was looked for.
    """

    shown: Version
    language: str
    versions: tuple[Version, ...]
    portion: Portion
    paragraphs: tuple[Paragraph, ...]
    away: tuple[tuple[Marked, int], ...]
    elsewhere: tuple[Marked, ...]
    without_quote: tuple[Tie, ...]
    found: Found | None
    taken_out: TakenOut | None

    @property
    def is_newest(self) -> bool:
        """Whether this is the full text by which quotes are judged to hold: the newest one."""
        full = [version.number for version in self.versions if version.kind == SnapshotKind.FULL]
        return bool(full) and self.shown.number == max(full) and self.taken_out is None

    @property
    def quotes(self) -> int:
        return sum(len(paragraph.marks) for paragraph in self.paragraphs) + len(self.away)


def read(
    workspace: Workspace,
    source: Source,
    moment: Moment,
    *,
    number: str = "",
    start: str = "",
    near: str = "",
    find: str = "",
) -> Reading | None:
    """The newest text of a source or its text `number`; None where it has none. Eight queries, nine for the past.

    Of a past moment: the texts and quotes that were there by then, with what rested on them.

    Of a long text it is the portion with paragraph `start`, else with the quote `near` (its slug). The places of the
    words `find` are marked.
    Hidden where there is no such text; Unanswerable where `start` is no number.
    """
    paragraph = read_number(start, "The paragraph")
    shown = _snapshot(source, number, moment)
    if shown is None:
        return None
    mine = quotes.of_negotiation(workspace.id, until=moment.until).filter(added(moment), snapshot__source=source)
    rows = list(counting(mine, until=moment.until))
    places = _places(shown, rows, moment)
    rows.sort(key=lambda row: (row.pk not in places, *places.get(row.pk, (0, 0, ""))[:2], row.pk))
    ties, without_quote = ties_of(workspace, source, moment)
    uses = uses_of(source, moment)
    overlapping = _overlapping(places)
    marks = {
        row.pk: Marked(
            number=at,
            quote=quotes.cited(row),
            ties=tuple(ties[row.pk]),
            uses=tuple(uses[row.pk]),
            altered=row.pk in places and places[row.pk][2] == AnchorState.ALTERED,
            overlaps=row.pk in overlapping,
        )
        for at, row in enumerate(rows, start=1)
    }
    text = Portions(shown.text)
    if paragraph is None:
        paragraph = next((text.at(places[row.pk][0]) for row in rows if row.slug == near and row.pk in places), 1)
    portion, found = text.around(paragraph), text.look_for(find)
    paragraphs = _paragraphs(text, portion, marks, places, found.hits if found else ())
    here = {mark.quote.id for each in paragraphs for mark in each.marks}
    versions = tuple(Version(t["number"], SnapshotKind(t["kind"]), t["original"]) for t in shown.versions)
    return Reading(
        shown=next(version for version in versions if version.number == shown.number),
        language=shown.language or source.language,
        versions=versions,
        portion=portion,
        paragraphs=paragraphs,
        away=tuple((m, text.at(places[key][0])) for key, m in marks.items() if key in places and key not in here),
        elsewhere=tuple(mark for key, mark in marks.items() if key not in places),
        without_quote=without_quote,
        found=found,
        taken_out=taken_out(workspace, shown.removed),
    )


def _snapshot(source: Source, number: str, moment: Moment) -> Any:
    """The text asked for, with `versions`: the numbers and kinds of all texts of the source.

    One that was taken out is there where its number is asked for.
    """
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    everything = with_removed(Snapshot.objects.filter(added(moment), source=source), until=moment.until)
    everything = everything.order_by("-number")
    original = Exists(Original.objects.filter(snapshot=OuterRef("pk")))
    everything = everything.filter(Q(removed=None) | Q(number=int(number) if is_number else 0))
    versions = everything.values(version=JSONObject(number="number", kind="kind", original=original))
    texts = everything.annotate(versions=ArraySubquery(versions))
    if not number:
        return texts.first()
    shown = texts.filter(number=int(number)).first() if is_number else None
    if shown is None:
        raise Hidden("There is no such text of this source.")
    return shown


def _places(shown: Snapshot, rows: Iterable[Quote], moment: Moment) -> Places:
    """Where each quote stands in the text shown: its own place, or where it was found again last."""
    exact = str(AnchorState.EXACT)
    places: dict[int, tuple[int, int, str]] = {
        row.pk: (row.start, row.end, exact) for row in rows if row.snapshot_id == shown.pk
    }
    again = Anchoring.objects.filter(added(moment), snapshot=shown).order_by("revision", "pk")
    for quote, state, start, end in again.values_list("quote_id", "state", "start", "end"):
        places.pop(quote, None)  # the newest word counts, also that it is gone
        if start is not None and end is not None:
            places[quote] = (start, end, state)
    return places


def _overlapping(places: Places) -> set[int]:
    """The quotes that share words with another one."""
    found: set[int] = set()
    widest, reach = 0, -1  # of those before, the one that reaches furthest
    for key, (start, end, _) in sorted(places.items(), key=lambda item: item[1]):
        if start < reach:
            found |= {widest, key}
        if end > reach:
            widest, reach = key, end
    return found


def _paragraphs(
    text: Portions, portion: Portion, quotes: Mapping[int, Marked], places: Places, hits: Iterable[Hit]
) -> tuple[Paragraph, ...]:
    """The paragraphs of a portion, cut where quotes and hits begin and end. A hit's key is its number below nought."""
    found = {-hit.number: hit for hit in hits}
    marks = [Mark(key, start, end) for key, (start, end, _) in places.items() if key in quotes]
    marks += [Mark(key, hit.start, hit.end) for key, hit in found.items()]
    spans = text.spans[portion.first - 1 : portion.last]
    first, last = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    here = [mark for mark in marks if mark.start < last and mark.end > first]
    cut = marked(text.text, here, spans)
    return tuple(
        Paragraph(number, span[0], tuple(_piece(run, quotes, found) for run in part))
        for number, (span, part) in enumerate(zip(spans, cut, strict=True), start=portion.first)
    )


def _piece(run: Run, quotes: Mapping[int, Marked], found: Mapping[int, Hit]) -> Piece:
    def of(keys: Iterable[int]) -> tuple[Marked, ...]:
        return tuple(quotes[key] for key in keys if key > 0)

    hit = next((found[key] for key in run.keys if key < 0), None)
    begins = hit is not None and -hit.number in run.begins
    return Piece(run.text, of(run.keys), of(run.begins), of(run.ends), hit, begins)
