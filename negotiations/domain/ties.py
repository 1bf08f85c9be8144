"""What rests on the quotes of a source at a moment: cells, commitments, signatures, contradictions, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from ..models import CommitmentEvent, ContradictionProof, Evidence, QuestionEvent, Signature, Source
from ..models.evidence import Bearing
from ..texts.sentences import first_sentence
from .at_moment import added, recorded
from .moments import Moment, stood_at
from .names import Named, Numbered, named, numbered
from .negotiations import Workspace
from .removals import present
from .undone import counting

CSS = {Bearing.SUPPORTS: "", Bearing.CONTRADICTS: "contra", Bearing.CONTEXT: "ctx"}


@dataclass(frozen=True)
class Tie:
    """A cell whose stance of that moment rests on a quote, or on the source at a locator."""

    party: Named
    priority: Numbered
    code: str
    red_line: bool
    bearing: Bearing
    locator: str

    @property
    def css(self) -> str:
        return CSS[self.bearing]


@dataclass(frozen=True)
class Use:
    """Something else that rests on a quote: `kind` is the name of its address, `words` what it says."""

    kind: str
    slug: str
    words: str


def ties_of(workspace: Workspace, source: Source, moment: Moment) -> tuple[Mapping[int, list[Tie]], tuple[Tie, ...]]:
    """The cells that rest on this source: by quote, and those that name a place in it without a quote."""
    rows = Evidence.objects.filter(Q(quote__snapshot__source=source) | Q(source=source))
    if moment.is_past:
        rows = rows.filter(stance__in=[each.stance_id for each in stood_at(workspace, moment) if each.stance_id])
    else:
        rows = rows.filter(stance__seq=F("stance__position__standing"))
    rows = rows.select_related("stance__position__party", "stance__position__priority")
    rows = rows.order_by("stance__position__party__order", "stance__position__priority__number", "pk")
    by_quote: dict[int, list[Tie]] = defaultdict(list)
    without_quote = []
    for row in rows:
        cell = row.stance.position
        tie = Tie(
            named(cell.party),
            numbered(cell.priority),
            row.stance.code,
            row.stance.red_line,
            Bearing(row.bearing),
            row.locator,
        )
        if row.quote_id is None:
            without_quote.append(tie)
        else:
            by_quote[row.quote_id].append(tie)
    return by_quote, tuple(without_quote)


def uses_of(source: Source, moment: Moment) -> Mapping[int, list[Use]]:
    """Commitments, signatures, contradictions and answers that rest on quotes of this source, as recorded by then."""
    found: dict[int, dict[Use, None]] = defaultdict(dict)  # each use once, in order
    here = Q(added(moment), quote__snapshot__source=source)
    events = counting(CommitmentEvent.objects.filter(here), until=moment.until)
    for event in events.select_related("commitment").order_by("pk"):
        use = Use("commitment", event.commitment.slug, first_sentence(event.commitment.text, 90))
        found[event.quote_id or 0][use] = None
    signatures = recorded(Signature.objects.filter(quote__snapshot__source=source), moment)
    for row in signatures.select_related("instrument", "party").order_by("pk"):
        words = f"{row.instrument}: {row.party}, {row.get_state_display().lower()}"
        found[row.quote_id or 0][Use("instrument", row.instrument.slug, words)] = None
    proofs = present(ContradictionProof.objects.filter(here), until=moment.until)
    sides = proofs.select_related("side__contradiction")
    for side in sides.order_by("pk"):
        contradiction = side.side.contradiction
        found[side.quote_id or 0][Use("contradiction", contradiction.slug, contradiction.title)] = None
    answers = QuestionEvent.objects.filter(here).select_related("question")
    for answer in answers.order_by("pk"):
        found[answer.quote_id or 0][Use("question", answer.question.slug, answer.question.text)] = None
    return defaultdict(list, {key: list(uses) for key, uses in found.items()})
