"""Evidence, to read: it is frozen with its stance."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import Evidence
from .base import ReadOnly


@admin.register(Evidence)
class EvidenceAdmin(ReadOnly):
    fields = ["stance", "cell", "bearing", "quote", "source", "locator"]
    readonly_fields = ["cell"]
    list_display = ["cell", "stance", "bearing", "quote", "source", "locator"]
    list_filter = ["bearing"]
    search_fields = ["quote__exact", "source__title", "locator"]

    def get_queryset(self, request: HttpRequest) -> Any:
        related = ["stance__position__party", "stance__position__priority", "quote", "source", "negotiation"]
        return super().get_queryset(request).select_related(*related).order_by("-pk")

    @admin.display(description="Cell")
    def cell(self, evidence: Evidence) -> str:
        return str(evidence.stance.position)
