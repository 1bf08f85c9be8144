"""The dials of an address, carried on: every link of a page of the past leads to the same moment.

Links are made in a hundred places, in templates and in Python. Were each to carry the dials, one would soon forget
them, and a reader would fall back into the present without a word. So they are added once, to the finished page.
"""

from __future__ import annotations

import re
from functools import cache

from django.http import HttpRequest, QueryDict
from django.utils.html import escape, format_html_join

from ..domain.moments import Moment

DIALS = ("as_of", "day", "known_at", "known_day", "public_by")  # as an address spells them
NOUNS = "parties|priorities|people|meetings|instruments|commitments|sources|contradictions|questions"
FILTER = re.compile(r'<form class="(?:filter|find-here)" method="get"[^>]*>')


@cache
def _links(slug: str) -> re.Pattern[str]:
    """The links to pages of this negotiation that show a moment, and to other parts of the same page.

    `data-now` before the address keeps one as it is.
    """
    one = rf"(?:{NOUNS})/(?:(?!add/)[^/\"?#]+/)?"
    page = rf"/n/{re.escape(slug)}/(?:{one}|positions/[^/\"?#]+/\d+/)?"
    return re.compile(rf'(?<!data-now )((?:href|hx-get)=")({page}(?:\?[^"#]*)?|\?[^"#]*)(?=["#])')


def addresses(request: HttpRequest, moment: Moment) -> dict[str, str]:
    """The page's own address for the present, and the one that shows the same tomorrow.

    A form sends its empty fields, too; they say nothing.
    """
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name not in (*DIALS, "page") and any(values):
            query.setlist(name, [value for value in values if value])
    kept = query.urlencode()
    return {
        "address_now": f"{request.path}?{kept}" if kept else request.path,
        "address_pinned": f"{request.path}{moment.pinned}{'&' if kept else ''}{kept}",
    }


def carry_on(page: str, moment: Moment, slug: str) -> str:
    """The page with the moment's dials in its links and in the forms that filter its lists or look through its text."""
    dials = escape(moment.query.removeprefix("?"))
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', moment.dials)

    def carrying(link: re.Match[str]) -> str:
        attribute, address = link.groups()
        if any(f"{dial}=" in address for dial in DIALS):
            return link.group(0)
        return f"{attribute}{address}{'&amp;' if '?' in address else '?'}{dials}"

    page = _links(slug).sub(carrying, page)
    return FILTER.sub(lambda form: f"{form.group(0)}{hidden}", page)
