"""Meetings, and who came."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..forms.meetings import MeetingForm
from ..models import Attendance, Meeting
from .base import OfNegotiation
from .forms import CuratedForm
from .inlines import Links
from .shown import day, page


class Came(Links):
    model = Attendance
    fields = ["party", "person", "level", "status", "note"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("party", "person", "meeting")


class CuratedMeetingForm(CuratedForm, MeetingForm):
    """As in the app, with a name for addresses."""


@admin.register(Meeting)
class MeetingAdmin(OfNegotiation):
    form = CuratedMeetingForm
    fields = ["name", "slug", "kind", "place", "starts_on", "ends_on", "precision", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "place", day("starts_on", "Starts")]
    list_filter = ["kind"]
    list_select_related = ["negotiation"]
    search_fields = ["name", "slug", "place"]
    inlines = [Came]
    view_on_site = staticmethod(page("meeting", "meeting"))
