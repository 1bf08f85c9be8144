"""People who speak or sit for a party."""

from __future__ import annotations

from django.contrib import admin

from ..models import Person
from .base import OfNegotiation
from .filters import Curated
from .shown import page


@admin.register(Person)
class PersonAdmin(OfNegotiation):
    fields = ["name", "slug", "party", "titles", "aliases", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "party", "offices"]
    list_select_related = ["party", "negotiation"]
    list_filter = [("party", Curated)]
    search_fields = ["name", "slug", "aliases__icontains", "titles__icontains"]
    view_on_site = staticmethod(page("person", "person"))

    @admin.display(description="Offices")
    def offices(self, person: Person) -> str:
        return ", ".join(person.titles)
