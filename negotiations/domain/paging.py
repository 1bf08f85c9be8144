"""Long lists, fifty to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

ON_A_PAGE = 50


def page_of(rows: QuerySet[Any], number: str | None, make: Callable[[Any], Any]) -> Page[Any]:
    """Page `number` of ordered `rows`, each row through `make`. Two queries.

    What is no number is taken for the first page, a number out of range for the last.
    """
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    page.object_list = [make(row) for row in page.object_list]
    return page
