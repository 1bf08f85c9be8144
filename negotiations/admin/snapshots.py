"""Texts of sources, to read. They are added on the page of their source."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import Snapshot
from .base import ReadOnly


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly):
    fields = ["source", "number", "kind", "language", "sha256", "text"]
    list_display = ["source", "number", "kind", "language"]
    list_select_related = ["source", "negotiation"]
    list_filter = ["kind", "language"]
    search_fields = ["source__title"]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.defer("text") if _is_list(request) else rows


def _is_list(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (match.url_name or "").endswith("_changelist")
