"""Taking out what was added: a party, a person, a meeting… whose row stays, and counts no more (domain/removals.py).

As with marks, the act that undoes its adding is all that is written; undo that act in turn, and it is there again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model

from ..models import RowEdit
from . import log_parts
from .parts import Part, Told
from .removals import BELONGS_TO, model_of
from .undo_plans import Plan, Undoing
from .undo_refs import Lead, leads, leads_of, lost, uses


def plan(act: Undoing, added: Sequence[RowEdit], *, again: bool) -> Plan:
    """How the rows that these edits added are taken out, or come back. `added` may be of an act that `act` undid."""
    told = log_parts.tell_edits(act.workspace.id, [edit.pk for edit in added])
    nouns = [model_of(edit.table)._default_manager.get(pk=edit.row) for edit in added]
    if again:
        blockers = lost(lead for row in nouns for lead in _leads(row) if lead not in _keys(added))
    else:
        blockers = tuple(blocker for row in nouns for blocker in uses(act, row))
    return Plan(tuple(_part(told[edit.pk], again) for edit in added), (), blockers)


def _part(part: Part, again: bool) -> Part:
    told = Told("Taken out", "yes" if again else "no", "no" if again else "yes")
    return Part("", part.noun, part.name, part.link, (*part.fields, told))


def _keys(added: Sequence[RowEdit]) -> set[Lead]:
    return {(model_of(edit.table), edit.row) for edit in added}


def _leads(row: Any) -> Iterator[Lead]:
    """Where a noun leads, and what belongs to it."""
    yield from leads(type(row), vars(row))
    for model, owners in BELONGS_TO.items():
        meta: Any = model._meta
        for owner in owners:
            if meta.get_field(owner).related_model is type(row):
                yield from leads_of(model._default_manager.filter(**{owner: row.pk}))


def is_of_one(model: type[Model], values: Mapping[str, Any], added: Sequence[RowEdit]) -> bool:
    """Whether a link with these values belongs to one of the nouns that were `added`: it goes with that one."""
    meta: Any = model._meta
    owners = [(meta.get_field(owner).related_model, values.get(f"{owner}_id")) for owner in BELONGS_TO[model]]
    return not _keys(added).isdisjoint(owners)
