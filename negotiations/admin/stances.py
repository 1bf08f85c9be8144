"""Stances, to read: analysts record them on the board."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from ..domain.dates import in_words
from ..domain.log import with_change
from ..models import Dependence, Evidence, Stance
from .base import ReadOnly
from .filters import Curated
from .inlines import Shown
from .shown import when, who


class RestsOn(Shown):
    model = Evidence
    columns = ["bearing", "quote", "source", "locator"]
    verbose_name_plural = "evidence"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("quote", "source")


class DependsOn(Shown):
    model = Dependence
    columns = ["party"]
    verbose_name_plural = "depends on"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("party")


@admin.register(Stance)
class StanceAdmin(ReadOnly):
    fields = [
        "position", "seq", "code", "confidence", "red_line", "rationale", "conditions", "limits", "since",
        "cause", "replaces", "author", "recorded"
    ]  # fmt: skip
    readonly_fields = ["since", "author", "recorded"]
    list_display = ["position", "seq", "code", "confidence", "since", "cause", "author", "recorded"]
    list_filter = [("position__party", Curated), ("position__priority", Curated), "code", "cause"]
    search_fields = ["rationale", "conditions", "limits"]
    inlines = [RestsOn, DependsOn]
    author = staticmethod(who)
    recorded = staticmethod(when)

    def get_queryset(self, request: HttpRequest) -> Any:
        related = ["position__party", "position__priority", "negotiation"]
        rows = super().get_queryset(request).select_related(*related)
        return with_change(rows).order_by("-revision", "-pk")

    @admin.display(description="Held from", ordering="held_from")
    def since(self, stance: Stance) -> str:
        return in_words(stance.held_from, stance.precision)

    def view_on_site(self, stance: Stance) -> str:
        cell = stance.position
        return reverse("cell", args=[stance.negotiation.slug, cell.party.slug, cell.priority.number])
