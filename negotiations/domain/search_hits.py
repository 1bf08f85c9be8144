"""Hits as a page shows them: what each is, where it stands, and whether it still stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from ..models import Commitment, Contradiction, Question, Snapshot, Source, Stance
from ..models.search import SearchKind
from ..models.sources import READ_THROUGH, SnapshotKind, SourceStatus
from ..models.stances import Cause
from . import quotes
from .names import Named, Numbered, named, named_or_none, numbered
from .quotes import Cited
from .removals import present
from .search_marks import Excerpt


@dataclass(frozen=True)
class Entry:
    """A row of what is looked through."""

    kind: str
    row: int
    source: int | None
    paragraph: int
    language: str
    day: date | None
    words: str


@dataclass(frozen=True)
class Document:
    """The source of a hit. `kept` is the one that it was merged into, whose outlet and status count."""

    slug: str
    title: str
    outlet: str
    status: SourceStatus
    published_on: date | None
    precision: str
    kept: Named | None


@dataclass(frozen=True)
class Text:
    """The text that a passage stands in. `newest`: no later text of its source is there."""

    number: int
    kind: SnapshotKind
    newest: bool


@dataclass(frozen=True)
class Judgement:
    """The stance of a rationale. `state` says in words whether it stands; `stands` that it does so today."""

    party: Named
    priority: Numbered
    seq: int
    code: str
    red_line: bool
    held_from: date
    precision: str
    stands: bool
    state: str


@dataclass(frozen=True)
class Hit:
    """`slug` and `state` are of a commitment, contradiction or question; the others of what `kind` says."""

    kind: SearchKind
    excerpt: Excerpt
    language: str
    day: date | None
    paragraph: int
    document: Document | None = None
    text: Text | None = None
    quote: Cited | None = None
    stance: Judgement | None = None
    slug: str = ""
    state: str = ""
    party: Named | None = None


def of(negotiation: int, found: Sequence[tuple[Entry, Excerpt]]) -> list[Hit]:
    """The hits with what is told beside them: one query for each kind among them, and one for their sources."""
    rows = {kind: [entry.row for entry, _ in found if entry.kind == kind] for kind in SearchKind.values}
    documents = _documents(entry.source for entry, _ in found if entry.source is not None)
    texts = _texts(rows[SearchKind.PASSAGE])
    cited = quotes.get_many(negotiation, rows[SearchKind.QUOTE]) if rows[SearchKind.QUOTE] else {}
    stances = _stances(rows[SearchKind.STANCE])
    others = _others(rows)
    return [
        Hit(
            kind=SearchKind(entry.kind),
            excerpt=excerpt,
            language=entry.language,
            day=entry.day,
            paragraph=entry.paragraph,
            document=documents.get(entry.source or 0),
            text=texts.get(entry.row) if entry.kind == SearchKind.PASSAGE else None,
            quote=cited.get(entry.row) if entry.kind == SearchKind.QUOTE else None,
            stance=stances.get(entry.row) if entry.kind == SearchKind.STANCE else None,
            **others.get((entry.kind, entry.row), {}),
        )
        for entry, excerpt in found
    ]


def _documents(ids: Iterable[int]) -> Mapping[int, Document]:
    rows = Source.objects.filter(pk__in=set(ids)).select_related(*READ_THROUGH)
    return {
        row.pk: Document(
            slug=row.slug,
            title=row.title,
            outlet=row.publisher.name if row.publisher else "",
            status=SourceStatus(row.kept.status),
            published_on=row.published_on,
            precision=row.precision,
            kept=named_or_none(row.merged_into),
        )
        for row in rows
    }


def _texts(ids: Iterable[int]) -> Mapping[int, Text]:
    later = present(Snapshot.objects.filter(source=OuterRef("source"), number__gt=OuterRef("number")))
    rows = Snapshot.objects.filter(pk__in=set(ids)).annotate(outdated=Exists(later))
    values = rows.values_list("pk", "number", "kind", "outdated")
    return {pk: Text(number, SnapshotKind(kind), not outdated) for pk, number, kind, outdated in values}


def _stances(ids: Iterable[int]) -> Mapping[int, Judgement]:
    answer = Stance.objects.filter(position=OuterRef("position"), replaces=OuterRef("seq"))
    rows = Stance.objects.filter(pk__in=set(ids)).select_related("position__party", "position__priority")
    rows = rows.annotate(
        replaced_by=Subquery(answer.values("seq")[:1]), replaced_as=Subquery(answer.values("cause")[:1])
    )
    return {row.pk: _judgement(row) for row in rows}


def _judgement(row: Stance) -> Judgement:
    cell = row.position
    stands = cell.standing == row.seq
    replaced_by, replaced_as = row.replaced_by, row.replaced_as  # type: ignore[attr-defined]
    if stands:
        state = "stands today"
    elif replaced_as == Cause.WITHDRAWN:
        state = f"withdrawn by stance {replaced_by}"
    elif replaced_by:
        state = f"replaced by stance {replaced_by}"
    else:
        state = "of another time"
    return Judgement(
        party=named(cell.party),
        priority=numbered(cell.priority),
        seq=row.seq,
        code=row.code,
        red_line=row.red_line,
        held_from=row.held_from,
        precision=row.precision,
        stands=stands,
        state=state,
    )


def _others(rows: Mapping[str, list[int]]) -> dict[tuple[str, int], dict[str, Any]]:
    """Slug, state and party of what is neither a document nor a judgement."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for commitment in Commitment.objects.filter(pk__in=rows[SearchKind.COMMITMENT]).select_related("party"):
        found[SearchKind.COMMITMENT, commitment.pk] = {"slug": commitment.slug, "party": named(commitment.party)}
    for row in Contradiction.objects.filter(pk__in=rows[SearchKind.CONTRADICTION]):
        found[SearchKind.CONTRADICTION, row.pk] = {"slug": row.slug, "state": row.get_state_display()}
    for question in Question.objects.filter(pk__in=rows[SearchKind.QUESTION]):
        found[SearchKind.QUESTION, question.pk] = {"slug": question.slug, "state": question.get_state_display()}
    return found
