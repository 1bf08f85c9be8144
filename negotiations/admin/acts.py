"""Acts that are more than editing a row: each asks on a page of its own, and works as a plain form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.debug import sensitive_post_parameters

from ..domain import rechecks
from ..domain.records import Refused
from ..domain.resting import Resting
from ..forms.fields import Text
from ..views import markup


class Why(forms.Form):
    """A reason, and in subclasses what else an act needs."""

    why = Text(
        label="Reason",
        rows=3,
        max_length=2000,
        help_text="It is shown in the log.",
        error_messages={"required": "Say why you do this."},
    )


def ask(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    rows: Sequence[Any] = (),
    hidden: Sequence[tuple[str, str]] = (),
    offers: Sequence[Any] = (),
    resting: Sequence[Resting] = (),
) -> HttpResponse:
    """The page that asks.

    `rows` are what the act is about, `hidden` what the form sends along, `resting` what to think of before.
    """
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "button": button,
        "back": back,
        "form": form,
        "rows": rows,
        "hidden": hidden,
        "offers": offers,
        "resting": resting,
        "media": model_admin.media + form.media,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/negotiations/act.html", context, status=status)


def page(
    model_admin: Any,
    word: str,
    *,
    title: str,
    button: str,
    make_form: Callable[[HttpRequest, Any], forms.Form],
    do: Callable[[HttpRequest, Any, dict[str, Any]], str],
    rests: Callable[[Any], Resting] | None = None,
    locks: bool = True,
) -> URLPattern:
    """The address `…/<id>/<word>/` of an act on one row, which is locked unless `do` locks it among others.

    `title` has a `{}` for the row; `do` answers with a sentence to show, or raises Refused; `rests` tells what rests
    on the row.
    """

    @sensitive_post_parameters()
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = model_admin.get_object(request, str(pk))
        if not model_admin.may_act(request, row):
            raise PermissionDenied
        form = make_form(request, row)
        back = reverse(f"admin:negotiations_{model_admin.opts.model_name}_change", args=[pk])
        if form.is_bound and form.is_valid():
            try:
                with transaction.atomic():
                    told = do(request, row, form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                model_admin.message_user(request, told)
                return redirect(back)
        related = getattr(request, "related", None)
        offers = related.offers() if related else ()
        return ask(
            model_admin,
            request,
            form,
            title=title.format(row),
            button=button,
            back=back,
            offers=offers,
            resting=[rests(row)] if rests else [],
        )

    act = model_admin.admin_site.admin_view(transaction.atomic(view) if locks else view)
    return path(f"<int:pk>/{word}/", act, name=name_of(model_admin, word))


def with_rechecks(told: str, row: Any, why: rechecks.Why) -> str:
    """What an act on a row did, and a link to the cells that are to be re-checked for it, if any. Two queries."""
    found = rechecks.find_all(row.negotiation_id)
    cells = {each.position for each in found if (each.why, each.on) == (why, row.pk)}
    return markup.with_rechecks(told, len(cells), reverse("rechecks", args=[row.negotiation.slug]), why)


def name_of(model_admin: admin.ModelAdmin, word: str) -> str:
    return f"{model_admin.opts.app_label}_{model_admin.opts.model_name}_{word}"


def tool(model_admin: admin.ModelAdmin, word: str, row: Any, label: str) -> tuple[str, str]:
    """The address and the words of a link to `page(…, word, …)`."""
    return reverse(f"admin:{name_of(model_admin, word)}", args=[row.pk]), label


def data_of(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
