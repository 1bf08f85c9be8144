"""Quotes, to read, and what their claims are judged to be worth."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern

from ..domain import gradings
from ..domain.dates import in_words
from ..domain.log import with_change
from ..domain.rechecks import Why
from ..domain.resting import Resting, on_quote
from ..models import ClaimGrading, Quote
from ..models.quotes import Credibility
from . import acts
from .base import ReadOnly
from .filters import Curated
from .inlines import Shown
from .shown import when, who


class Gradings(Shown):
    model = ClaimGrading
    columns = ["credibility", "reason", who, when]

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_change(super().get_queryset(request).select_related("negotiation"))


class GradeForm(acts.Why):
    credibility = forms.ChoiceField(choices=Credibility.choices)
    field_order = ["credibility", "why"]


def grade(request: HttpRequest, quote: Quote, asked: dict[str, Any]) -> str:
    credibility = Credibility(int(asked["credibility"]))
    gradings.grade_claim(quote, credibility, by=request.user, why=asked["why"])
    return acts.with_rechecks(f"The claim is graded {credibility.label}.", quote, Why.CLAIM)


@admin.register(Quote)
class QuoteAdmin(ReadOnly):
    fields = [
        "slug", "exact", "source", "snapshot", "start", "end", "speaker", "party", "said", "basis", "through"
    ]  # fmt: skip
    readonly_fields = ["source", "said"]
    list_display = ["exact", "slug", "source", "speaker", "party", "said", "basis"]
    list_select_related = ["speaker", "party", "snapshot__source", "negotiation"]
    list_filter = [("party", Curated), ("speaker", Curated), "basis"]
    search_fields = ["exact", "slug", "snapshot__source__title"]
    inlines = [Gradings]

    @staticmethod
    def rests(quote: Quote) -> Resting:
        return on_quote(quote.negotiation, quote.pk)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("snapshot__text")

    @admin.display(description="Source", ordering="snapshot__source__title")
    def source(self, quote: Quote) -> str:
        return quote.snapshot.source.title

    @admin.display(description="Said", ordering="said_on")
    def said(self, quote: Quote) -> str:
        return in_words(quote.said_on, quote.precision)

    def tools(self, row: Quote) -> list[tuple[str, str]]:
        return [acts.tool(self, "grade", row, "Grade the claim…")]

    def get_urls(self) -> list[URLPattern]:
        page = acts.page(
            self,
            "grade",
            title="How credible is “{}”?",
            button="Grade",
            make_form=lambda request, quote: GradeForm(acts.data_of(request)),
            do=grade,
            rests=self.rests,
        )
        return [page, *super().get_urls()]
