"""The forms in which analysts add and edit meetings, people, instruments and commitments."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from negotiations.models import Change, RowEdit
from tests.pages import Element, filled_in, read
from tests.views.cell_pages import HTMX


def entry_form(response: HttpResponse) -> Element:
    return read(response).find("form", "entry")


def opened(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send of the form as it is opened."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return filled_in(entry_form(response))


def typed(data: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The same with `values` typed over; `attendance__0__party` is the first row's party."""
    return {**data, "act": "save", **{name.replace("__", "-"): value for name, value in values.items()}}


def send(client: Client, address: str, htmx: bool = False, **values: Any) -> HttpResponse:
    """Open the form, type, and send it."""
    return client.post(address, typed(opened(client, address), **values), headers=HTMX if htmx else {})


def done(response: HttpResponse) -> str:
    """Where one is led once it is done; what is wrong, where it is not."""
    assert response.status_code == 302, [note.text for note in read(response).all("div", "note")]
    return response["Location"]


def sent_again(client: Client, address: str, response: HttpResponse, **values: Any) -> HttpResponse:
    """Send the form that came back, as it stands but for `values`."""
    return client.post(address, typed(filled_in(entry_form(response)), **values))


def last_act() -> tuple[Change, list[RowEdit]]:
    """The newest Change, and what it did to rows."""
    change = Change.objects.latest("pk")
    return change, list(change.row_edits.order_by("pk"))


# What nobody can have meant, for a field of each sort.
NO_NAMES = ["", " \u200b ", "x" * 121, "a\x00b", "a\x1bb"]
NO_DAYS = ["0000-00-00", "0001-01-01", "10000-01-01", "2026-02-29", "2026-13-01", "31.4.", "soon", "-1", "1e400"]
NO_IDS = ["-1", "0", "2147483648", "9223372036854775808", "1e400", "0x1", "٣", "NaN", "france"]
