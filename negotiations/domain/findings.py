"""Passages that may be evidence for a cell: found in the sources' texts, and neither cited there nor set aside."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from ..models import Priority
from ..models.outlets import Reliability
from ..models.sources import SourceStatus
from ..models.stances import Code
from ..texts import finding
from ..texts.finding import Passage
from ..texts.marking import Mark, Run, paragraphs, runs
from ..texts.matters import default_terms
from . import looked_at, quotes
from .cells import Cell, get_cell
from .dates import in_words
from .libraries import Shelf, get_shelf
from .names import Named, named
from .permissions import Forbidden, Who
from .quotes import Cited
from .removals import GONE

NAME, TERM = 1, 2  # keys of the runs of a passage
AT_ONCE, MOST = 10, 200  # passages shown at first, and at most
MOST_ASIDE = 50  # of the passages set aside, those shown
MOST_TOLD = 12  # names or terms told in a sentence

Span = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """A passage of a source's text, in runs that are marked NAME, TERM or both.

    before: the sentence before it, where that may tell who is meant. how: as in `Passage`; empty if set aside.
    place: as the form of a judgement names it. number: of the source's texts. quote: one that it has words of, cited
    for other cells or for none. is_new: its source came after the cell was judged. also: sources that have it too.
    """

    place: str
    start: int
    end: int
    number: int
    paragraph: int
    language: str
    before: str
    runs: tuple[Run, ...]
    how: str
    has_terms: bool
    source: Named
    status: SourceStatus
    outlet: str
    reliability: Reliability
    published_on: date | None
    precision: str
    quote: Cited | None
    is_new: bool
    also: tuple[Named, ...]
    key: UUID = field(default_factory=uuid4, compare=False)  # of the form that judges it

    @property
    def counts(self) -> bool:
        return self.status == SourceStatus.ACCEPTED

    @property
    def is_weak(self) -> bool:
        """Whether it was found though the party or the matter is not told of in its own words."""
        return self.how == "unnamed" or (self.how != "" and not self.has_terms)


@dataclass(frozen=True)
class Findings:
    """The best passages for a cell, of `total`; `set_aside` are the last ones judged not relevant, of `aside`.

    texts: how many were searched. left_out: how many older ones were not, because there are too many words.
    """

    cell: Cell
    names: tuple[str, ...]
    terms: tuple[str, ...]
    has_own_terms: bool
    texts: int
    left_out: int
    found: tuple[Found, ...]
    total: int
    set_aside: tuple[Found, ...]
    aside: int

    @property
    def more(self) -> int:
        """How many to show when asked for more; 0 where there are none."""
        return len(self.found) + AT_ONCE if len(self.found) < self.total else 0

    @property
    def more_aside(self) -> int:
        """How many more passages are set aside than are shown."""
        return self.aside - len(self.set_aside)

    @property
    def is_unknown(self) -> bool:
        return self.cell.standing.code == Code.UNKNOWN


@dataclass(frozen=True)
class Search:
    """What is searched for a cell, and in which texts."""

    shelf: Shelf
    names: tuple[str, ...]
    terms: tuple[str, ...]
    has_own_terms: bool

    def told(self, today: date) -> str:
        """What was searched, as a rationale that somebody may sign: “… none tells where it stands.”"""
        texts = len(self.shelf.snapshots)
        names, terms = _listed(self.names), _listed(self.terms)
        sources = "the text of the one source" if texts == 1 else f"the texts of all {texts} sources"
        if self.shelf.left_out:
            sources = f"the newest {texts} of {texts + self.shelf.left_out} texts"
        return f"Searched {sources} on {in_words(today)} for {names}, near {terms}. None tells where it stands."


def get_findings(slug: str, party: str, number: int, *, by: Who, show: int | None = None) -> Findings:
    """Passages for a cell, the first `show` of them. Hidden where there is no such cell; a fixed number of queries."""
    cell = get_cell(slug, party, number, by=by)
    if cell.taken_out is not None:
        raise Forbidden(GONE)
    search = get_search(cell)
    shelf = search.shelf
    aside, new = looked_at.set_aside(cell, shelf), looked_at.new(cell, shelf)
    quoted = looked_at.quoted(cell.workspace.id, shelf)
    own = {proof.quote.id for proof in cell.current.evidence if proof.quote} if cell.current else set()
    without: dict[int, list[Span]] = defaultdict(list)
    for text, start, end, quote in quoted:
        if quote in own:
            without[text].append((start, end))
    judged = [(one.text, one.start, one.end) for one in aside]
    passages = finding.find(
        shelf.library, cell.party.id, search.terms, without=without, aside=judged, new=new, most=MOST
    )
    chosen = passages[: min(max(show or AT_ONCE, AT_ONCE), MOST)]
    others = [_quote_in(one, quoted) for one in chosen]
    details = quotes.get_many(cell.workspace.id, filter(None, others))
    shown = aside[:MOST_ASIDE]
    starts = _starts(shelf, {one.text for one in chosen} | {one.text for one in shown})
    return Findings(
        cell=cell,
        names=search.names,
        terms=search.terms,
        has_own_terms=search.has_own_terms,
        texts=len(shelf.snapshots),
        left_out=shelf.left_out,
        found=tuple(
            _found(
                shelf,
                one,
                starts[one.text],
                quote=details.get(quote or 0),
                is_new=one.text in new,
            )
            for one, quote in zip(chosen, others, strict=True)
        ),
        total=len(passages),
        set_aside=tuple(_found(shelf, _bare(one), starts[one.text], place=one.place) for one in shown),
        aside=len(aside),
    )


def get_search(cell: Cell) -> Search:
    """What to look for, for a cell: the priority's terms, or where it has none the words that describe it."""
    shelf = get_shelf(cell.workspace.id)
    priority = Priority.objects.get(negotiation_id=cell.workspace.id, number=cell.number)
    actor = shelf.library.cast[cell.party.id]
    everybody = [name for other in shelf.library.cast.values() for name in other.names]
    return Search(
        shelf=shelf,
        names=(*actor.names, *(person.names[0] for person in actor.people)),
        terms=tuple(priority.terms or default_terms(priority.name, priority.description, everybody)),
        has_own_terms=bool(priority.terms),
    )


