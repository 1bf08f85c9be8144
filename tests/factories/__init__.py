"""Factories: one for each model, right with the database. Each row made takes its place in the log."""

from .accounts import MembershipFactory, NegotiationFactory, UserFactory
from .base import change, recorded_at
from .commitments import BeneficiaryFactory, CommitmentEventFactory, CommitmentFactory
from .log import ChangeFactory, RowEditFactory
from .meetings import AttendanceFactory, InstrumentFactory, MeetingFactory, SignatureFactory
from .parties import CollectiveMemberFactory, PartyFactory, PersonFactory, PositionFactory, PriorityFactory
from .quotes import AnchoringFactory, ClaimGradingFactory, QuoteFactory
from .sources import (
    OutletFactory,
    OutletGradingFactory,
    SnapshotFactory,
    SourceFactory,
    SourceGradingFactory,
)
from .stances import DependenceFactory, EvidenceFactory, StanceFactory

__all__ = [
    "AnchoringFactory",
    "AttendanceFactory",
    "BeneficiaryFactory",
    "ChangeFactory",
    "ClaimGradingFactory",
    "CollectiveMemberFactory",
    "CommitmentEventFactory",
    "CommitmentFactory",
    "DependenceFactory",
    "EvidenceFactory",
    "InstrumentFactory",
    "MeetingFactory",
    "MembershipFactory",
    "NegotiationFactory",
    "OutletFactory",
    "OutletGradingFactory",
    "PartyFactory",
    "PersonFactory",
    "PositionFactory",
    "PriorityFactory",
    "QuoteFactory",
    "RowEditFactory",
    "SignatureFactory",
    "SnapshotFactory",
    "SourceFactory",
    "SourceGradingFactory",
    "StanceFactory",
    "UserFactory",
    "change",
    "recorded_at",
]
