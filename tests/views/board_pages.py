"""Finding one's way on a board's page."""

from __future__ import annotations

from django.test import Client

from tests.pages import Element, read

BOARD = "/n/paris/"


def board(client: Client, query: str = "") -> Element:
    response = client.get(BOARD + query)
    assert response.status_code == 200, response.content.decode()
    return read(response)


def cell(page: Element, party: str, number: int) -> Element:
    """The `<td>` of a cell."""
    link = page.find("a", id=f"cell-{party}-{number}")
    assert link.parent is not None
    return link.parent


def standing_out(page: Element) -> set[str]:
    """The cells that the filters show, such as `france 2`; the others recede or are not there."""
    cells = [td for td in page.all("td", "pri") if td.has("a", "cell") and "recede" not in td.classes]
    return {td.find("a", "cell")["id"].removeprefix("cell-").replace("-", " ") for td in cells}
