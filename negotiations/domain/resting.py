"""What rests on sources or on a quote: looked at before somebody takes it away, or merges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from ..models import CommitmentEvent, ContradictionProof, QuestionEvent, Signature, Source
from ..models.evidence import Bearing
from ..models.priorities import PriorityKind
from ..texts.sentences import first_sentence
from .names import Named, Numbered, named
from .removals import present
from .standing_evidence import SHAPE, find_below

# Cells whose standing stance has evidence that is `mine`: of the sources, or one of the quotes.
CELLS = f"""
SELECT party.slug, party.name, priority.number, priority.name, priority.kind, s.code, s.red_line,
  array_agg(DISTINCT e.bearing) FILTER (WHERE it.mine),
  bool_or(it.mine AND e.bearing = 'supports') AND NOT bool_or(NOT it.mine AND e.bearing = 'supports' AND it.counts)
FROM ({SHAPE}) e
JOIN negotiations_stance s ON s.id = e.stance
JOIN negotiations_position p ON p.id = e.position
JOIN negotiations_party party ON party.id = p.party_id
JOIN negotiations_priority priority ON priority.id = p.priority_id
JOIN negotiations_source src ON src.id = e.source
JOIN negotiations_source kept ON kept.id = coalesce(src.merged_into_id, src.id)
CROSS JOIN LATERAL (
  SELECT src.id = ANY(%(sources)s) OR coalesce(e.quote = ANY(%(quotes)s), false) AS mine,
         kept.status = 'accepted' AS counts
) it
GROUP BY party.id, priority.id, s.id HAVING bool_or(it.mine)
ORDER BY party."order", party.name, priority.number
"""


@dataclass(frozen=True)
class RestingCell:
    """A cell whose stance of today rests on it. `is_only_support`: no other support counts."""

    party: Named
    priority: Numbered
    code: str
    red_line: bool
    bearings: tuple[Bearing, ...]
    is_only_support: bool


@dataclass(frozen=True)
class Use:
    """Something else that rests on it: `kind` is the name of its address, `words` and `detail` what it says."""

    kind: str
    slug: str
    words: str
    detail: str


@dataclass(frozen=True)
class Resting:
    """Cells that would lose most come first. `through`: sources that repeat it or are merged into it, looked at too."""

    negotiation: Named
    cells: tuple[RestingCell, ...]
    uses: tuple[Use, ...]
    through: tuple[Named, ...]

    def __bool__(self) -> bool:
        return bool(self.cells or self.uses)

    @property
    def citing(self) -> str:
        """How many cells cite it, and how many of them as support; empty where none does."""
        support = sum(Bearing.SUPPORTS in cell.bearings for cell in self.cells)
        if len(self.cells) == 1:
            return "1 cell cites it, as support." if support else "1 cell cites it."
        return f"{len(self.cells)} cells cite it, {support or 'none'} of them as support." if self.cells else ""

    @property
    def only_support(self) -> int:
        """How many cells would have no support that counts."""
        return sum(cell.is_only_support for cell in self.cells)


def on_sources(negotiation: Any, sources: Sequence[int], *, with_repeats: bool = True) -> Resting:
    """What rests on `sources` of a negotiation, and on those that repeat or are merged into them. Eight queries.

    Without `with_repeats`, those that repeat them are left out: their own outlet says it by itself.
    """
    every = find_below(sources) if with_repeats else list(sources)
    further = Source.objects.filter(pk__in=set(every) - set(sources)).order_by("title", "pk")
    where = Q(quote__snapshot__source__in=every) | Q(source__in=every)
    return _resting(negotiation, where, sources=every, quotes=[], through=[named(source) for source in further])


def on_quote(negotiation: Any, quote: int) -> Resting:
    """What rests on the words of one quote. Six queries."""
    return _resting(negotiation, Q(quote=quote), sources=[], quotes=[quote], through=[])


def of_outlet(outlet: int) -> list[int]:
    """The sources whose outlet it is, also by way of a merge."""
    rows = Source.objects.filter(Q(outlet=outlet) | Q(outlet__merged_into=outlet))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _resting(negotiation: Any, where: Q, *, sources: list[int], quotes: list[int], through: list[Named]) -> Resting:
    asked = {"negotiation": negotiation.pk, "sources": sources, "quotes": quotes}
    with connection.cursor() as cursor:
        cursor.execute(CELLS, asked)
        cells = [_cell(*row) for row in cursor.fetchall()]
    cells.sort(key=lambda cell: (not cell.is_only_support, Bearing.SUPPORTS not in cell.bearings))
    uses = dict.fromkeys([*_commitments(where), *_signatures(where), *_contradictions(where), *_answers(where)])
    return Resting(named(negotiation), tuple(cells), tuple(uses), tuple(through))


def _cell(
    party: str,
    party_name: str,
    number: int,
    priority: str,
    kind: str,
    code: str,
    red_line: bool,
    bearings: list[str],
    is_only_support: bool,
) -> RestingCell:
    return RestingCell(
        party=Named(party, party_name),
        priority=Numbered(number, priority, kind == PriorityKind.LINKED),
        code=code,
        red_line=red_line,
        bearings=tuple(bearing for bearing in Bearing if bearing in bearings),
        is_only_support=is_only_support,
    )


def _commitments(where: Q) -> list[Use]:
    rows = CommitmentEvent.objects.filter(where).select_related("commitment").order_by("commitment", "revision", "pk")
    return [
        Use("commitment", row.commitment.slug, first_sentence(row.commitment.text, 90), row.get_status_display())
        for row in rows
    ]


def _signatures(where: Q) -> list[Use]:
    there = present(Signature.objects.filter(where))
    rows = there.select_related("instrument", "party").order_by("instrument", "pk")
    return [
        Use("instrument", row.instrument.slug, str(row.instrument), f"{row.party}: {row.get_state_display().lower()}")
        for row in rows
    ]


def _contradictions(where: Q) -> list[Use]:
    proofs = present(ContradictionProof.objects.filter(where))
    rows = proofs.select_related("side__contradiction").order_by("side", "pk")
    return [
        Use("contradiction", row.side.contradiction.slug, str(row.side.contradiction), row.side.says) for row in rows
    ]


def _answers(where: Q) -> list[Use]:
    rows = QuestionEvent.objects.filter(where).select_related("question").order_by("question", "revision", "pk")
    return [Use("question", row.question.slug, str(row.question), row.get_state_display()) for row in rows]
