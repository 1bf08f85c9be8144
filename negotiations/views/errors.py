"""Pages for what can't be shown. They never tell more than they must, and ours carry a request id."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode

from ..domain.asking import Unanswerable
from ..domain.permissions import Forbidden, Hidden, is_signed_in


def refused(request: HttpRequest, why: Hidden | Forbidden) -> HttpResponse:
    """404 for what may not be seen; for what may be seen but not done, the sign-in page or 403."""
    if isinstance(why, Hidden):
        return not_found(request)
    if is_signed_in(request.user):
        return render(request, "403.html", {"why": str(why)}, status=403)
    address = f"{resolve_url('sign_in')}?{urlencode({'next': _came_from(request)})}"
    if getattr(request, "htmx", False):  # a redirect would be followed into the panel
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _came_from(request: HttpRequest) -> str:
    """Where to go on after signing in: the page that was asked for, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if page.netloc != request.get_host() or not page.path.startswith("/"):
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    why = str(exception) if isinstance(exception, Unanswerable) else ""
    return render(request, "400.html", {"why": why}, status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    why = "What was sent is too large: Parley takes files of up to 20 MB. Nothing was changed."
    return render(request, "400.html", {"why": why}, status=413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"why": "You may not do this."}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    why = "This form is too old or was sent from elsewhere. Go back, load the page again, and send it once more."
    return render(request, "403.html", {"why": why}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the database or a session, which may be what failed."""
    return render(None, "500.html", {"request_id": getattr(request, "request_id", "")}, status=500)
