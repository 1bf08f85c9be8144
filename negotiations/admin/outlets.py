"""Outlets, and how reliable we judge them to be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern

from ..domain import gradings
from ..domain.log import with_change
from ..domain.rechecks import Why
from ..domain.resting import Resting, of_outlet, on_sources
from ..models import Outlet, OutletGrading
from ..models.outlets import Reliability
from . import acts, merging
from .base import OfNegotiation
from .filters import Merged
from .inlines import Shown
from .shown import when, who
from .web import AddressedForm


class Gradings(Shown):
    model = OutletGrading
    columns = ["reliability", "reason", who, when]

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_change(super().get_queryset(request).select_related("negotiation", "outlet"))


class GradeForm(acts.Why):
    reliability = forms.ChoiceField(choices=Reliability.choices)
    field_order = ["reliability", "why"]


def grade(request: HttpRequest, outlet: Outlet, asked: dict[str, Any]) -> str:
    reliability = Reliability(asked["reliability"])
    gradings.grade_outlet(outlet, reliability, by=request.user, why=asked["why"])
    return acts.with_rechecks(f"“{outlet}” is graded {reliability.label}.", outlet, Why.OUTLET)


@admin.register(Outlet)
class OutletAdmin(OfNegotiation):
    form = AddressedForm
    fields = ["name", "slug", "url", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "reliability", "url"]
    list_filter = [Merged, "reliability"]
    list_select_related = ["negotiation", "merged_into"]
    search_fields = ["name", "slug"]
    actions = [merging.action()]
    inlines = [Gradings]

    @staticmethod
    def rests(outlet: Outlet) -> Resting:
        """On its own sources: what another outlet repeats, that one answers for."""
        return on_sources(outlet.negotiation, of_outlet(outlet.pk), with_repeats=False)

    @admin.display(description="Merged into")
    def same_as(self, outlet: Outlet) -> str:
        return str(outlet.merged_into or "–")

    def get_list_display(self, request: HttpRequest) -> Any:
        return [*super().get_list_display(request), *(["same_as"] if request.GET.get("merged") else [])]

    def get_inlines(self, request: HttpRequest, obj: Outlet | None = None) -> list[Any]:
        return [Gradings] if obj is not None else []

    def tools(self, row: Outlet) -> list[tuple[str, str]]:
        return [acts.tool(self, "grade", row, "Grade…"), *merging.tools(self, row)]

    def get_urls(self) -> list[URLPattern]:
        page = acts.page(
            self,
            "grade",
            title="How reliable is {}?",
            button="Grade",
            make_form=lambda request, outlet: GradeForm(
                acts.data_of(request), initial={"reliability": outlet.reliability}
            ),
            do=grade,
            rests=self.rests,
        )
        return [page, *merging.pages(self), *super().get_urls()]
