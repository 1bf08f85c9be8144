"""Accounts: administrators make them, change what they may do, and end them. Nobody is ever deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm, UserCreationForm
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from ..domain import accounts
from ..domain.permissions import is_administrator
from ..domain.records import Refused
from ..models import Membership, Negotiation, User
from . import acts
from .base import OfNegotiation
from .forms import VersionedForm
from .inlines import Shown


class NewUserForm(UserCreationForm):
    why = forms.CharField(label="Reason", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = User
        fields = ["username", "name", "email", "is_superuser"]


class UserForm(VersionedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("is_active") and cleaned.get("is_superuser")):
            try:
                accounts.require_another_administrator(self.instance)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
        return cleaned


class Memberships(Shown):
    model = Membership
    columns = ["negotiation", "role"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("negotiation", "user")


def set_password(request: HttpRequest, user: User, asked: dict[str, Any]) -> str:
    accounts.change_password(user, asked["new_password1"], by=request.user)
    if user == request.user:
        update_session_auth_hash(request, user)
    return f"The password of {user} is set."


def make_anonymous(request: HttpRequest, user: User, asked: dict[str, Any]) -> str:
    accounts.make_anonymous(user, by=request.user, why=asked["why"])
    return f"The account is closed; what it recorded stays, as that of {user}."


@admin.register(User)
class UserAdmin(OfNegotiation):
    owner = "account"
    form = UserForm
    fields = ["username", "name", "email", "is_active", "is_superuser", "last_login", "date_joined"]
    fixed = ["username", "last_login", "date_joined"]
    list_display = ["username", "name", "email", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["username", "name", "email"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return User.objects.all() if is_administrator(request.user) else User.objects.none()

    def is_mine(self, request: HttpRequest, row: models.Model | None) -> bool:
        return is_administrator(request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def lock(self, row: Any) -> None:
        accounts.lock(row)

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        return [Memberships] if obj is not None else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.fixed] if obj is not None else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["username", "name", "email", "is_superuser", "password1", "password2", "why"]})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        if obj is None:
            options["form"] = NewUserForm
            options["fields"] = NewUserForm.Meta.fields
        return super().get_form(request, obj, change, **options)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Names of accounts have rules of their own, which Django's fields know."""
        if db_field.name in ("username", "is_active", "is_superuser"):
            return super(OfNegotiation, self).formfield_for_dbfield(db_field, request, **options)
        return super().formfield_for_dbfield(db_field, request, **options)

    def negotiation_of(self, request: HttpRequest, row: Any) -> Negotiation | None:
        return None

    @method_decorator(sensitive_post_parameters())
    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        return super().changeform_view(request, *args, **options)

    def write(self, request: HttpRequest, form: Any, links: Any) -> None:
        told, row = form.cleaned_data, form.instance
        if row.pk is None:
            made = accounts.create_user(
                username=told["username"],
                name=told["name"],
                email=told["email"],
                password=told["password1"],
                is_superuser=told["is_superuser"],
                by=request.user,
            )
            row.pk = made.pk
            return
        kept = {name: told[name] for name in ("name", "email", "is_active", "is_superuser", "why")}
        accounts.change_account(User.objects.get(pk=row.pk), by=request.user, **kept)

    def tools(self, row: User) -> list[tuple[str, str]]:
        return [
            acts.tool(self, "password", row, "Set the password"),
            acts.tool(self, "anonymous", row, "Make anonymous…"),
        ]

    def get_urls(self) -> list[URLPattern]:
        password = acts.page(
            self,
            "password",
            title="A new password for {}",
            button="Set the password",
            make_form=lambda request, user: SetPasswordForm(user, acts.data_of(request)),
            do=set_password,
        )
        anonymous = acts.page(
            self,
            "anonymous",
            title="Make {} anonymous, for good?",
            button="Make anonymous",
            make_form=lambda request, user: acts.Why(acts.data_of(request)),
            do=make_anonymous,
        )
        return [password, anonymous, *super().get_urls()]
