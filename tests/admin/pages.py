"""How tests look at the admin: addresses, forms as a browser would send them, sentences shown."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse


def list_of(noun: str) -> str:
    return reverse(f"admin:negotiations_{noun}_changelist")


def adding(noun: str) -> str:
    return reverse(f"admin:negotiations_{noun}_add")


def page_of(row: Model, word: str = "change") -> str:
    return reverse(f"admin:negotiations_{row._meta.model_name}_{word}", args=[row.pk])


def fields_of(response: Any) -> dict[str, Any]:
    """What a browser would send if the form were sent as it stands."""
    form = response.context["adminform"].form
    sent = _values(form)
    for inline in response.context["inline_admin_formsets"]:
        sent |= _values(inline.formset.management_form)
        for row in inline.formset.forms:
            sent |= _values(row)
    return sent


def _values(form: Any) -> dict[str, Any]:
    values = {bound.html_name: bound.field.prepare_value(bound.value()) for bound in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def save(browser: Client, address: str, **typed: Any) -> Any:
    """Open the page at `address`, type over some fields and send it; a field typed as None is not sent."""
    sent = fields_of(browser.get(address)) | {name.replace("__", "-"): value for name, value in typed.items()}
    return browser.post(address, {name: value for name, value in sent.items() if value is not None})


def shown(response: Any) -> str:
    """The text of a page, without its markup."""
    text = re.sub(r"<(script|style|datalist).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
