"""Instruments, the negotiated texts, and who signed them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..forms.instruments import InstrumentForm
from ..models import Instrument, Signature
from .base import OfNegotiation
from .filters import Curated
from .forms import CuratedForm
from .inlines import Links
from .shown import day, page


class Signatures(Links):
    model = Signature
    fields = ["party", "state", "quote", "source", "locator", "note"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("party", "instrument")


class CuratedInstrumentForm(CuratedForm, InstrumentForm):
    """As in the app, with a name for addresses."""


@admin.register(Instrument)
class InstrumentAdmin(OfNegotiation):
    form = CuratedInstrumentForm
    fields = [
        "name", "slug", "kind", "replaces", "seen", "meeting", "dated", "precision", "description"
    ]  # fmt: skip
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "seen", "meeting", day("dated", "Dated")]
    list_select_related = ["meeting", "negotiation"]
    list_filter = ["kind", "seen", ("meeting", Curated)]
    search_fields = ["name", "slug"]
    inlines = [Signatures]
    view_on_site = staticmethod(page("instrument", "instrument"))
