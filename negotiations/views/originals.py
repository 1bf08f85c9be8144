"""The file of a document, to be saved and never to be shown by Parley: it is other people's, and may hold anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ..domain.originals import get_original


@require_safe
def show(request: HttpRequest, negotiation: str, source: str, number: int) -> HttpResponse:
    file = get_original(negotiation, source, number, by=request.user)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(file.content, content_type="application/octet-stream", headers=headers)
