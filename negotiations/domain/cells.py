"""One cell with everything behind it: the judgement, the words it rests on, and how it came to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..models import CollectiveMember, Dependence, Evidence, Position, Stance
from ..models.evidence import Bearing
from ..models.sources import SourceStatus
from ..models.stances import Cause, Code, Confidence
from . import confidence, origins, quotes
from .as_of import Standing
from .at_moment import recorded
from .judged import published_on, status_at
from .log import name_of_proposer, whose, with_change
from .moments import Dials, Moment, moment_asked, nothing, stood_at
from .negotiations import Workspace, get_workspace
from .origins import Origin
from .permissions import Act, Hidden, Who
from .quotes import Cited
from .removals import GONE, Gone, TakenOut, taken_out, with_removed
from .stances import Item, otherwise


@dataclass(frozen=True)
class StanceProof:
    """A piece of evidence: a quote, or where it stands in a source."""

    bearing: str
    quote: Cited | None
    source_id: int | None
    source_slug: str
    source_title: str
    source_status: str
    locator: str
    origin: str

    @property
    def counts(self) -> bool:
        """Whether its source is accepted; what is not counts for nothing."""
        return self.source_status == SourceStatus.ACCEPTED


@dataclass(frozen=True)
class Identified:
    """A party, or a source, as pages link it (`names.Named`), with the id by which forms and drafts name it."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Record:
    """One stance of the cell's history. `before` is the code of the one recorded before it, `otherwise` what else is
    other than there."""

    seq: int
    code: str
    before: str
    rationale: str
    conditions: str
    limits: str
    red_line: bool
    confidence: str
    held_from: date
    precision: str
    cause: Cause
    replaces: int | None
    replaced_by: int | None
    depends_on: tuple[Identified, ...]
    evidence: tuple[StanceProof, ...]
    revision: int
    at: datetime
    by: str
    why: str
    proposed_by: str = ""
    otherwise: tuple[str, ...] = ()

    @property
    def author(self) -> str:
        """Whose words these are, and where a second person accepted them, who."""
        return whose(self.by, self.proposed_by)

    @property
    def quotes(self) -> int:
        """Pieces of evidence that are words; the others are records in a source."""
        return sum(proof.quote is not None for proof in self.evidence)

    @property
    def records(self) -> int:
        return len(self.evidence) - self.quotes

    def proofs(self, bearing: str) -> list[StanceProof]:
        return [proof for proof in self.evidence if proof.bearing == bearing]

    @property
    def by_bearing(self) -> list[tuple[Bearing, list[StanceProof]]]:
        """The evidence in three heaps, the empty ones left out."""
        return [(bearing, self.proofs(bearing)) for bearing in Bearing if self.proofs(bearing)]

    @property
    def items(self) -> tuple[Item, ...]:
        """The evidence, as a draft names it."""
        return tuple(Item(p.bearing, p.quote.id if p.quote else None, p.source_id, p.locator) for p in self.evidence)

    @property
    def proposed(self) -> Confidence:
        """The confidence that the evidence allows (domain/confidence.py)."""
        return confidence.propose(
            p.quote.graded for p in self.evidence if p.quote and p.quote.counts and p.bearing == Bearing.SUPPORTS
        )


@dataclass(frozen=True)
class Neighbour:
    """Another party's cell on the same priority, as it stood on the same day."""

    slug: str
    name: str
    code: str
    red_line: bool


@dataclass(frozen=True)
class Cell:
    """A cell at a moment. `current` is the record that stands then, None where there is none.

    `history` is what was recorded by then.

    `origins` are those that what supports the judgement goes back to, of sources that count today.
    """

    workspace: Workspace
    id: int
    party: Identified
    number: int
    priority: str
    is_linked: bool
    version: int
    moment: Moment
    standing: Standing
    current: Record | None
    history: tuple[Record, ...]
    neighbours: tuple[Neighbour, ...]
    through: tuple[Neighbour, ...]
    origins: tuple[Origin, ...] = ()
    taken_out: TakenOut | None = None

    @property
    def as_of(self) -> date:
        return self.moment.as_of

    @property
    def is_past(self) -> bool:
        return self.moment.is_past

    @property
    def may_edit(self) -> bool:
        return self.workspace.may_edit and not self.is_past and self.taken_out is None

    @property
    def standing_records(self) -> list[Record]:
        """The records that a new stance may replace: not replaced, not withdrawn. Newest first."""
        return [r for r in self.history if r.replaced_by is None and r.cause != Cause.WITHDRAWN]


