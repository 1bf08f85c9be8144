"""What leads to a row, and where a row leads: what stands in the way of taking it out, or of bringing it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from ..models import (
    APPEND_ONLY,
    IN_HAND,
    Anchoring,
    AnchoringDecision,
    ClaimGrading,
    Comment,
    CommitmentEvent,
    ContradictionCell,
    ContradictionProof,
    Dependence,
    Evidence,
    OutletGrading,
    Party,
    PassageJudgement,
    Position,
    Priority,
    Proposal,
    QuestionEvent,
    Quote,
    RowEdit,
    Snapshot,
    SourceGrading,
    Stance,
    Stay,
)
from .at_moment import touching
from .log import undone_by
from .proposing import pending
from .removals import REMOVABLE, present, with_removed
from .undo_plans import Blocker, Undoing
from .undone import with_undone

# How an act is told that leads to a row, by what leads there; of rows that people edit, their own names tell it.
SENTENCES: dict[tuple[type[Model], str], str] = {
    (Quote, "party"): "Words of {} were cited since.",
    (Quote, "speaker"): "Words of {} were cited since.",
    (Stance, "position"): "A stance of {} was recorded since.",
    (Dependence, "party"): "A stance depends on {}.",
    (Stay, "position"): "Somebody said that a stance of {} stays.",
    (PassageJudgement, "position"): "A passage for {} was judged since.",
    (ContradictionCell, "position"): "A contradiction touches {}.",
    (Comment, "position"): "Somebody commented on {} since.",
    (Proposal, "position"): "A stance of {} is proposed.",
    (CommitmentEvent, "commitment"): "A further step of {} was told since.",
    (OutletGrading, "outlet"): "The reliability of {} was graded since.",
    (SourceGrading, "source"): "{} was graded since.",
    (ClaimGrading, "quote"): "The claim of {} was graded since.",
    (Evidence, "quote"): "A stance rests on {}.",
    (ContradictionProof, "quote"): "A contradiction rests on {}.",
    (QuestionEvent, "quote"): "A question is answered by {}.",
    (CommitmentEvent, "quote"): "A step of a commitment rests on {}.",
    (Quote, "snapshot"): "Words of {} were cited since.",
    (AnchoringDecision, "anchoring"): "Somebody decided on a quote of {} since.",
    (PassageJudgement, "snapshot"): "A passage of {} was judged since.",
    (Snapshot, "source"): "A text was added to {} since.",
    (Evidence, "source"): "A stance rests on {}.",
    (ContradictionProof, "source"): "A contradiction rests on {}.",
    (QuestionEvent, "source"): "A question is answered from {}.",
    (CommitmentEvent, "source"): "A step of a commitment rests on {}.",
}
OTHERWISE = "Something names {}."


def uses(act: Undoing, row: Any) -> tuple[Blocker, ...]:
    """What was built on a noun since the act that added it, by whatever leads to it, or to a cell of it.

    What people keep for themselves is none of it. A query for each kind, and one more for each row that people edit.
    """
    name = _name(row)
    edits = RowEdit.objects.filter(table=row._meta.db_table, row=row.pk).values_list("change__revision", flat=True)
    found = list(act.built_on(_sentence(f"{name} was changed since."), edits))
    for model, path in _leading_to(type(row)):
        rows: QuerySet[Any] = model._default_manager.filter(**{path: row.pk})
        if model is Proposal:
            rows = pending().filter(**{path: row.pk})  # what was decided counts by itself
        if model is ContradictionCell:
            rows = touching(rows)  # a cell that it touches no more is in nobody's way
        if model in APPEND_ONLY:
            revisions = rows.order_by().values_list("revision", flat=True).distinct()
            sentence = SENTENCES.get((model, path.partition("__")[0]), OTHERWISE)
            found += act.built_on(_sentence(sentence.format(name)), revisions)
        else:
            found += _of_edited(act, present(rows), path, name)
    return tuple(found)


def _leading_to(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """All models whose rows lead to one of `model`, or to a cell or a place of it, and by what path."""
    for relation in model._meta.related_objects:
        other, path = relation.related_model, relation.field.name
        if other in (Position, Anchoring):  # they come with it, and nobody made them
            for further in other._meta.related_objects:
                if further.related_model not in IN_HAND:
                    yield further.related_model, f"{further.field.name}__{path}"
        elif other not in IN_HAND:
            yield other, path


def _of_edited(act: Undoing, rows: QuerySet[Any], path: str, name: str) -> Iterator[Blocker]:
    """Rows that people edit, each with the acts that made it lead there."""
    column = path.partition("__")[0]
    for row in rows:
        leads_to = {f"{column}_id": getattr(row, f"{column}_id")}
        edits = RowEdit.objects.filter(table=row._meta.db_table, row=row.pk, after__contains=leads_to)
        sentence = _sentence(f"{row._meta.verbose_name} “{row}” names {name}.")
        yield from act.built_on(sentence, edits.values_list("change__revision", flat=True))


def _name(row: Any) -> str:
    if isinstance(row, Quote):
        return f"quote {row.slug}"
    if isinstance(row, Snapshot):
        return f"text {row.number} of “{row.source.title}”"
    return f"{row._meta.verbose_name} “{row}”"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


Lead = tuple[type[Model], int]  # a row that another one leads to


def leads(model: type[Model], values: Mapping[str, Any]) -> Iterator[Lead]:
    """What a row of `model` with these values, by column, leads to."""
    for field in model._meta.concrete_fields:
        pk = values.get(field.attname)
        if isinstance(field, ForeignKey) and pk is not None:
            yield field.remote_field.model, pk


def leads_of(rows: QuerySet[Any]) -> Iterator[Lead]:
    """What these rows lead to. One query."""
    columns = [field.attname for field in rows.model._meta.concrete_fields if isinstance(field, ForeignKey)]
    for values in rows.order_by().values(*columns):
        yield from leads(rows.model, values)


def lost(found: Iterable[Lead]) -> tuple[Blocker, ...]:
    """Which of these were taken out, or are quotes whose citing was undone. A query for each kind."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for model, pk in found:
        wanted[model].add(pk)
    for cell in Position.objects.filter(pk__in=wanted.pop(Position, ())):
        wanted[Party].add(cell.party_id)
        wanted[Priority].add(cell.priority_id)
    blockers = []
    for noun in REMOVABLE:
        rows: QuerySet[Any] = noun._default_manager.filter(pk__in=wanted[noun])
        for row in with_removed(rows).filter(removed__isnull=False) if wanted[noun] else ():
            blockers.append(Blocker(_sentence(f"{_name(row)} was taken out."), row.removed))
    return (*blockers, *_uncited(wanted[Quote]), *_unsaid(wanted[Comment]))


def _unsaid(comments: set[int]) -> Iterator[Blocker]:
    rows = list(with_undone(Comment.objects.filter(pk__in=comments)).filter(undone=True)) if comments else []
    by = undone_by(rows[0].negotiation_id, [row.revision for row in rows]) if rows else {}
    for row in rows:
        yield Blocker("What this thread began with was taken back.", by[row.revision])


def _uncited(quotes: set[int]) -> Iterator[Blocker]:
    rows = list(with_undone(Quote.objects.filter(pk__in=quotes)).filter(undone=True)) if quotes else []
    by = undone_by(rows[0].negotiation_id, [row.revision for row in rows]) if rows else {}
    for row in rows:
        yield Blocker(f"The citing of quote {row.slug} was undone.", by[row.revision])