def _quote_in(passage: Passage, quoted: Iterable[tuple[int, int, int, int]]) -> int | None:
    """The quote that shares most with a passage, if any does."""
    shared = [
        (min(end, passage.end) - max(start, passage.start), -quote)
        for text, start, end, quote in quoted
        if text == passage.text
    ]
    most, quote = max(shared, default=(0, 0))
    return -quote if most > 0 else None


def _bare(judged: looked_at.Aside) -> Passage:
    """A passage as it was judged, without why it was found."""
    return Passage(judged.text, judged.start, judged.end, judged.start, 0.0, "named", (), ())


def _starts(shelf: Shelf, texts: Iterable[int]) -> dict[int, list[int]]:
    """Where the paragraphs of these texts start; each text is cut once."""
    return {text: [start for start, _ in paragraphs(shelf.text(text))] for text in texts}


def _found(
    shelf: Shelf,
    passage: Passage,
    starts: Sequence[int],
    *,
    quote: Cited | None = None,
    place: str = "",
    is_new: bool = False,
) -> Found:
    snapshot, text = shelf.snapshots[passage.text], shelf.text(passage.text)
    source = snapshot.source
    marks = [Mark(NAME, *span) for span in passage.names] + [Mark(TERM, *span) for span in passage.terms]
    return Found(
        place=place or f"{passage.text}-{passage.start}-{passage.end}",
        start=passage.start,
        end=passage.end,
        number=snapshot.number,
        paragraph=bisect_right(starts, passage.start),
        language=snapshot.language or source.language,
        before=text[passage.context : passage.start].strip() if passage.how != "named" else "",
        runs=tuple(runs(text, marks, passage.start, passage.end)),
        how="" if place else passage.how,
        has_terms=bool(passage.terms),
        source=named(source),
        status=SourceStatus(source.status),
        outlet=source.publisher.name if source.publisher else "Outlet unknown",
        reliability=source.reliability,
        published_on=source.published_on,
        precision=source.precision,
        quote=quote,
        is_new=is_new,
        also=tuple(named(shelf.snapshots[other].source) for other in passage.also),
    )


def _listed(words: tuple[str, ...]) -> str:
    """The first of these, in quotation marks, and how many there are beside."""
    told = ", ".join(f"“{word}”" for word in words[:MOST_TOLD])
    left = len(words) - MOST_TOLD
    return f"{told} and {left} more" if left > 0 else told
