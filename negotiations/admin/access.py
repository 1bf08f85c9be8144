"""What whoever asks may curate; every list, choice and page of the admin goes through here."""

from __future__ import annotations

from django.http import HttpRequest

from ..domain.permissions import Act, Hidden, allowing
from ..models import Negotiation


def curated(request: HttpRequest) -> dict[int, Negotiation]:
    """The negotiations that they may curate, by id. Asked once a request."""
    if not hasattr(request, "curated"):
        request.curated = {n.pk: n for n in allowing(request.user, Act.CURATE)}  # type: ignore[attr-defined]
    return request.curated  # type: ignore[attr-defined]


def chosen(request: HttpRequest) -> Negotiation | None:
    """The negotiation to add to: the one that the address names, or the only one there is. Hidden if not theirs."""
    mine = list(curated(request).values())
    slug = request.GET.get("negotiation")
    if slug is None:
        return mine[0] if len(mine) == 1 else None
    for negotiation in mine:
        if negotiation.slug == slug:
            return negotiation
    raise Hidden(f"There is no negotiation {slug!r}, or it is not yours to curate.")
