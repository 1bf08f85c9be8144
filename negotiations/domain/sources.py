"""Sources: the list, and what one page says about one source beside its text (domain/reading.py has the text)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from ..models import Outlet, Quote, Source, SourceGrading
from ..models.outlets import Reliability
from ..models.sources import READ_THROUGH, SourceStatus
from .languages import in_words as language_in_words
from .log import with_change
from .names import Named, named, named_or_none
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Hidden, Who
from .reading import Reading, read
from .triage import Waiting, waiting

NONE = "-"  # asks for sources whose outlet or language is unknown; no slug and no language reads so


@dataclass(frozen=True)
class SourceLine:
    slug: str
    title: str
    outlet: Named | None
    reliability: Reliability
    published_on: date | None
    precision: str
    language: str
    status: SourceStatus
    quotes: int
    is_repeat: bool
    duplicates: int


@dataclass(frozen=True)
class SourceList:
    """Without those that are merged, which `merged` counts. `outlets` and `languages` are those to choose from."""

    workspace: Workspace
    page: Page[SourceLine]
    status: str
    outlet: str
    language: str
    outlets: tuple[Named, ...]
    languages: tuple[tuple[str, str], ...]
    merged: int

    @property
    def is_filtered(self) -> bool:
        return bool(self.status or self.outlet or self.language)


@dataclass(frozen=True)
class Graded:
    """One grading of a source, as the log tells of it."""

    status: SourceStatus
    reason: str
    at: datetime
    by: str
    revision: int


@dataclass(frozen=True)
class Duplicate:
    """A source that is merged into another, and how many texts it has."""

    slug: str
    name: str
    texts: int


@dataclass(frozen=True)
class SourcePage:
    """`gradings` has the newest first. `text` is None where nobody has attached any.

    Outlet and reliability are those that count: of the source that this one is merged into, if it is.
    """

    workspace: Workspace
    id: int
    slug: str
    title: str
    url: str
    description: str
    outlet: Named | None
    outlet_description: str
    reliability: Reliability
    published_on: date | None
    precision: str
    language: str
    language_code: str
    status: SourceStatus
    gradings: tuple[Graded, ...]
    origin: Named | None
    repeated_by: tuple[Named, ...]
    merged_into: Named | None
    counts: bool
    duplicates: tuple[Duplicate, ...]
    waiting: Waiting | None
    text: Reading | None


def list_sources(
    slug: str, *, by: Who, status: str = "", outlet: str = "", language: str = "", page: str | None = None
) -> SourceList:
    """A page of the sources, the newest first. Of a status or outlet that there isn't, nothing is asked."""
    workspace = get_workspace(slug, by=by)
    everything = Source.objects.filter(negotiation_id=workspace.id, merged_into=None)
    kept = Outlet.objects.filter(negotiation_id=workspace.id, merged_into=None)
    outlets = tuple(named(o) for o in kept.order_by("name", "pk"))
    languages = tuple(everything.order_by("language").values_list("language", flat=True).distinct())
    status = status if status in SourceStatus.values else ""
    outlet = outlet if outlet in {NONE, *(o.slug for o in outlets)} else ""
    language = language if language in {NONE, *languages} else ""
    rows = _filtered(everything, status, outlet, language)
    return SourceList(
        workspace,
        page_of(_with_counts(rows), page, _line),
        status,
        outlet,
        language,
        outlets,
        tuple((code or NONE, language_in_words(code)) for code in languages),
        Source.objects.filter(negotiation_id=workspace.id).exclude(merged_into=None).count(),
    )


def list_names(workspace: Workspace) -> list[Named]:
    """All sources that were not merged into another, to choose from. One query."""
    rows = Source.objects.filter(negotiation_id=workspace.id, merged_into=None).order_by("title", "pk")
    return [named(row) for row in rows.only("slug", "title")]


def get_source(
    slug: str, source: str, *, by: Who, text: str = "", start: str = "", near: str = "", find: str = ""
) -> SourcePage:
    """One source with one of its texts (the newest, or number `text`), in a fixed number of queries."""
    workspace = get_workspace(slug, by=by)
    rows = Source.objects.filter(negotiation_id=workspace.id, slug=source)
    copies = Source.objects.filter(origin=OuterRef("pk")).order_by("title", "pk")
    same = Source.objects.filter(merged_into=OuterRef("pk")).annotate(texts=Count("snapshots")).order_by("title", "pk")
    row = (
        rows.select_related("origin", *READ_THROUGH)
        .annotate(
            copies=ArraySubquery(copies.values(pair=JSONObject(slug="slug", name="title"))),
            same=ArraySubquery(same.values(it=JSONObject(slug="slug", name="title", texts="texts"))),
        )
        .first()
    )
    if row is None:
        raise Hidden(f"There is no source {source!r} here.")
    return SourcePage(
        workspace=workspace,
        id=row.pk,
        slug=row.slug,
        title=row.title,
        url=row.url,
        description=row.description,
        outlet=named_or_none(row.publisher),
        outlet_description=row.publisher.description if row.publisher else "",
        reliability=row.reliability,
        published_on=row.published_on,
        precision=row.precision,
        language=language_in_words(row.language),
        language_code=row.language,
        status=SourceStatus(row.status),
        gradings=_gradings(row),
        origin=named_or_none(row.origin),
        repeated_by=tuple(Named(**pair) for pair in row.copies),
        merged_into=named_or_none(row.merged_into),
        counts=row.kept.status == SourceStatus.ACCEPTED,
        duplicates=tuple(Duplicate(**it) for it in row.same),
        waiting=waiting(workspace, row),
        text=read(workspace, row, number=text, start=start, near=near, find=find),
    )


def _filtered(rows: QuerySet[Source], status: str, outlet: str, language: str) -> QuerySet[Source]:
    if status:
        rows = rows.filter(status=status)
    if outlet:
        of_outlet = Q(outlet__slug=outlet) | Q(outlet__merged_into__slug=outlet)
        rows = rows.filter(outlet=None) if outlet == NONE else rows.filter(of_outlet)
    if language:
        rows = rows.filter(language="" if language == NONE else language)
    return rows


def _with_counts(rows: QuerySet[Source]) -> QuerySet[Source]:
    quotes = Quote.objects.filter(snapshot__source=OuterRef("pk")).order_by()
    many = quotes.values("snapshot__source").annotate(n=Count("pk")).values("n")
    same = Source.objects.filter(merged_into=OuterRef("pk")).order_by().values("merged_into")
    rows = rows.select_related(*READ_THROUGH).annotate(
        cited=Coalesce(Subquery(many, IntegerField()), 0),
        same=Coalesce(Subquery(same.annotate(n=Count("pk")).values("n"), IntegerField()), 0),
    )
    return rows.order_by(F("published_on").desc(nulls_last=True), "pk")


def _line(row: Source) -> SourceLine:
    return SourceLine(
        slug=row.slug,
        title=row.title,
        outlet=named_or_none(row.publisher),
        reliability=row.reliability,
        published_on=row.published_on,
        precision=row.precision,
        language=language_in_words(row.language),
        status=SourceStatus(row.status),
        quotes=row.cited,  # type: ignore[attr-defined]
        is_repeat=row.origin_id is not None,
        duplicates=row.same,  # type: ignore[attr-defined]
    )


def _gradings(source: Source) -> tuple[Graded, ...]:
    rows = with_change(SourceGrading.objects.filter(source=source)).order_by("-revision", "-pk")
    return tuple(Graded(SourceStatus(g.status), g.reason, g.at, g.by_name, g.revision) for g in rows)
