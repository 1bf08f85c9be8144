"""Exporting a negotiation: everything of it, as one moment saw it."""

from __future__ import annotations

from typing import Literal

from ...database.one_moment import one_moment
from ...domain.permissions import Hidden
from ...models import Negotiation
from . import emitting, stored

Format = Literal["yaml", "json"]


def export(slug: str, format: Format = "yaml") -> str:
    """The negotiation `slug` as a dossier, its log and the names of its people in it.

    Nobody's rights are asked: it is for whoever may see everything. Hidden where there is no such negotiation.
    """
    with one_moment():
        negotiation = Negotiation.objects.filter(slug=slug).first()
        if negotiation is None:
            raise Hidden(f"There is no negotiation “{slug}”.")
        dossier, _ = stored.read(negotiation, with_log=True, with_files=True)
    return emitting.to_json(dossier) if format == "json" else emitting.to_yaml(dossier)
