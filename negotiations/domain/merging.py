"""Merging a source or an outlet that is there twice: one is kept and counts, the other leads to it. It can be undone.

Nothing is re-pointed: quotes stay where they were cited, and whatever counts reads through (docs/decisions/merging.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ..models import Outlet, Source
from . import cell_copies, changes
from .origins import goes_back_to
from .permissions import Who, require_curator
from .records import Refused
from .removals import require_present

Mergeable = Source | Outlet


class Chained(Refused):
    """What should be kept is itself merged, into `kept`."""

    def __init__(self, sentence: str, kept: Mergeable) -> None:
        super().__init__(sentence)
        self.kept = kept


@transaction.atomic
def merge(rows: Sequence[Mergeable], kept: Mergeable, *, by: Who, why: str) -> int:
    """Let each of `rows` be the same as `kept`, which counts for them from now on; how many were not so before.

    One act. Raises Refused, with a sentence, where that would make a chain or a circle; Chained where `kept` is itself
    merged.
    """
    kept, *others = _locked([kept, *rows], by=by, why=why)
    if kept.merged_into is not None:
        told = f"“{kept}” is itself merged into “{kept.merged_into}”. Merge into that one."
        raise Chained(told, kept.merged_into)
    new = [row for row in others if row.merged_into_id != kept.pk]
    for row in new:
        check(row, kept)
    if not new:
        return 0
    cell_copies.lock_cells(kept.negotiation_id)
    what = f"{_nouns(new)} into {kept}"
    changes.take(kept.negotiation_id, by=by, verb="merged", what=what, why=why.strip())
    type(kept)._default_manager.filter(pk__in=[row.pk for row in new]).update(merged_into=kept)
    _count_anew(new)
    return len(new)


@transaction.atomic
def take_apart(row: Mergeable, *, by: Who, why: str) -> bool:
    """Undo a merge: the row counts for itself again. Whether it was merged at all."""
    [row] = _locked([row], by=by, why=why)
    kept = row.merged_into
    if kept is None:
        return False
    if isinstance(row, Source) and row.origin and goes_back_to(row.origin, row):
        raise Refused(f"By itself “{row}” would repeat itself, through “{row.origin}”. Change its origin first.")
    cell_copies.lock_cells(row.negotiation_id)
    what = f"{_nouns([row])} from {kept}"
    changes.take(row.negotiation_id, by=by, verb="took apart", what=what, why=why.strip())
    type(row)._default_manager.filter(pk=row.pk).update(merged_into=None)
    _count_anew([row])
    return True


def _locked(rows: Sequence[Mergeable], *, by: Who, why: str) -> list[Mergeable]:
    """The rows as they are now, in the order given, which nobody else merges meanwhile."""
    negotiations = {row.negotiation_id for row in rows}
    for negotiation in sorted(negotiations):
        require_curator(by, negotiation)
    if len(negotiations) > 1:
        raise Refused("What is merged belongs to one negotiation.")
    if not why.strip():
        raise ValueError("A merge needs a reason.")
    everything = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    list(everything.select_for_update(no_key=True).values_list("pk"))
    require_present(everything)
    found: dict[int, Any] = everything.select_related("merged_into").in_bulk()
    return [found[row.pk] for row in rows]


def check(row: Mergeable, kept: Mergeable) -> None:
    if row.pk == kept.pk:
        raise Refused(f"“{row}” can't be merged into itself.")
    if row.merged_into is not None:
        raise Refused(f"“{row}” is merged into “{row.merged_into}” already. Undo that first.")
    duplicate = row.duplicates.first()
    if duplicate is not None:
        raise Refused(f"“{duplicate}” is merged into “{row}”, so “{row}” is kept. Merge “{kept}” into it instead.")
    if isinstance(row, Source) and isinstance(kept, Source) and goes_back_to(kept, row):
        raise Refused(f"“{kept}” goes back to “{row}”, so it can't stand in its place. Change its origin first.")


def _nouns(rows: Sequence[Mergeable]) -> str:
    names = ", ".join(map(str, rows[:5])) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
    noun = rows[0]._meta.verbose_name if len(rows) == 1 else rows[0]._meta.verbose_name_plural
    return f"{noun} {names}"


def _count_anew(rows: Sequence[Mergeable]) -> None:
    sources = [row.pk for row in rows if isinstance(row, Source)]
    outlets = [row.pk for row in rows if isinstance(row, Outlet)]
    if outlets:
        sources += Source.objects.filter(outlet__in=outlets).values_list("pk", flat=True)
    cell_copies.refresh_cells(rows[0].negotiation_id, sources=sources)
