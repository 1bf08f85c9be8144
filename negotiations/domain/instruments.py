"""Instruments: the negotiated texts, what each replaced, and who signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ..models import Commitment, Instrument, Party, Signature
from ..models.instruments import InstrumentKind, Seen, SignatureState
from .at_moment import by_then, how_many, recorded, signatures_then
from .commitments import CommitmentLine, commitment_lines, with_details
from .moments import Dials, Moment, moment_asked, nothing
from .names import Named, named, named_or_none
from .negotiations import Workspace, get_workspace
from .permissions import Hidden, Who
from .quote_lists import Proof, proof, proofs
from .removals import TakenOut, taken_out, with_removed


@dataclass(frozen=True)
class InstrumentLine:
    """An instrument in the list, with how many parties are told of as signing it, or not."""

    slug: str
    name: str
    kind: InstrumentKind
    seen: Seen
    dated: date | None
    precision: str
    replaces: Named | None
    signed: int
    not_signed: int
    commitments: int


@dataclass(frozen=True)
class InstrumentList:
    workspace: Workspace
    moment: Moment
    instruments: tuple[InstrumentLine, ...]


@dataclass(frozen=True)
class PartySignature:
    party: Named
    state: SignatureState
    note: str
    proof: Proof


@dataclass(frozen=True)
class InstrumentPage:
    """`before` are the instruments that this one replaced, the oldest first; `after` those that replaced it."""

    workspace: Workspace
    moment: Moment
    slug: str
    name: str
    kind: InstrumentKind
    seen: Seen
    meeting: Named | None
    dated: date | None
    precision: str
    description: str
    before: tuple[Named, ...]
    after: tuple[Named, ...]
    signatures: tuple[PartySignature, ...]
    without_word: tuple[Named, ...]
    commitments: tuple[CommitmentLine, ...]
    taken_out: TakenOut | None


def list_instruments(slug: str, *, by: Who, asked: Dials = nothing) -> InstrumentList:
    """Every instrument that had its day. Two queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        mine = Instrument.objects.filter(by_then("dated", moment), negotiation_id=workspace.id)
        signatures = Signature.objects.filter(negotiation_id=workspace.id)
        commitments = Commitment.objects.filter(negotiation_id=workspace.id)
        told = signatures_then(signatures, moment)
        made = Commitment.objects.filter(pk__in=with_details(commitments, workspace, moment).values("pk"))
        rows = recorded(mine, moment).select_related("replaces")
        rows = rows.annotate(
            signed=how_many(told.filter(state=SignatureState.SIGNED), "instrument"),
            not_signed=how_many(told.filter(state=SignatureState.NOT_SIGNED), "instrument"),
            promises=how_many(made, "instrument"),
        )
        return InstrumentList(
            workspace, moment, tuple(_line(row) for row in rows.order_by(F("dated").asc(nulls_first=True), "pk"))
        )


def get_instrument(slug: str, instrument: str, *, by: Who, asked: Dials = nothing) -> InstrumentPage:
    """One instrument, in a fixed number of queries."""
    workspace = get_workspace(slug, by=by)
    with moment_asked(workspace, asked) as (workspace, moment):
        mine = with_removed(Instrument.objects.filter(negotiation_id=workspace.id), until=moment.until)
        rows = {r.pk: r for r in mine.select_related("meeting") if r.removed is None or r.slug == instrument}
        row = next((row for row in rows.values() if row.slug == instrument), None)
        if row is None:
            raise Hidden(f"There is no instrument {instrument!r} here.")
        signatures = _signatures(workspace, row, moment)
        told = {signature.party.slug for signature in signatures}
        parties = recorded(Party.objects.filter(negotiation_id=workspace.id), moment).order_by("order", "name")
        return InstrumentPage(
            workspace=workspace,
            moment=moment,
            slug=row.slug,
            name=row.name,
            kind=InstrumentKind(row.kind),
            seen=Seen(row.seen),
            meeting=named_or_none(row.meeting),
            dated=row.dated,
            precision=row.precision,
            description=row.description,
            before=_before(row, rows),
            after=_after(row, rows),
            signatures=signatures,
            without_word=tuple(named(party) for party in parties if party.slug not in told),
            commitments=commitment_lines(Commitment.objects.filter(instrument=row), workspace, moment),
            taken_out=taken_out(workspace, row.removed),
        )


def _line(row: Instrument) -> InstrumentLine:
    return InstrumentLine(
        slug=row.slug,
        name=row.name,
        kind=InstrumentKind(row.kind),
        seen=Seen(row.seen),
        dated=row.dated,
        precision=row.precision,
        replaces=named_or_none(row.replaces),
        signed=row.signed,  # type: ignore[attr-defined]
        not_signed=row.not_signed,  # type: ignore[attr-defined]
        commitments=row.promises,  # type: ignore[attr-defined]
    )


def _signatures(workspace: Workspace, instrument: Instrument, moment: Moment) -> tuple[PartySignature, ...]:
    mine = signatures_then(Signature.objects.filter(instrument=instrument), moment, also_out=True)
    found = mine.select_related("party", "source")
    rows = list(found.order_by("party__order", "party__name"))
    quotes = proofs(workspace.id, rows, until=moment.until)
    return tuple(PartySignature(named(r.party), SignatureState(r.state), r.note, proof(r, quotes)) for r in rows)


def _before(row: Instrument, rows: Mapping[int, Instrument]) -> tuple[Named, ...]:
    """Back along the chain; nothing in the database keeps it from being a ring, so it stops where it has been."""
    chain: dict[int, Instrument] = {}
    at = row.replaces_id
    while at is not None and at in rows and at != row.pk and at not in chain:
        chain[at] = rows[at]
        at = rows[at].replaces_id
    return tuple(named(r) for r in reversed(chain.values()))


def _after(row: Instrument, rows: Mapping[int, Instrument]) -> tuple[Named, ...]:
    """All that came to stand in its place: one text may have been replaced by several."""
    chain: dict[int, Instrument] = {}
    newest = {row.pk}
    while newest:
        following = {r.pk: r for r in rows.values() if r.replaces_id in newest and r.pk != row.pk}
        following = {pk: r for pk, r in following.items() if pk not in chain}
        chain |= following
        newest = set(following)
    return tuple(named(r) for r in chain.values())
