"""Exporting a negotiation: everything of it, as one moment saw it."""

from __future__ import annotations

from typing import Literal

from django.db import connection, transaction

from ...domain.permissions import Hidden
from ...models import Negotiation
from . import emitting, stored

Format = Literal["yaml", "json"]


def export(slug: str, format: Format = "yaml") -> str:
    """The negotiation `slug` as a dossier, its log and the names of its people in it.

    Nobody's rights are asked: it is for whoever may see everything. Hidden where there is no such negotiation.
    """
    with transaction.atomic():
        if not connection.savepoint_ids:  # not inside another transaction, which may have asked already
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        negotiation = Negotiation.objects.filter(slug=slug).first()
        if negotiation is None:
            raise Hidden(f"There is no negotiation “{slug}”.")
        dossier, _ = stored.read(negotiation, with_log=True, with_files=True)
    return emitting.to_json(dossier) if format == "json" else emitting.to_yaml(dossier)
