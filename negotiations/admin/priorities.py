"""Priorities, the columns of the board."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse

from ..domain.removals import with_removed
from ..models import Priority
from .base import OfNegotiation
from .forms import CuratedForm, there_already


class PriorityForm(CuratedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = cleaned.get("number")
        rows = with_removed(Priority.objects.filter(negotiation=self.negotiation))
        if number and (row := rows.filter(number=number).first()):
            self.add_error("number", there_already(row, f"priority {number}"))
        return cleaned


@admin.register(Priority)
class PriorityAdmin(OfNegotiation):
    form = PriorityForm
    fixed = ["number"]
    fields = ["number", "kind", "name", "description", "terms"]
    list_display = ["name", "number", "kind"]
    list_filter = ["kind"]
    list_select_related = ["negotiation"]
    search_fields = ["name"]

    def view_on_site(self, priority: Priority) -> str:
        return reverse("priority", args=[priority.negotiation.slug, priority.number])
