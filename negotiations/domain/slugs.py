"""Slugs that nobody chooses: made of what a thing is called, and free in its negotiation."""

from __future__ import annotations

from django.db.models import Model
from django.utils.text import slugify

from ..texts.transliterating import latin

LONGEST = 80


def wished_slug(text: str, *, otherwise: str) -> str:
    """The slug that a text would have if it were the first."""
    return _cut(slugify(latin(text))) or otherwise


def free_slug(model: type[Model], negotiation: int, text: str, *, otherwise: str) -> str:
    """A slug for a new row of `model`, from the first words of `text`, or from `otherwise` where it has no letters of
    the alphabets that are written in Latin ones.

    One query. Under the negotiation's lock (after a Change is taken), so that nobody else takes it meanwhile.
    """
    base = wished_slug(text, otherwise=otherwise)
    rows = model._default_manager.filter(negotiation_id=negotiation)
    taken = set(rows.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def _cut(slug: str) -> str:
    """At a hyphen, with room for a number."""
    most = LONGEST - 8
    if len(slug) > most:
        slug = slug[:most].rpartition("-")[0] or slug[:most]
    return "-".join(part for part in slug.replace("_", "-").split("-") if part)
