"""Filters beside lists: they offer only what whoever looks may curate."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import Negotiation
from . import access


class Curated(admin.RelatedFieldListFilter):
    """Rows of a table to filter by. Two negotiations may each have one of the same name, so theirs is told too."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        model: Any = field.remote_field.model
        mine = access.curated(request)
        if model is Negotiation:
            return [(pk, str(negotiation)) for pk, negotiation in mine.items()]
        rows = model._default_manager.filter(negotiation__in=list(mine))
        several = len(mine) > 1
        return [(row.pk, f"{row} ({mine[row.negotiation_id]})" if several else str(row)) for row in rows]
