"""A source's text to cite from: its passages, and what the form of a citation offers to choose from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from ..models import Party, Person, Priority, Snapshot, Source
from ..models.sources import SourceStatus
from ..texts.anchoring import Selector, anchor
from ..texts.locating import locate
from ..texts.marking import paragraphs
from .asking import Unanswerable, read_number
from .cells import Identified
from .citing import why_not
from .names import Numbered, numbered
from .negotiations import Workspace, get_workspace
from .permissions import Act, Hidden, Who
from .quotes import Cited, cited, of_negotiation
from .removals import present

AROUND = 60  # characters shown on each side of a place


@dataclass(frozen=True)
class Passage:
    """`text[start:end]`, the paragraph in which it begins (0: none), and a little of what stands around it."""

    start: int
    end: int
    words: str
    paragraph: int
    before: str
    after: str

    @property
    def place(self) -> str:
        """As the form names it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True)
class Speaker:
    """Somebody who can be named as speaking, and for whom."""

    id: int
    slug: str
    name: str
    party: Identified


@dataclass(frozen=True)
class Citable:
    """One text of a source. `refusal` says why nothing can be cited; `last` is the citation made before, if told."""

    workspace: Workspace
    slug: str
    title: str
    status: SourceStatus
    published_on: date | None
    precision: str
    refusal: str
    snapshot: Snapshot
    paragraphs: tuple[tuple[int, int], ...]
    parties: tuple[Identified, ...]
    people: tuple[Speaker, ...]
    priorities: tuple[Numbered, ...]
    last: Cited | None

    @property
    def counts(self) -> bool:
        return self.status == SourceStatus.ACCEPTED

    def paragraph_at(self, place: int) -> int:
        """The number of the paragraph around a place in the text; 0 before the first."""
        return bisect_right(self.paragraphs, place, key=lambda span: span[0])

    def paragraph(self, number: int) -> str:
        """The words of a paragraph; empty where there is none of this number."""
        start, end = self.paragraphs[number - 1] if 1 <= number <= len(self.paragraphs) else (0, 0)
        return self.snapshot.text[start:end]

    def passage(self, start: int, end: int) -> Passage:
        """Unanswerable where the text has no such place."""
        text = self.snapshot.text
        if not 0 <= start < end <= len(text):
            raise Unanswerable("The text has no such place as the address names.")
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        return Passage(start, end, text[start:end], self.paragraph_at(start), before, after)

    def find(self, words: str, paragraph: int | None = None) -> list[Passage]:
        """The places of `words` that begin in a paragraph, or anywhere (texts/locating.py)."""
        if paragraph is None:
            spans = locate(self.snapshot.text, words)
        elif 1 <= paragraph <= len(self.paragraphs):
            spans = locate(self.snapshot.text, words, *self.paragraphs[paragraph - 1])
        else:
            spans = []
        return [self.passage(*span) for span in spans]

    def nearly(self, words: str) -> Passage | None:
        """Where the text has nearly these words; None where it has them, or nothing like them."""
        place = anchor(Selector(words, "", "", 0, len(words)), self.snapshot.text)
        if place.state != "altered" or place.start is None or place.end is None:
            return None
        return self.passage(place.start, place.end)


def get_citable(slug: str, source: str, *, by: Who, text: str = "", after: str = "") -> Citable:
    """A source to cite from: its newest text, or text number `text`; `after` names the quote cited before.

    Seven queries. Hidden where there is no such source, or no such text; Forbidden for those who may not cite.
    """
    workspace = get_workspace(slug, by=by, to=Act.EDIT)
    snapshot = _snapshot(workspace, source, text)
    row = snapshot.source
    parties = {
        party.pk: Identified(party.pk, party.slug, party.name)
        for party in present(Party.objects.filter(negotiation_id=workspace.id)).order_by("order", "name")
    }
    people = present(Person.objects.filter(negotiation_id=workspace.id)).order_by("name", "pk")
    priorities = present(Priority.objects.filter(negotiation_id=workspace.id)).order_by("number")
    last = of_negotiation(workspace.id).filter(slug=after).first() if after else None
    return Citable(
        workspace=workspace,
        slug=row.slug,
        title=row.title,
        status=SourceStatus(row.status),
        published_on=row.published_on,
        precision=row.precision,
        refusal=why_not(row),
        snapshot=snapshot,
        paragraphs=tuple(paragraphs(snapshot.text)),
        parties=tuple(parties.values()),
        people=tuple(Speaker(p.pk, p.slug, p.name, parties[p.party_id]) for p in people),
        priorities=tuple(numbered(priority) for priority in priorities),
        last=cited(last) if last else None,
    )


def _snapshot(workspace: Workspace, source: str, text: str) -> Snapshot:
    number = read_number(text, "The number of the text")
    row = Source.objects.filter(negotiation_id=workspace.id, slug=source).first()
    if row is None:
        raise Hidden(f"There is no source {source!r} here.")
    texts = present(Snapshot.objects.filter(source=row)).order_by("-number")
    found = (texts if number is None else texts.filter(number=number)).first()
    if found is None and number is None:
        raise Unanswerable("This source has no text yet, so there is nothing to cite.")
    if found is None:
        raise Hidden("There is no such text of this source.")
    found.source = row
    return found