def get_cell(
    slug: str,
    party: str,
    number: int,
    *,
    by: Who,
    to: Act = Act.VIEW,
    asked: Dials = nothing,
    also_out: bool = False,
) -> Cell:
    """The cell of `party` on priority `number` at the moment that is `asked` for; Hidden where there is none.

    Gone where it was taken out and is to be edited; `also_out` lets that pass, for what was typed meanwhile. A fixed
    number of queries.
    """
    workspace = get_workspace(slug, by=by, to=to)
    with moment_asked(workspace, asked) as (workspace, moment):
        rows = Position.objects.filter(negotiation_id=workspace.id, party__slug=party, priority__number=number)
        position = with_removed(rows, until=moment.until).select_related("party", "priority").first()
        if position is None:
            raise Hidden("There is no such cell.")
        if to >= Act.EDIT and position.removed is not None and not also_out:
            raise Gone(GONE)
        parties = _parties_by_cell(position)
        stood = {s.position_id: s for s in stood_at(workspace, moment, list(parties))}
        standing = stood[position.pk]
        history = histories(workspace, [position.pk], moment)[position.pk]
        neighbours = [
            Neighbour(party.slug, party.name, stood[cell].code, stood[cell].red_line)
            for cell, party in parties.items()
            if cell != position.pk
        ]
        collectives = set(_collectives_of(position, moment))
        current = next((record for record in history if record.seq == standing.seq), None)
        counting = [proof.origin for proof in current.proofs(Bearing.SUPPORTS) if proof.counts] if current else []
        return Cell(
            workspace=workspace,
            id=position.pk,
            party=Identified(position.party_id, position.party.slug, position.party.name),
            number=position.priority.number,
            priority=position.priority.name,
            is_linked=position.priority.kind == "linked",
            version=position.version,
            moment=moment,
            standing=standing,
            current=current,
            origins=tuple(origins.by_key(counting, until=moment.until).values()) if counting else (),
            history=tuple(history),
            neighbours=tuple(n for n in neighbours if n.code != Code.UNKNOWN),
            through=tuple(n for n in neighbours if n.slug in collectives and n.code != Code.UNKNOWN),
            taken_out=taken_out(workspace, position.removed),
        )


def histories(workspace: Workspace, positions: Iterable[int], moment: Moment | None = None) -> dict[int, list[Record]]:
    """All stances of each cell, newest first, by the cell's id; with a `moment`, those that were recorded by then.

    Evidence that was not public by the moment's day of publication is left out.
    """
    found: dict[int, list[Stance]] = {position: [] for position in positions}
    until, public_by = (moment.until, moment.public_by) if moment else (None, None)
    recorded = Stance.objects.filter(position__in=found).annotate(proposed_by=name_of_proposer())
    if until is not None:
        recorded = recorded.filter(revision__lte=until)
    for row in with_change(recorded).order_by("position_id", "seq"):
        found[row.position_id].append(row)
    stances = [row.pk for rows in found.values() for row in rows]
    proofs = _proofs(workspace.id, stances, until, public_by)
    dependences: dict[int, list[Identified]] = defaultdict(list)
    for dependence in Dependence.objects.filter(stance__in=stances).select_related("party"):
        party = dependence.party
        dependences[dependence.stance_id].append(Identified(party.pk, party.slug, party.name))
    return {position: _records(rows, proofs, dependences) for position, rows in found.items()}


def _records(
    rows: list[Any], proofs: Mapping[int, list[StanceProof]], dependences: Mapping[int, list[Identified]]
) -> list[Record]:
    """The stances of one cell, oldest first, as records, newest first."""
    replaced_by = {row.replaces: row.seq for row in rows if row.replaces}
    records: list[Record] = []
    before: Any = None  # the last that was no withdrawal
    for row in rows:
        records.append(
            Record(
                seq=row.seq,
                code=row.code,
                before=before.code if before else "",
                rationale=row.rationale,
                conditions=row.conditions,
                limits=row.limits,
                red_line=row.red_line,
                confidence=row.confidence,
                held_from=row.held_from,
                precision=row.precision,
                cause=Cause(row.cause),
                replaces=row.replaces,
                replaced_by=replaced_by.get(row.seq),
                depends_on=tuple(dependences[row.pk]),
                evidence=tuple(proofs[row.pk]),
                revision=row.revision,
                at=row.at,
                by=row.by_name,
                why=row.why,
                proposed_by=row.proposed_by or "",
                otherwise=otherwise(before, row) if before and row.code else (),
            )
        )
        before = row if row.code else before
    return records[::-1]


def _proofs(
    negotiation: int, stances: Iterable[int], until: int | None, public_by: date | None
) -> dict[int, list[StanceProof]]:
    found = Evidence.objects.filter(stance__in=list(stances)).select_related("source__merged_into")
    found = found.annotate(origin=origins.key_of("source_id"), status_then=status_at("source_id", until))
    if public_by is not None:
        found = found.annotate(published=published_on()).filter(published__lte=public_by)
    rows: list[Any] = list(found.order_by("stance_id", "id"))
    cited = quotes.get_many(negotiation, {row.quote_id for row in rows if row.quote_id}, until=until)
    proofs: dict[int, list[StanceProof]] = defaultdict(list)
    for row in rows:
        quote = cited[row.quote_id] if row.quote_id else None
        source = row.source
        proofs[row.stance_id].append(
            StanceProof(
                bearing=row.bearing,
                quote=quote,
                source_id=row.source_id,
                source_slug=quote.source_slug if quote else source.slug,
                source_title=quote.source_title if quote else source.title,
                source_status=quote.source_status if quote else row.status_then or source.kept.status,
                locator=row.locator,
                origin=quote.origin if quote else row.origin,
            )
        )
    return proofs


def _parties_by_cell(position: Position) -> dict[int, Identified]:
    """The cells of a cell's priority, by id, each with its party, in the order of the board."""
    rows = (
        Position.objects.filter(negotiation_id=position.negotiation_id, priority_id=position.priority_id)
        .order_by("party__order", "party__name")
        .values_list("pk", "party_id", "party__slug", "party__name")
    )
    return {pk: Identified(*party) for pk, *party in rows}


def _collectives_of(position: Position, moment: Moment) -> list[str]:
    members = recorded(CollectiveMember.objects.filter(member_id=position.party_id), moment)
    members = members.select_related("collective")
    return [m.collective.slug for m in members if m.since is None or m.since <= moment.as_of]
