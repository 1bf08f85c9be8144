"""Merging in the admin: one row into another, several chosen in a list into one of them, and undoing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from ..domain import merging
from ..domain.records import Refused
from ..domain.resting import Resting, of_outlet, on_sources
from ..forms.choosing import BY_NAME, ByName, OneOf, Related
from ..models import Source
from . import access, acts

MOST = 50  # rows at once


class MergeForm(acts.Why):
    """Which row is kept, and why. A row that is itself merged is answered by the one that it leads to."""

    kept = forms.Field()
    field_order = ["kept", "why"]

    def __init__(self, related: Related, model: Any, data: Any, kept: str) -> None:
        super().__init__(data, initial={"kept": kept})
        rows, label = related.rows(model), f"Same {model._meta.verbose_name} as"
        if model in BY_NAME:
            hint = "The name of the one that is kept, as its address has it. This one will lead to it."
            self.fields["kept"] = ByName(rows, model, label=label, help_text=hint)
        else:
            hint = "It is kept, and this one will lead to it."
            self.fields["kept"] = OneOf(rows, str(model._meta.verbose_name_plural), label=label, help_text=hint)

    def offer(self, kept: Any) -> None:
        """Put what should be kept into the form, for the person to look at and send."""
        self.data = {**self.data, "kept": kept.slug if isinstance(self.fields["kept"], ByName) else kept.pk}


class KeepForm(acts.Why):
    """Which of the chosen rows is kept."""

    kept = forms.TypedChoiceField(label="Keep", widget=forms.RadioSelect, coerce=int)
    field_order = ["kept", "why"]

    def __init__(self, rows: list[Any], data: Any) -> None:
        super().__init__(data)
        self.fields["kept"].choices = [(row.pk, f"{row} ({row.slug})") for row in rows]  # type: ignore[attr-defined]


def rests(row: Any) -> Resting:
    """What counts anew when a row is merged or taken apart."""
    sources = [row.pk] if isinstance(row, Source) else of_outlet(row.pk)
    return on_sources(row.negotiation, sources)


def tools(model_admin: Any, row: Any) -> list[tuple[str, str]]:
    if row.merged_into_id is None:
        return [acts.tool(model_admin, "merge", row, "Merge…")]
    return [acts.tool(model_admin, "apart", row, "Undo the merge…")]


def pages(model_admin: Any) -> list[URLPattern]:
    """The pages `merge` and `apart` of a row.

    Merging locks the rows in order of id. Were this one locked before, two who merge A into B and B into A at one
    moment would wait for each other.
    """
    merge = acts.page(
        model_admin,
        "merge",
        title="Merge “{}” into which one?",
        button="Merge",
        make_form=_make_form,
        do=_merge,
        rests=rests,
        locks=False,
    )
    apart = acts.page(
        model_admin,
        "apart",
        title="Take “{}” out of the one that it is merged into?",
        button="Undo the merge",
        make_form=lambda request, row: acts.Why(acts.data_of(request)),
        do=_take_apart,
        rests=rests,
        locks=False,
    )
    return [merge, apart]


def _make_form(request: HttpRequest, row: Any) -> MergeForm:
    request.related = Related(row.negotiation_id)  # type: ignore[attr-defined]
    kept = request.GET.get("kept", "")  # where the address proposes one
    form = MergeForm(request.related, type(row), acts.data_of(request), kept)  # type: ignore[attr-defined]
    request.merge_form = form  # type: ignore[attr-defined]
    return form


def _merge(request: HttpRequest, row: Any, asked: dict[str, Any]) -> str:
    try:
        done = merging.merge([row], asked["kept"], by=request.user, why=asked["why"])
    except merging.Chained as chained:
        request.merge_form.offer(chained.kept)  # type: ignore[attr-defined]
        raise Refused(f"{chained} It is in the form now.") from chained
    if not done:
        return f"“{row}” is merged into “{asked['kept']}” already; nothing was changed."
    return f"“{row}” is merged into “{asked['kept']}”, which counts in its place."


def _take_apart(request: HttpRequest, row: Any, asked: dict[str, Any]) -> str:
    done = merging.take_apart(row, by=request.user, why=asked["why"])
    return f"“{row}” counts for itself again." if done else f"“{row}” is not merged; nothing was changed."


def action() -> Callable[..., HttpResponse | None]:
    """The list action that merges the chosen rows into one of them."""

    @admin.action(description="Merge into one…", permissions=["change"])
    def merge(model_admin: Any, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        rows = list(chosen.order_by("pk")[: MOST + 1])
        wrong = _wrong(rows)
        if wrong:
            model_admin.message_user(request, wrong, messages.ERROR)
            return None
        form = KeepForm(rows, request.POST if "why" in request.POST else None)
        if form.is_bound and form.is_valid():
            kept = next(row for row in rows if row.pk == form.cleaned_data["kept"])
            others = [row for row in rows if row is not kept]
            try:
                done = merging.merge(others, kept, by=request.user, why=form.cleaned_data["why"])
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                is_one = "one is" if done == 1 else f"{done} are"
                model_admin.message_user(request, f"“{kept}” is kept; {is_one} merged into it.")
                return None
        negotiation = access.curated(request)[rows[0].negotiation_id]
        sources = [pk for row in rows for pk in ([row.pk] if isinstance(row, Source) else of_outlet(row.pk))]
        return acts.ask(
            model_admin,
            request,
            form,
            title=f"These {len(rows)} are one: which one is kept?",
            button="Merge",
            back=request.get_full_path(),
            resting=[on_sources(negotiation, sources)],
            hidden=[("action", "merge"), *((ACTION_CHECKBOX_NAME, str(row.pk)) for row in rows)],
        )

    return merge


def _wrong(rows: list[Any]) -> str:
    if len(rows) < 2:
        return "Choose two or more: one of them is kept."
    if len(rows) > MOST:
        return f"Choose at most {MOST} at once."
    if len({row.negotiation_id for row in rows}) > 1:
        return "Choose rows of one negotiation."
    return ""
