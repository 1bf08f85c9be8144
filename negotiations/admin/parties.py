"""Parties, and the members of collectives."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..forms.records import LinkForm
from ..models import CollectiveMember, Party
from ..models.parties import PartyKind
from .base import OfNegotiation
from .forms import CuratedForm
from .inlines import Links
from .shown import page


class MemberForm(LinkForm):
    days = ("since",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("member") and cleaned["member"].pk == self.instance.collective_id:
            self.add_error("member", "A collective can't be a member of itself.")
        return cleaned


class Members(Links):
    model = CollectiveMember
    form = MemberForm
    fk_name = "collective"
    fields = ["member", "since", "precision"]
    verbose_name_plural = "members"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("member", "collective")


class PartyForm(CuratedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_collective = cleaned.get("kind") == PartyKind.COLLECTIVE
        if self.instance.pk and not is_collective and self.instance.members.exists():
            self.add_error("kind", "Only a collective has members. Take its members out first.")
        return cleaned


@admin.register(Party)
class PartyAdmin(OfNegotiation):
    form = PartyForm
    fields = ["name", "slug", "kind", "aliases", "order", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "order", "other_names"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "aliases__icontains"]
    view_on_site = staticmethod(page("party", "party"))

    @admin.display(description="Other names")
    def other_names(self, party: Party) -> str:
        return ", ".join(party.aliases)

    def get_inlines(self, request: HttpRequest, obj: Party | None = None) -> list[Any]:
        return [Members] if obj is not None and obj.kind == PartyKind.COLLECTIVE else []
