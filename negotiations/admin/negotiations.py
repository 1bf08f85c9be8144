"""Negotiations and who has which role in them: administrators keep these, curators look."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.http import HttpRequest
from django.urls import reverse

from ..domain.negotiations import open_negotiation
from ..domain.permissions import is_administrator
from ..models import Membership, Negotiation
from .base import OfNegotiation
from .forms import VersionedForm
from .inlines import Links


class Members(Links):
    model = Membership
    fields = ["user", "role"]
    verbose_name_plural = "members"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")


class NegotiationForm(VersionedForm):
    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        if zone not in available_timezones() or not _database_knows(zone):
            raise ValidationError("Write a time zone such as Europe/Paris or UTC.")
        return zone


def _database_knows(zone: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = %s)", [zone])
        return bool(cursor.fetchone()[0])


SETTINGS = ["name", "slug", "description", "visibility", "time_zone", "review"]


@admin.register(Negotiation)
class NegotiationAdmin(OfNegotiation):
    owner = "pk"
    form = NegotiationForm
    fields = [*SETTINGS]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "visibility", "review", "time_zone", "revision"]
    list_filter = ["visibility"]
    search_fields = ["name", "slug"]

    def is_mine(self, request: HttpRequest, row: models.Model | None) -> bool:
        """An administrator finds the way here before there is any negotiation."""
        return is_administrator(request.user) or super().is_mine(request, row)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return is_administrator(request.user)

    def get_inlines(self, request: HttpRequest, obj: Negotiation | None = None) -> list[Any]:
        return [Members] if obj is not None else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.fixed] if obj is not None else []

    def negotiation_of(self, request: HttpRequest, row: Any) -> Negotiation | None:
        return row

    def view_on_site(self, negotiation: Negotiation) -> str:
        return reverse("board", args=[negotiation.slug])

    def write(self, request: HttpRequest, form: Any, links: Any) -> None:
        """A new one is opened by the domain, which logs it; a changed one is saved like any row."""
        row = form.instance
        if row.pk is not None:
            super().write(request, form, links)
            return
        told = {name: form.cleaned_data[name] for name in SETTINGS}
        row.pk = open_negotiation(by=request.user, why=form.cleaned_data["why"], **told).pk
