"""The curators' pages: who is let in, and through which door. Beside admin/, which registers with it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .domain.permissions import Forbidden, is_signed_in, may_curate_something


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

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door to Parley: its own sign-in page."""
        if self.has_permission(request):
            return redirect("admin:index")
        if is_signed_in(request.user):
            raise Forbidden("These pages are for curators. An administrator can make you one.")
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("password_change")
