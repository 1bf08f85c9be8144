"""Commitments: towards whom, and how far they have come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern

from ..domain import commitment_events
from ..domain.log import with_change
from ..domain.negotiations import get_workspace
from ..domain.permissions import Act
from ..domain.places import Place
from ..forms.choosing import ByName, Related
from ..forms.commitments import CommitmentForm
from ..forms.fields import Text
from ..models import Beneficiary, Commitment, CommitmentEvent, Quote, Source
from ..models.commitments import Stage
from ..models.fields import Precision
from . import acts
from .base import OfNegotiation
from .fields import Day, Line
from .filters import Curated
from .forms import CuratedForm
from .inlines import Links, Shown
from .shown import day, page, when, who


class Towards(Links):
    model = Beneficiary
    fields = ["party"]
    verbose_name_plural = "towards whom"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("party")


class Events(Shown):
    model = CommitmentEvent
    columns = ["status", day("on", "On"), "quote", "source", "locator", "note", who, when]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("quote", "source", "negotiation")
        return with_change(rows)


class CuratedCommitmentForm(CuratedForm, CommitmentForm):
    """As in the app, with a name for addresses."""

    slug_from = "text"


class EventForm(acts.Why):
    """One step of a commitment, and how we know of it."""

    status = forms.ChoiceField(choices=Stage.choices, label="Step")
    on = Day(required=False, help_text="Leave empty where it is unknown.")
    precision = forms.ChoiceField(choices=Precision.choices)
    quote = forms.Field()
    source = forms.Field()
    locator = Line(required=False, max_length=300, help_text="Where in the source, such as a page.")
    note = Text(required=False, rows=3)
    field_order = ["status", "on", "precision", "quote", "source", "locator", "note", "why"]

    def __init__(self, related: Related, data: Any) -> None:
        super().__init__(data)
        for name, model in (("quote", Quote), ("source", Source)):
            help_text = f"The name of a {name}, as its address has it."
            self.fields[name] = ByName(related.rows(model), model, required=False, help_text=help_text)
        self.fields["why"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        wrong = commitment_events.how_we_know(place_of(cleaned), cleaned.get("note") or "")
        if wrong and not set(self.errors) & {"quote", "source", "locator", "note"}:
            raise forms.ValidationError(wrong)
        return cleaned


def place_of(asked: dict[str, Any]) -> Place:
    quote, source = asked.get("quote"), asked.get("source")
    return Place(quote and quote.pk, source and source.pk, asked.get("locator") or "")


def make_event_form(request: HttpRequest, commitment: Commitment) -> EventForm:
    request.related = Related(commitment.negotiation_id)  # type: ignore[attr-defined]
    return EventForm(request.related, acts.data_of(request))  # type: ignore[attr-defined]


def add_event(request: HttpRequest, commitment: Commitment, asked: dict[str, Any]) -> str:
    named = {name: asked[name] for name in ("status", "on", "precision", "note", "why")}
    workspace = get_workspace(commitment.negotiation.slug, by=request.user, to=Act.CURATE)
    step = commitment_events.Step(place=place_of(asked), **named)
    commitment_events.add_step(workspace, commitment.slug, step, by=request.user)
    return f"The step “{Stage(step.status).label.lower()}” is added."


@admin.register(Commitment)
class CommitmentAdmin(OfNegotiation):
    form = CuratedCommitmentForm
    fields = [
        "text", "slug", "party", "priority", "instrument", "meeting", "force", "conditions", "due", "precision"
    ]  # fmt: skip
    prepopulated_fields = {"slug": ["text"]}
    list_display = ["text", "party", "priority", "force", day("due", "Due")]
    list_select_related = ["party", "priority", "negotiation"]
    list_filter = [("party", Curated), ("priority", Curated), "force"]
    search_fields = ["text", "slug", "conditions"]
    inlines = [Towards, Events]
    view_on_site = staticmethod(page("commitment", "commitment"))

    def tools(self, row: Commitment) -> list[tuple[str, str]]:
        return [acts.tool(self, "event", row, "Add a step")]

    def get_urls(self) -> list[URLPattern]:
        event = acts.page(
            self,
            "event",
            title="How far has it come: {}",
            button="Add the step",
            make_form=make_event_form,
            do=add_event,
        )
        return [event, *super().get_urls()]
