"""Tables on the page of a row: links that are edited with it, and what is only shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from ..forms.records import LinkForm, LinkFormSet
from . import access
from .fields import formfield


class Inline(admin.TabularInline):
    """Rows on the page of another row: whoever may see that one sees them."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True


class Links(Inline):
    """Links to other rows, which may be added, changed and taken away."""

    form = LinkForm
    formset = LinkFormSet
    extra = 2

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        related = request.related  # type: ignore[attr-defined]
        formset.form.negotiation = access.curated(request).get(related.negotiation)
        return formset

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        return formfield(db_field, request) or super().formfield_for_dbfield(db_field, request, **options)


class Shown(Inline):
    """Rows to read only."""

    columns: Sequence[Any] = ()  # names of fields, or functions of a row
    can_delete = False
    max_num = 0

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.columns

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.columns

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
