"""A cell's page and its form, as an analyst's browser handles them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from negotiations.models import Change, Stance
from tests.pages import Element, filled_in, read

CELL = "/n/paris/positions/germany/2/"
EDIT = CELL + "edit"
EMPTY = "/n/paris/positions/germany/1/"
HTMX = {"HX-Request": "true"}


def page(client: Client, address: str = CELL) -> Element:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return read(response)


def form(client: Client, address: str = EDIT) -> Element:
    """The form of a stance, opened."""
    return page(client, address).find("form", action=address.partition("?")[0])


def typed(client: Client, address: str = EDIT, **values: Any) -> dict[str, Any]:
    """What a browser sends when an analyst opens the form, types `values`, and saves.

    Where nothing else is told, and the address has not said it, the cause is that it was so and we found out late.
    """
    data = filled_in(form(client, address))
    cause = {"cause": "learned"} if data.get("cause") == [""] else {}
    return {**data, **cause, "act": "save", **values}


def send(client: Client, data: dict[str, Any], address: str = EDIT, htmx: bool = False) -> HttpResponse:
    return client.post(address.partition("?")[0], data, headers=HTMX if htmx else {})


def facts(shown: Element) -> dict[str, str]:
    """What the page of a cell says of its stance, such as `{"Conditions": "After a ceasefire"}`."""
    table = shown.find("dl", "kv")
    return dict(zip([dt.text for dt in table.all("dt")], [dd.text for dd in table.all("dd")], strict=True))


def errors(shown: Element) -> str:
    """All sentences about what is wrong."""
    told = shown.all("ul", "errorlist") + shown.all("div", "note", role="alert")
    return " ".join(each.text for each in told if "hidden" not in each)


def recorded() -> tuple[int, int]:
    """How many stances and changes there are: whether anything was written at all."""
    return Stance.objects.count(), Change.objects.count()
