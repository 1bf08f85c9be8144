"""Sources: taking them in, judging them, and adding their texts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html

from ..domain import anchorings, gradings, snapshots
from ..domain.duplicates import proposed
from ..domain.log import with_change
from ..domain.quotes import cited, of_negotiation
from ..domain.rechecks import Why
from ..domain.recognising import AlreadyHere
from ..domain.records import Refused
from ..domain.resting import Resting, on_sources
from ..domain.triage import next_after
from ..models import Snapshot, Source, SourceGrading
from ..models.sources import READ_THROUGH, SnapshotKind, SourceStatus
from ..views import markup
from . import acts, merging, triage
from .base import OfNegotiation
from .filters import Curated, Merged, Missing
from .inlines import Shown
from .shown import day, page, when, who
from .source_forms import SourceForm, TextForm


class Gradings(Shown):
    model = SourceGrading
    columns = ["status", "reason", who, when]

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_change(super().get_queryset(request).select_related("negotiation", "source"))


class Texts(Shown):
    model = Snapshot
    columns = ["number", "kind", "language", who, when]
    show_change_link = True
    verbose_name_plural = "texts"

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("negotiation", "source").defer("text")
        return with_change(rows)


class StatusForm(acts.Why):
    status = forms.ChoiceField(choices=[choice for choice in SourceStatus.choices if choice[0] != "new"])
    field_order = ["status", "why"]


def judge(request: HttpRequest, source: Source, asked: dict[str, Any]) -> str:
    status, waited = SourceStatus(asked["status"]), source.status == SourceStatus.NEW
    done = gradings.grade_sources([source.pk], status, by=request.user, why=asked["why"])
    said = f"“{source}” is {status.label.lower()}{'' if done else ' already; nothing was changed'}."
    told = acts.with_rechecks(said, source, Why.SOURCE)
    following = next_after(source) if waited else None
    if following is None:
        return format_html("{} Nothing else waits for triage.", told) if waited else told
    address = reverse("source", args=[source.negotiation.slug, following.slug])
    return format_html('{} Next to triage: <a href="{}">{}</a>', told, address, following.name)


def add_text(request: HttpRequest, source: Source, asked: dict[str, Any]) -> str:
    kind = SnapshotKind(asked["kind"])
    try:
        snapshots.refuse_newest(source, asked["text"], kind)
    except AlreadyHere as here:
        raise Refused(str(here)) from here
    snapshot = snapshots.add_text(
        source, asked["text"], kind=kind, language=asked["language"], by=request.user, why=asked["why"]
    )
    queue = reverse("rechecks", args=[source.negotiation.slug])
    return markup.outcome(f"Text {snapshot.number} of “{source}” is added.", anchorings.outcome(snapshot), queue)


class CountedList(ChangeList):
    """Counts quotes and cells for the rows on the page, in one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        counts = gradings.counts_of_sources([source.pk for source in self.result_list])
        for source in self.result_list:
            source.counts = counts[source.pk]


@admin.register(Source)
class SourceAdmin(OfNegotiation):
    form = SourceForm
    fields = [
        "title", "slug", "outlet", "url", "published_on", "precision", "language", "origin", "description"
    ]  # fmt: skip
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "status", "published_by", day("published_on", "Published"), "quotes", "cells"]
    list_select_related = ["negotiation", *READ_THROUGH]
    list_filter = ["status", Merged, Missing, ("outlet", Curated), "outlet__reliability", "language"]
    search_fields = ["title", "slug", "url", "outlet__name"]
    actions = [triage.accept, triage.reject, triage.retract, merging.action()]
    view_on_site = staticmethod(page("source", "source"))

    @staticmethod
    def rests(source: Source) -> Resting:
        return on_sources(source.negotiation, [source.pk])

    @admin.display(description="Outlet", ordering="outlet__name")
    def published_by(self, source: Source) -> str:
        return f"{source.publisher} ({source.reliability})" if source.publisher else "–"

    @admin.display(description="Quotes")
    def quotes(self, source: Any) -> int:
        return int(source.counts[0])

    @admin.display(description="Cells")
    def cells(self, source: Any) -> int:
        return int(source.counts[1])

    @admin.display(description="Merged into")
    def same_as(self, source: Source) -> str:
        return str(source.merged_into or "–")

    def get_list_display(self, request: HttpRequest) -> Any:
        return [*super().get_list_display(request), *(["same_as"] if request.GET.get("merged") else [])]

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return CountedList

    def get_inlines(self, request: HttpRequest, obj: Source | None = None) -> list[Any]:
        return [Gradings, Texts] if obj is not None else []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        source = context["original"]
        if source is not None:
            quotes = of_negotiation(source.negotiation_id).filter(snapshot__source=source)
            context["alike"] = proposed(source)
            context["quotes"] = [cited(quote) for quote in quotes.order_by("snapshot_id", "start")]
        return super().render_change_form(request, context, *args, **options)

    def tools(self, row: Source) -> list[tuple[str, str]]:
        return [
            acts.tool(self, "status", row, "Accept, reject or retract…"),
            acts.tool(self, "text", row, "Add a text"),
            *merging.tools(self, row),
        ]

    def get_urls(self) -> list[URLPattern]:
        status = acts.page(
            self,
            "status",
            title="What do you decide about “{}”?",
            button="Save",
            make_form=lambda request, source: StatusForm(acts.data_of(request), initial={"status": source.status}),
            do=judge,
            rests=self.rests,
        )
        text = acts.page(
            self,
            "text",
            title="Add a text to “{}”",
            button="Add the text",
            make_form=lambda request, source: TextForm(acts.data_of(request), initial={"language": source.language}),
            do=add_text,
        )
        return [status, text, *merging.pages(self), *super().get_urls()]
