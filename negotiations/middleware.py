"""What happens around every view: a request id, sentences for refusals, and past here nothing giant and no NUL."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from .domain.asking import Unanswerable
from .domain.moments import PAST_STAYS
from .domain.permissions import Forbidden, Hidden
from .views import errors
from .views.dials import DIALS

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("negotiations")


def request_id(get_response: Answer) -> Answer:
    """Give each request an id, told in a header, in the log of errors and on the error page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex[:12]  # type: ignore[attr-defined]
        response = get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        patch_vary_headers(response, ["HX-Request", "Cookie"])
        return response

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Hidden | Forbidden):
            return errors.refused(request, exception)
        if isinstance(exception, Unanswerable):
            return errors.bad_request(request, exception)
        log.error("request %s failed", request.request_id, exc_info=exception)  # type: ignore[attr-defined]
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def past_stays(get_response: Answer) -> Answer:
    """Refuse whatever is sent to a page of the past, so that nobody edits the present from there by mistake."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_sent = request.method not in ("GET", "HEAD", "OPTIONS") and request.path_info.startswith("/n/")
        if is_sent and any(map(request.GET.get, DIALS)):
            return errors.bad_request(request, Unanswerable(PAST_STAYS))
        return get_response(request)

    return middleware


LARGEST_BODY = 24 * 1024 * 1024  # bytes: the largest file that is taken in, with room for its form


def no_giant(get_response: Answer) -> Answer:
    """Refuse what is far too large by what its sender says of it, before any of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isascii() and said.isdigit() and int(said) > LARGEST_BODY:
            return errors.too_large(request)
        return get_response(request)

    return middleware


def no_nul(get_response: Answer) -> Answer:
    """PostgreSQL's text has no NUL: refuse it in addresses, headers and cookies (forms say so at their fields)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        headers = (value for name, value in request.META.items() if name.startswith("HTTP_"))
        texts = [request.path_info, *headers, *request.COOKIES.values()]  # a cookie may spell it \000
        for name, values in request.GET.lists():
            texts += [name, *values]
        if any("\x00" in text for text in texts):
            return errors.bad_request(request)
        return get_response(request)

    return middleware
