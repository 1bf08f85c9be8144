"""Sources: the list, and what one page says about one source beside its text (domain/reading.py has the text)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Least

from ..models import Outlet, Quote, Snapshot, Source, SourceGrading
from ..models.outlets import Reliability
from ..models.sources import READ_THROUGH, SourceStatus
from .at_moment import added, how_many, recorded
from .judged import reliability_at, status_at
from .languages import in_words as language_in_words
from .log import with_change
from .moments import Dials, Moment, moment_asked, nothing
from .names import Named, named, named_or_none
from .negotiations import Workspace, get_workspace
from .paging import page_of
from .permissions import Hidden, Who
from .reading import Reading, read
from .removals import present
from .triage import Waiting, waiting
from .undone import counting

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
    moment: Moment
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
    moment: Moment
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
    slug: str,
    *,
    by: Who,
    asked: Dials = nothing,
    status: str = "",
    outlet: str = "",
    language: str = "",
    page: str | None = None,
) -> SourceList:
    """A page of the sources, the last published first, and of those without a day the last taken in. Of a status or
    outlet that there isn't, nothing is asked.

    Of a past moment: those that were taken in by its revision, or public by its day, whatever day of the world is
    looked at; a source is of our record, and one that came out later may tell of that day.
    """
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        everything = recorded(Source.objects.filter(negotiation_id=workspace.id, merged_into=None), moment)
        if moment.public_by is not None:
            first = Least(F("published_on"), Min("duplicates__published_on"))
            everything = everything.annotate(first=first).filter(first__lte=moment.public_by)
        kept = present(Outlet.objects.filter(negotiation_id=workspace.id, merged_into=None))
        outlets = tuple(named(o) for o in kept.order_by("name", "pk"))
        languages = tuple(everything.order_by("language").values_list("language", flat=True).distinct())
        status = status if status in SourceStatus.values else ""
        outlet = outlet if outlet in {NONE, *(o.slug for o in outlets)} else ""
        language = language if language in {NONE, *languages} else ""
        rows = _filtered(everything, status, outlet, language, moment)
        return SourceList(
            workspace,
            moment,
            page_of(_with_counts(rows, moment), page, _line),
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
    slug: str,
    source: str,
    *,
    by: Who,
    asked: Dials = nothing,
    text: str = "",
    start: str = "",
    near: str = "",
    find: str = "",
) -> SourcePage:
    """One source with one of its texts (the newest, or number `text`), in a fixed number of queries.

    Of a past moment it tells how the source and its outlet were judged, with the texts and quotes that it had.
    """
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        rows = recorded(Source.objects.filter(negotiation_id=workspace.id, slug=source), moment)
        copies = Source.objects.filter(origin=OuterRef("pk")).order_by("title", "pk")
        texts = present(Snapshot.objects.all(), until=moment.until)
        same = Source.objects.filter(merged_into=OuterRef("pk")).order_by("title", "pk")
        same = same.annotate(texts=how_many(texts, "source"))
        row = (
            rows.select_related("origin", *READ_THROUGH)
            .annotate(
                copies=ArraySubquery(copies.values(pair=JSONObject(slug="slug", name="title"))),
                same=ArraySubquery(
                    same.order_by("title", "pk").values(it=JSONObject(slug="slug", name="title", texts="texts"))
                ),
                own_status=Value("") if moment.until is None else _own_status(moment.until),
                status_then=status_at("pk", moment.until),
                reliability_then=reliability_at("", moment.until),
            )
            .first()
        )
        if row is None:
            raise Hidden(f"There is no source {source!r} here.")
        return SourcePage(
            workspace=workspace,
            moment=moment,
            id=row.pk,
            slug=row.slug,
            title=row.title,
            url=row.url,
            description=row.description,
            outlet=named_or_none(row.publisher),
            outlet_description=row.publisher.description if row.publisher else "",
            reliability=Reliability(row.reliability_then or row.reliability),
            published_on=row.published_on,
            precision=row.precision,
            language=language_in_words(row.language),
            language_code=row.language,
            status=SourceStatus(row.own_status or row.status),
            gradings=_gradings(row, moment),
            origin=named_or_none(row.origin),
            repeated_by=tuple(Named(**pair) for pair in row.copies),
            merged_into=named_or_none(row.merged_into),
            counts=(row.status_then or row.kept.status) == SourceStatus.ACCEPTED,
            duplicates=tuple(Duplicate(**it) for it in row.same),
            waiting=waiting(workspace, row),
            text=read(workspace, row, moment, number=text, start=start, near=near, find=find),
        )


def _filtered(rows: QuerySet[Source], status: str, outlet: str, language: str, moment: Moment) -> QuerySet[Source]:
    if status and moment.until is None:
        rows = rows.filter(status=status)
    elif status:
        rows = rows.annotate(graded=status_at("pk", moment.until)).filter(graded=status)
    if outlet:
        of_outlet = Q(outlet__slug=outlet) | Q(outlet__merged_into__slug=outlet)
        rows = rows.filter(outlet=None) if outlet == NONE else rows.filter(of_outlet)
    if language:
        rows = rows.filter(language="" if language == NONE else language)
    return rows


def _with_counts(rows: QuerySet[Source], moment: Moment) -> QuerySet[Source]:
    quotes = counting(Quote.objects.filter(added(moment)), until=moment.until)
    rows = rows.select_related(*READ_THROUGH).annotate(
        cited=how_many(quotes, "snapshot__source"),
        same=how_many(Source.objects.all(), "merged_into"),
        status_then=status_at("pk", moment.until),
        reliability_then=reliability_at("", moment.until),
    )
    return rows.order_by(F("published_on").desc(nulls_last=True), "-pk")


def _line(row: Source) -> SourceLine:
    return SourceLine(
        slug=row.slug,
        title=row.title,
        outlet=named_or_none(row.publisher),
        reliability=Reliability(row.reliability_then or row.reliability),  # type: ignore[attr-defined]
        published_on=row.published_on,
        precision=row.precision,
        language=language_in_words(row.language),
        status=SourceStatus(row.status_then or row.status),  # type: ignore[attr-defined]
        quotes=row.cited,  # type: ignore[attr-defined]
        is_repeat=row.origin_id is not None,
        duplicates=row.same,  # type: ignore[attr-defined]
    )


def _own_status(until: int) -> Coalesce:
    """What the row itself was graded as, also where it is merged into another."""
    gradings = SourceGrading.objects.filter(source=OuterRef("pk"), revision__lte=until).order_by("-revision", "-pk")
    return Coalesce(Subquery(gradings.values("status")[:1]), Value(SourceStatus.NEW.value))


def _gradings(source: Source, moment: Moment) -> tuple[Graded, ...]:
    rows = with_change(SourceGrading.objects.filter(added(moment), source=source)).order_by("-revision", "-pk")
    return tuple(Graded(SourceStatus(g.status), g.reason, g.at, g.by_name, g.revision) for g in rows)
