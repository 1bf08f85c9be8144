"""The bytes of a document, as they were handed in."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Original
from .negotiations import get_workspace
from .permissions import Act, Hidden, Who


@dataclass(frozen=True)
class Download:
    name: str
    content: bytes


def get_original(slug: str, source: str, number: int, *, by: Who) -> Download:
    """The file from which text `number` of a source was taken; Hidden where there is none. Two queries.

    For analysts: a file may tell of its author, or of a mail's reader, what its text does not.
    """
    workspace = get_workspace(slug, by=by, to=Act.EDIT)
    rows = Original.objects.filter(negotiation_id=workspace.id, snapshot__source__slug=source, snapshot__number=number)
    row = rows.first()
    if row is None:
        raise Hidden("There is no such file.")
    return Download(row.name, bytes(row.content))
