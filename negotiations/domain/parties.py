"""Parties: where each stands, who speaks for it, what it undertook, and who depends on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from ..models import (
    Attendance,
    Beneficiary,
    CollectiveMember,
    Commitment,
    Dependence,
    Party,
    Person,
    Position,
    Priority,
    Signature,
)
from ..models.instruments import SignatureState
from ..models.meetings import Level, Presence
from ..models.parties import PartyKind
from ..models.priorities import PriorityKind
from .as_of import Standing
from .at_moment import by_then, recorded, signatures_then
from .boards import standings_by_cell
from .cell_lines import CellLine, cell_line, cell_lines, finding
from .commitments import CommitmentLine, commitment_lines
from .moments import Dials, Moment, moment_asked, nothing, stood_at
from .names import Named, named, named_or_none
from .negotiations import Workspace, get_workspace
from .permissions import Hidden, Who
from .quote_lists import Proof, QuoteList, proof, proofs, quote_list
from .removals import TakenOut, taken_out, with_removed


@dataclass(frozen=True)
class PartyLine:
    """A party in the list, and on how many priorities (linked matters left out) its stance is known."""

    slug: str
    name: str
    kind: PartyKind
    aliases: tuple[str, ...]
    known: int


@dataclass(frozen=True)
class PartyList:
    workspace: Workspace
    moment: Moment
    parties: tuple[PartyLine, ...]
    priorities: int


@dataclass(frozen=True)
class Membership:
    """A member of a collective, or a collective that a party is in. `since` is None where it is unknown."""

    party: Named
    since: date | None
    precision: str


@dataclass(frozen=True)
class Speaker:
    slug: str
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Seat:
    """A party at a meeting. `person` is None where only the party is told of."""

    meeting: Named
    starts_on: date | None
    precision: str
    person: Named | None
    level: Level
    status: Presence
    note: str


@dataclass(frozen=True)
class SignatureLine:
    instrument: Named
    state: SignatureState
    note: str
    proof: Proof


@dataclass(frozen=True)
class PartyPage:
    workspace: Workspace
    moment: Moment
    slug: str
    name: str
    kind: PartyKind
    aliases: tuple[str, ...]
    description: str
    cells: tuple[CellLine, ...]
    members: tuple[Membership, ...]
    member_of: tuple[Membership, ...]
    people: tuple[Speaker, ...]
    seats: tuple[Seat, ...]
    made: tuple[CommitmentLine, ...]
    promised: tuple[CommitmentLine, ...]
    signatures: tuple[SignatureLine, ...]
    dependents: tuple[CellLine, ...]
    quotes: QuoteList
    taken_out: TakenOut | None

    @property
    def finding(self) -> str:
        return finding((c.code for c in self.cells if not c.priority.is_linked), among="on {} priorities")


def list_parties(slug: str, *, by: Who, asked: Dials = nothing) -> PartyList:
    """Every party, in the order of the board, with what was known at the moment that is asked for. Four queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        rows = recorded(Party.objects.filter(negotiation_id=workspace.id), moment).order_by("order", "name")
        priorities = Priority.objects.filter(negotiation_id=workspace.id, kind=PriorityKind.PRIORITY)
        agenda = set(recorded(priorities, moment).values_list("pk", flat=True))
        stood = standings_by_cell(workspace, moment)
        known = Counter(party for (party, priority), s in stood.items() if priority in agenda and s.is_known)
        lines = (PartyLine(r.slug, r.name, PartyKind(r.kind), tuple(r.aliases), known[r.pk]) for r in rows)
        return PartyList(workspace, moment, tuple(lines), len(agenda))


