"""Filters beside lists: they offer only what whoever looks may curate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from ..domain.removals import REMOVABLE, present
from ..domain.undone import counting
from ..models import Negotiation, Snapshot
from . import access


class Merged(admin.SimpleListFilter):
    """What is merged stays out of the list, unless it is asked for."""

    title = "duplicates"
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Merged into another"), ("all", "All")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Not merged"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(merged_into__isnull=self.value() != "yes")


class Undone(admin.SimpleListFilter):
    """What was taken out, or is undone, stays out of the list, unless it is asked for."""

    title = "undone"
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Undone"), ("all", "All")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Not undone"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        there = present(queryset) if queryset.model in REMOVABLE else counting(queryset)
        return queryset.exclude(pk__in=there.values("pk")) if self.value() == "yes" else there


class Missing(admin.SimpleListFilter):
    """Sources of which something is not known yet."""

    title = "what is missing"
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("outlet", "Outlet"), ("date", "Date"), ("language", "Language"), ("text", "Text")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        where = {
            "outlet": Q(outlet=None),
            "date": Q(published_on=None),
            "language": Q(language=""),
            "text": ~Q(Exists(present(Snapshot.objects.filter(source=OuterRef("pk"))))),
        }
        return queryset.filter(where.get(self.value() or "", Q()))


class Curated(admin.RelatedFieldListFilter):
    """Rows of a table to filter by. Two negotiations may each have one of the same name, so theirs is told too."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        model: Any = field.remote_field.model
        mine = access.curated(request)
        if model is Negotiation:
            return [(pk, str(negotiation)) for pk, negotiation in mine.items()]
        rows = present(model._default_manager.filter(negotiation__in=list(mine)))
        several = len(mine) > 1
        return [(row.pk, f"{row} ({mine[row.negotiation_id]})" if several else str(row)) for row in rows]
