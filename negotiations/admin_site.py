"""The curators' pages: who is let in, and through which door. Beside admin/, which registers with it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from .domain.permissions import Forbidden, is_signed_in, may_curate_something

looked_at_or_sent = require_http_methods(["GET", "HEAD", "POST"])


class CuratorsSite(admin.AdminSite):
    site_header = "Parley, for curators"
    site_title = "Parley"
    index_title = "What you keep"
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked several times a page; the database once."""
        if not hasattr(request, "may_curate"):
            request.may_curate = may_curate_something(request.user)  # type: ignore[attr-defined]
        return bool(request.may_curate)  # type: ignore[attr-defined]

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Our own nouns alone: what other apps register is written past the log, and by other permissions."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label == "negotiations"]
        super().register(ours, admin_class, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return looked_at_or_sent(super().admin_view(view, cacheable))

    @method_decorator(looked_at_or_sent)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door to Parley: its own sign-in page."""
        if self.has_permission(request):
            return redirect("admin:index")
        if is_signed_in(request.user):
            raise Forbidden("These pages are for curators. An administrator can make you one.")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("password_change")
