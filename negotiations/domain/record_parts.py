"""Gradings, events, rulings and other rows that are only ever added, as parts of what their acts did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from ..models import (
    AnchoringDecision,
    ClaimGrading,
    Comment,
    CommentResolution,
    CommitmentEvent,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
    OutletGrading,
    PassageJudgement,
    Proposal,
    ProposalDecision,
    QuestionEvent,
    Quote,
    Snapshot,
    SourceGrading,
    Stay,
)
from ..models.commitments import Stage
from ..models.contradictions import ContradictionState
from ..models.outlets import Reliability
from ..models.questions import QuestionState
from ..models.quotes import Credibility
from ..models.reviews import DecisionState
from ..models.sources import SnapshotKind, SourceStatus
from ..texts.sentences import first_sentence
from .dates import in_words
from .names import of_cell
from .parts import Link, Part, Told

Teller = Callable[[Sequence[int]], dict[int, Part]]
UNGRADED = "not graded"


def earlier(rows: QuerySet[Any], thing: str, column: str) -> Subquery:
    """What `column` said in the row before, of the same `thing`; for an annotation of `rows`."""
    before = rows.model._default_manager.filter(
        Q(revision__lt=OuterRef("revision")) | Q(revision=OuterRef("revision"), pk__lt=OuterRef("pk")),
        **{thing: OuterRef(thing)},
    )
    return Subquery(before.order_by("-revision", "-pk").values(column)[:1])


def _rows(model: type[Model], ids: Sequence[int], *related: str) -> QuerySet[Any]:
    return model._default_manager.filter(pk__in=list(ids)).select_related(*related)


def _source_gradings(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(SourceGrading, ids, "source")
    rows = rows.annotate(before=earlier(rows, "source", "status"))
    return {row.pk: _graded("source", row.source.title, _source(row.source), row, _status(row)) for row in rows}


def _status(row: Any) -> Told:
    before = SourceStatus(row.before).label if row.before else SourceStatus.NEW.label
    return Told("Status", before, SourceStatus(row.status).label)


def _outlet_gradings(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(OutletGrading, ids, "outlet")
    found = {}
    for row in rows.annotate(before=earlier(rows, "outlet", "reliability")):
        before = Reliability(row.before).label if row.before else UNGRADED
        told = Told("Reliability", before, Reliability(row.reliability).label)
        link = Link("history", ("outlet", row.outlet.slug))
        found[row.pk] = _graded("outlet", row.outlet.name, link, row, told)
    return found


def _claim_gradings(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(ClaimGrading, ids, "quote__snapshot__source").defer("quote__snapshot__text")
    found = {}
    for row in rows.annotate(before=earlier(rows, "quote", "credibility")):
        before = Credibility(row.before).label if row.before else UNGRADED
        told = Told("Credibility of the claim", before, Credibility(row.credibility).label)
        found[row.pk] = _graded("quote", _words(row.quote), _quoted(row.quote), row, told)
    return found


def _graded(noun: str, name: str, link: Link, row: Any, field: Told) -> Part:
    return Part("graded", noun, name, link, (field,), note=row.reason)


def _quotes(ids: Sequence[int]) -> dict[int, Part]:
    found = {}
    for row in _rows(Quote, ids, "snapshot__source", "speaker", "party").defer("snapshot__text"):
        fields = [
            Told("Words", "", row.exact),
            Told("From", "", f"{row.snapshot.source.title}, text {row.snapshot.number}"),
        ]
        if row.speaker:
            fields.append(Told("Speaker", "", row.speaker.name))
        if row.party:
            fields.append(Told("Party", "", row.party.name))
        if row.said_on:
            fields.append(Told("Said", "", in_words(row.said_on, row.precision)))
        fields.append(Told("Basis", "", row.get_basis_display()))
        if row.through:
            fields.append(Told("Through whom", "", row.through))
        found[row.pk] = Part("cited", "quote", _words(row), _quoted(row), tuple(fields))
    return found


def _snapshots(ids: Sequence[int]) -> dict[int, Part]:
    return {
        row.pk: Part(
            "added",
            f"text {row.number}",
            f"to {row.source.title}",
            Link("source", (row.source.slug,)),
            (Told("Kind", "", SnapshotKind(row.kind).label),),
        )
        for row in _rows(Snapshot, ids, "source").defer("text", "sketch")
    }


def _commitment_events(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(CommitmentEvent, ids, "commitment", "source", "quote")
    found = {}
    for row in rows.annotate(before=earlier(rows, "commitment", "status")):
        fields = [Told("Stage", Stage(row.before).label if row.before else "", Stage(row.status).label)]
        if row.on:
            fields.append(Told("On", "", in_words(row.on, row.precision)))
        name = first_sentence(row.commitment.text, 120)
        link = Link("commitment", (row.commitment.slug,))
        found[row.pk] = Part("told how far", "commitment", name, link, (*fields, *_known_by(row)), note=row.note)
    return found


def _question_events(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(QuestionEvent, ids, "question", "source", "quote")
    found = {}
    for row in rows.annotate(before=earlier(rows, "question", "state")):
        before = QuestionState(row.before or QuestionState.OPEN).label
        fields = (Told("State", before, QuestionState(row.state).label), *_known_by(row))
        link = Link("question", (row.question.slug,))
        found[row.pk] = Part("turned", "question", row.question.text, link, fields, note=row.note)
    return found


def _known_by(row: Any) -> tuple[Told, ...]:
    """The evidence of an event."""
    if row.quote:
        return (Told("By the words", "", f"“{row.quote.exact}”"),)
    return (Told("By", "", f"{row.locator}, in {row.source.title}"),) if row.source else ()


def _rulings(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(ContradictionRuling, ids, "contradiction")
    found = {}
    for row in rows.annotate(before=earlier(rows, "contradiction", "state")):
        before = ContradictionState(row.before or ContradictionState.OPEN).label
        told = Told("State", before, ContradictionState(row.state).label)
        found[row.pk] = _of_contradiction("ruled on", row.contradiction, (told,), row.reason)
    return found


def _sides(ids: Sequence[int]) -> dict[int, Part]:
    return {
        row.pk: _of_contradiction("added side", row.contradiction, (Told(f"Side {row.number}", "", row.says),))
        for row in _rows(ContradictionSide, ids, "contradiction")
    }


def _side_proofs(ids: Sequence[int]) -> dict[int, Part]:
    return {
        row.pk: _of_contradiction(
            "added words to", row.side.contradiction, (Told(f"For “{row.side.says}”", "", _proof(row)),)
        )
        for row in _rows(ContradictionProof, ids, "side__contradiction", "quote", "source")
    }


def _proof(row: Any) -> str:
    return f"“{row.quote.exact}”" if row.quote else f"{row.locator}, in {row.source.title}"


def _touched(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(ContradictionCell, ids, "contradiction", "position__party", "position__priority")
    return {row.pk: _of_contradiction("noted", row.contradiction, (_touches(row),)) for row in rows}


def _touches(row: Any) -> Told:
    name = _cell_name(row.position)
    return Told("Touches", name, "nothing") if row.taken_away else Told("Touches", "", name)


def _of_contradiction(act: str, row: Any, fields: tuple[Told, ...], note: str = "") -> Part:
    return Part(act, "contradiction", row.title, Link("contradiction", (row.slug,)), fields, note=note)


def _stays(ids: Sequence[int]) -> dict[int, Part]:
    return {
        row.pk: Part(
            "looked again at", "cell", _cell_name(row.position), _cell(row.position), note=f"It stays. {row.reason}"
        )
        for row in _rows(Stay, ids, "position__party", "position__priority")
    }


def _decisions(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(AnchoringDecision, ids, "anchoring__quote__snapshot__source", "anchoring__snapshot")
    found = {}
    for row in rows.defer("anchoring__quote__snapshot__text", "anchoring__snapshot__text"):
        quote, number = row.anchoring.quote, row.anchoring.snapshot.number
        told = Told(f"In text {number}", "", "still holds" if row.holds else "no longer holds")
        found[row.pk] = Part("decided on", "quote", _words(quote), _quoted(quote), (told,), note=row.reason)
    return found


def _proposals(ids: Sequence[int]) -> dict[int, Part]:
    """Only for which cell: what was proposed is told to analysts alone, on pages of its own."""
    rows = _rows(Proposal, ids, "position__party", "position__priority")
    return {row.pk: Part("proposed", "a stance for", _cell_name(row.position), _cell(row.position)) for row in rows}


def _proposals_decided(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(ProposalDecision, ids, "proposal__position__party", "proposal__position__priority")
    found = {}
    for row in rows:
        cell, how = row.proposal.position, DecisionState(row.state).label.lower()
        found[row.pk] = Part(how, "a proposal for", _cell_name(cell), _cell(cell))
    return found


def _comments(ids: Sequence[int]) -> dict[int, Part]:
    """Only on which cell: what was said is for analysts alone."""
    rows = _rows(Comment, ids, "position__party", "position__priority")
    return {row.pk: Part("commented on", "cell", _cell_name(row.position), _cell(row.position)) for row in rows}


def _comment_turns(ids: Sequence[int]) -> dict[int, Part]:
    found = {}
    for row in _rows(CommentResolution, ids, "comment__position__party", "comment__position__priority"):
        cell, how = row.comment.position, "resolved" if row.resolved else "opened again"
        found[row.pk] = Part(how, "a thread on", _cell_name(cell), _cell(cell))
    return found


def _judgements(ids: Sequence[int]) -> dict[int, Part]:
    rows = _rows(PassageJudgement, ids, "position__party", "position__priority", "snapshot__source")
    passage = Substr("snapshot__text", F("start") + 1, F("end") - F("start"))
    rows = rows.annotate(passage=passage).defer("snapshot__text", "snapshot__sketch")
    return {
        row.pk: Part(
            "took back" if row.relevant else "set aside",
            "a passage for",
            _cell_name(row.position),
            _cell(row.position),
            (Told("Passage", "", f"“{first_sentence(row.passage, 200)}”"),),
            note=f"In {row.snapshot.source.title}.",
        )
        for row in rows
    }


def _cell_name(position: Any) -> str:
    return of_cell(position.party.name, position.priority.number, position.priority.name)


def _cell(position: Any) -> Link:
    return Link("cell", (position.party.slug, position.priority.number))


def _source(source: Any) -> Link:
    return Link("source", (source.slug,))


def _quoted(quote: Any) -> Link:
    return Link("source", (quote.snapshot.source.slug,), f"q-{quote.slug}")


def _words(quote: Any) -> str:
    return f"“{first_sentence(quote.exact, 120)}”"


TELLERS: dict[type[Model], Teller] = {
    SourceGrading: _source_gradings,
    OutletGrading: _outlet_gradings,
    ClaimGrading: _claim_gradings,
    Quote: _quotes,
    Snapshot: _snapshots,
    CommitmentEvent: _commitment_events,
    QuestionEvent: _question_events,
    ContradictionRuling: _rulings,
    ContradictionSide: _sides,
    ContradictionProof: _side_proofs,
    ContradictionCell: _touched,
    Stay: _stays,
    AnchoringDecision: _decisions,
    PassageJudgement: _judgements,
    Comment: _comments,
    CommentResolution: _comment_turns,
    Proposal: _proposals,
    ProposalDecision: _proposals_decided,
}
