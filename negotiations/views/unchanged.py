"""Pages that answer "as before" (304) while nothing of their negotiation has changed since they were fetched."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import get_conditional_response, patch_cache_control

from ..domain.negotiations import Workspace

TREES = ("templates", "static", "negotiations")
SUFFIXES = (".py", ".html", ".js", ".css", ".sql")


def unless_seen(request: HttpRequest, workspace: Workspace, answer: Callable[[str], HttpResponse]) -> HttpResponse:
    """The answer, made by `answer(tag)`, or 304 where the browser has it already.

    The tag is made of the revision, which the workspace read before anything else: what is fetched under it may be
    newer than it says, never older, and then the next request fetches once more (docs/decisions/live.md).
    """
    if len(get_messages(request)):  # said once; such a page is not to come again
        return answer("")
    tag = tag_of(request, workspace)
    response = get_conditional_response(request, etag=tag) or answer(tag)
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def tag_of(request: HttpRequest, workspace: Workspace) -> str:
    """All that a page is made of beside its address: the record, the day, who looks, and the program itself."""
    user = request.user
    forms = ""
    if user.is_authenticated:
        get_token(request)  # so that there is a cookie already when a page is asked for the first time
        forms = request.META["CSRF_COOKIE"]  # the forms of an older cookie are refused
    parts = [
        workspace.id,
        workspace.revision,
        workspace.today(),
        int(workspace.act),
        user.pk,
        user.get_full_name() if user.is_authenticated else "",
        request.COOKIES.get("theme", ""),
        forms,
        release.__wrapped__() if settings.DEBUG else release(),
    ]
    return f'"{workspace.revision}-{sha256(repr(parts).encode()).hexdigest()[:16]}"'


@cache
def release() -> str:
    """What tells one state of the program from another: its files' sizes and times."""
    files = sorted(path for tree in TREES for path in (settings.BASE_DIR / tree).rglob("*") if path.suffix in SUFFIXES)
    return sha256(repr([(str(f), f.stat().st_size, f.stat().st_mtime_ns) for f in files]).encode()).hexdigest()[:16]
