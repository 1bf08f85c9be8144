"""Priorities, the columns of the board."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse

from ..models import Priority
from .base import OfNegotiation
from .forms import CuratedForm


class PriorityForm(CuratedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = cleaned.get("number")
        if number and Priority.objects.filter(negotiation=self.negotiation, number=number).exists():
            self.add_error("number", f"There is a priority {number} in this negotiation already.")
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
