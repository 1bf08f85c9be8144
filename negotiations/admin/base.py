"""What the pages of every noun of a negotiation share: whose rows they show, and how a save goes into the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from ..domain import log_edits, records
from ..domain.permissions import Hidden
from ..domain.removals import REMOVABLE, with_removed
from ..forms.choosing import Related
from ..forms.records import OUR_OWN
from ..models import Negotiation, Quote
from . import access
from .fields import formfield
from .filters import Curated, Undone
from .forms import CuratedForm
from .inlines import Links
from .shown import moment


class OfNegotiation(admin.ModelAdmin):
    """Rows of the negotiations that one curates. Nothing is deleted; each save is one act in the log."""

    form: type[forms.ModelForm] = CuratedForm
    actions: Any = None
    owner = "negotiation"  # how a row says whose it is
    rests: Any = None  # tells what rests on a row, where anything can
    fixed: Sequence[str] = ("slug",)  # can't be changed once given
    show_full_result_count = False
    list_per_page = 50

    # --- whose rows, and what may be done to them ------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        mine = {f"{self.owner}__in": list(access.curated(request))}
        rows = super().get_queryset(request).filter(**mine)
        return with_removed(rows) if self.model in REMOVABLE else rows

    def is_mine(self, request: HttpRequest, row: models.Model | None) -> bool:
        mine = access.curated(request)
        return records.negotiation_of(row) in mine if row is not None else bool(mine)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.is_mine(request, None)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.is_mine(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.is_mine(request, None)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.is_mine(request, obj) and getattr(obj, "removed", None) is None

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def may_act(self, request: HttpRequest, row: models.Model) -> bool:
        """Whether the acts beside editing are open, also where nothing is edited."""
        return self.is_mine(request, row) and getattr(row, "removed", None) is None

    # --- the list --------------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> Any:
        several = len(access.curated(request)) > 1 and self.owner == "negotiation"
        return [*super().get_list_display(request), *(["negotiation"] if several else [])]

    def get_list_filter(self, request: HttpRequest) -> Any:
        several = len(access.curated(request)) > 1 and self.owner == "negotiation"
        first = [("negotiation", Curated)] if several else []
        return [*first, *super().get_list_filter(request), *([Undone] if self.model in (*REMOVABLE, Quote) else [])]

    # --- the page of a row -----------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row; Hidden where there is none, or it is not theirs.

        To be saved, it is locked: whoever saves second sees what the first one stored.
        """
        row = super().get_object(request, object_id, from_field)
        if row is None:
            raise Hidden(f"There is no {self.opts.verbose_name} {object_id!r}, or it is not yours to curate.")
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            self.lock(row)
        if self.owner == "negotiation":
            row.negotiation = access.curated(request).get(row.negotiation_id)
        return row

    def lock(self, row: models.Model) -> None:
        records.lock(row)

    def links(self, request: HttpRequest, row: models.Model | None) -> list[records.Link]:
        """The tables that are edited on the page of a row."""
        edited = [inline for inline in self.get_inlines(request, row) if issubclass(inline, Links)]
        return [(inline.model, inline.fk_name or str(self.opts.model_name)) for inline in edited]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = [name for name in self.fixed if obj is not None]
        return ["negotiation", *fixed, *super().get_readonly_fields(request, obj)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        of_row = ["negotiation", *(self.fields or [])] if self.owner == "negotiation" else [*(self.fields or [])]
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": of_row})]
        return [(None, {"fields": of_row}), ("Why", {"fields": ["why", "version"]})]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj is not None else dict(super().get_prepopulated_fields(request, obj))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        negotiation = self.negotiation_of(request, obj)
        request.related = Related(negotiation.pk if negotiation else None)  # type: ignore[attr-defined]
        form: Any = super().get_form(request, obj, change, **options)
        form.negotiation, form.links = negotiation, self.links(request, obj)
        return form

    def negotiation_of(self, request: HttpRequest, row: Any) -> Negotiation | None:
        return row.negotiation if row is not None else access.chosen(request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        return formfield(db_field, request) or super().formfield_for_dbfield(db_field, request, **options)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Whoever curates several negotiations says first to which one the new row belongs."""
        if self.owner == "negotiation" and self.has_add_permission(request) and not access.chosen(request):
            title = f"In which negotiation is the new {self.opts.verbose_name}?"
            context = {"title": title, "opts": self.opts, "negotiations": access.curated(request).values()}
            context |= self.admin_site.each_context(request)
            return TemplateResponse(request, "admin/negotiations/choose.html", context)
        return super().add_view(request, form_url, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Two who add the same at once pass the same checks, and what was checked may be undone since: whoever comes
        second is checked again, and told."""
        try:
            return super().changeform_view(request, *args, **options)
        except (IntegrityError, records.Refused):
            return super().changeform_view(request, *args, **options)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        row = context["original"]
        may = row is not None and self.may_act(request, row)
        context["tools"] = self.tools(row) if may else []
        context["merged_into"] = getattr(row, "merged_into", None)
        context["removed"] = getattr(row, "removed", None)
        context["resting"] = [self.rests(row)] if may and self.rests is not None else []
        context["offers"] = request.related.offers()  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **options)

    def tools(self, row: Any) -> list[tuple[str, str]]:
        """Addresses and names of what else can be done to a row."""
        return []

    # --- saving: the place in the log is taken first, then everything is written -----------------

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Nothing yet: whether there is anything to save is known with the links, in `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        edited = set(form.changed_data) - set(OUR_OWN)
        if change and not edited and not any(formset.has_changed() for formset in formsets):
            request.nothing_changed = True  # type: ignore[attr-defined]
            return

        def links() -> None:
            super(OfNegotiation, self).save_related(request, form, formsets, change)

        self.write(request, form, links)

    def write(self, request: HttpRequest, form: Any, links: Any) -> None:
        records.save(form.instance, by=request.user, why=form.cleaned_data["why"], links=links)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if getattr(request, "nothing_changed", False):
            self.message_user(request, f"Nothing was changed in “{obj}”.", messages.INFO)
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        return redirect(request.get_full_path()) if "_addanother" in request.POST else response

    # --- one log: ours ---------------------------------------------------------------------------

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """None: Django's own log is not kept."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The domain has written it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The domain has written it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the log says of a row and its links."""
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        negotiation = self.negotiation_of(request, row)
        acts = records.changes_of(row, self.links(request, row))
        edits = log_edits.edits_of(negotiation.pk if negotiation else 0, [act.pk for act in acts])
        told = [(moment(act.at, negotiation), act, edits.get(act.pk, [])) for act in acts]
        context = {
            **self.admin_site.each_context(request),
            "title": f"What was done to “{row}”",
            "acts": told,
            "object": row,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/negotiations/history.html", context)


class ReadOnly(OfNegotiation):
    """What only grows, and is written elsewhere."""

    form = forms.ModelForm
    fixed = ()

    def lock(self, row: models.Model) -> None:
        """Nothing of it is ever changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
