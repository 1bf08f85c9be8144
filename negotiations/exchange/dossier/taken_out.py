"""Refusing what a file would add to what was taken out (domain/removals.py): a load brings nothing back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...domain.removals import model_of
from ...domain.undo_refs import Lead, leads, leads_of, lost
from ...models import APPEND_ONLY, Anchoring, Change, Removal, RowEdit
from .nodes import Problems

# A quote is looked for in texts that are out, too: they may be there again.
WRITTEN: list[Any] = [model for model in APPEND_ONLY if model not in (Change, RowEdit, Anchoring)]


def check(negotiation: int, revision: int, problems: Problems) -> None:
    """A sentence for each row that is out, or quote that counts no more, to which the act of `revision` led.

    One query where nothing is out.
    """
    if Removal.objects.filter(negotiation=negotiation, until=None).exists():
        for blocker in lost(_leads(negotiation, revision)):
            problems.add(None, f"{blocker.sentence} Undo revision {blocker.revision}, or leave out what leads to it.")


def _leads(negotiation: int, revision: int) -> Iterator[Lead]:
    for model in WRITTEN:
        yield from leads_of(model._default_manager.filter(negotiation=negotiation, revision=revision))
    edits = RowEdit.objects.filter(change__negotiation=negotiation, change__revision=revision)
    for table, after in edits.values_list("table", "after"):
        yield from leads(model_of(table), after or {})