def get_party(slug: str, party: str, *, by: Who, asked: Dials = nothing, all_quotes: bool = False) -> PartyPage:
    """One party with all that is told of it at the moment that is asked for, in a fixed number of queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        rows = Party.objects.filter(negotiation_id=workspace.id, slug=party)
        row = with_removed(rows, until=moment.until).first()
        if row is None:
            raise Hidden(f"There is no party {party!r} here.")
        members, member_of = _memberships(workspace, row, moment)
        promised = recorded(Beneficiary.objects.filter(party=row), moment).values("commitment")
        mine = Commitment.objects.filter(Q(party=row) | Q(pk__in=promised))
        commitments = commitment_lines(mine, workspace, moment)
        spoken = Q(party=row) | Q(speaker__party=row)
        return PartyPage(
            workspace=workspace,
            moment=moment,
            slug=row.slug,
            name=row.name,
            kind=PartyKind(row.kind),
            aliases=tuple(row.aliases),
            description=row.description,
            cells=cell_lines(Position.objects.filter(party=row), workspace, moment, but=Party),
            members=members,
            member_of=member_of,
            people=_people(row, moment),
            seats=seats(Attendance.objects.filter(party=row), moment),
            made=tuple(c for c in commitments if c.party.slug == row.slug),
            promised=tuple(c for c in commitments if row.slug in {p.slug for p in c.towards}),
            signatures=_signatures(workspace, row, moment),
            dependents=_dependents(workspace, row, moment),
            quotes=quote_list(workspace.id, spoken, moment, everything=all_quotes),
            taken_out=taken_out(workspace, row.removed),
        )


def _memberships(
    workspace: Workspace, party: Party, moment: Moment
) -> tuple[tuple[Membership, ...], tuple[Membership, ...]]:
    """Those in it, and those that it is in."""
    mine = CollectiveMember.objects.filter(negotiation_id=workspace.id)
    of_it = mine.filter(collective=party) | recorded(mine.filter(member=party), moment)
    rows = of_it.filter(by_then("since", moment))
    rows = rows.select_related("collective", "member").order_by("member__order", "member__name")
    into, of = [], []
    for row in rows:
        if row.collective_id == party.pk:
            into.append(Membership(named(row.member), row.since, row.precision))
        else:
            of.append(Membership(named(row.collective), row.since, row.precision))
    return tuple(into), tuple(of)


def _people(party: Party, moment: Moment) -> tuple[Speaker, ...]:
    people = recorded(Person.objects.filter(party=party), moment)
    return tuple(Speaker(p.slug, p.name, tuple(p.titles)) for p in people)


def seats(rows: QuerySet[Attendance], moment: Moment) -> tuple[Seat, ...]:
    """Who sat where, at meetings that had begun by then, the newest first. One query."""
    rows = recorded(rows, moment).filter(by_then("meeting__starts_on", moment)).select_related("meeting", "person")
    rows = rows.order_by(F("meeting__starts_on").desc(nulls_last=True), "meeting__slug", "pk")
    return tuple(_seat(row) for row in rows)


def _seat(row: Attendance) -> Seat:
    return Seat(
        meeting=named(row.meeting),
        starts_on=row.meeting.starts_on,
        precision=row.meeting.precision,
        person=named_or_none(row.person),
        level=Level(row.level),
        status=Presence(row.status),
        note=row.note,
    )


def _signatures(workspace: Workspace, party: Party, moment: Moment) -> tuple[SignatureLine, ...]:
    found = signatures_then(Signature.objects.filter(party=party), moment).select_related("instrument", "source")
    rows = list(found.order_by(F("instrument__dated").asc(nulls_first=True), "instrument_id"))
    quotes = proofs(workspace.id, rows, until=moment.until)
    return tuple(SignatureLine(named(r.instrument), SignatureState(r.state), r.note, proof(r, quotes)) for r in rows)


def _dependents(workspace: Workspace, party: Party, moment: Moment) -> tuple[CellLine, ...]:
    """Cells whose stance of that moment names this party as one that must move first. Two queries for the past."""
    rows = Dependence.objects.filter(party=party)
    stood: dict[int, Standing] = {}
    if moment.is_past:
        stood = {each.stance_id: each for each in stood_at(workspace, moment) if each.stance_id}
        rows = rows.filter(stance__in=list(stood))
    else:
        rows = rows.filter(stance__seq=F("stance__position__standing"))
    rows = rows.select_related("stance__position__party", "stance__position__priority")
    cells = rows.order_by("stance__position__party__order", "stance__position__priority__number")
    return tuple(cell_line(row.stance.position, stood.get(row.stance_id)) for row in cells)
