"""What pages with lists need of their address."""

from __future__ import annotations

from django.http import HttpRequest


def query_without_page(request: HttpRequest) -> str:
    """The address's query without its page number, for links to the other pages."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def wants_all_quotes(request: HttpRequest) -> bool:
    return request.GET.get("quotes") == "all"
