"""The log, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from ..domain.permissions import is_administrator
from ..models import Change, RowEdit
from . import access
from .base import ReadOnly
from .inlines import Shown
from .shown import moment


class RowEdits(Shown):
    model = RowEdit
    columns = ["table", "row", "before", "after"]
    verbose_name_plural = "rows edited"


@admin.register(Change)
class ChangeAdmin(ReadOnly):
    fields = ["negotiation", "revision", "moment", "by", "verb", "what", "why"]
    readonly_fields = ["moment"]
    list_display = ["what", "verb", "by", "moment", "revision", "why"]
    list_filter = ["verb", "at"]
    list_select_related = ["by", "negotiation"]
    search_fields = ["what", "why", "by__name"]
    inlines = [RowEdits]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Acts on accounts, which have no negotiation, are for administrators."""
        mine = Q(negotiation__in=list(access.curated(request)))
        if is_administrator(request.user):
            mine |= Q(negotiation__isnull=True)
        return Change.objects.filter(mine).order_by("-pk")

    def is_mine(self, request: HttpRequest, row: Any) -> bool:
        return is_administrator(request.user) or super().is_mine(request, row)

    @admin.display(description="When", ordering="at")
    def moment(self, change: Change) -> str:
        return moment(change.at, change.negotiation)

    def view_on_site(self, change: Change) -> str | None:
        if change.negotiation is None:
            return None
        return f"{reverse('changes', args=[change.negotiation.slug])}?before={(change.revision or 0) + 1}"
