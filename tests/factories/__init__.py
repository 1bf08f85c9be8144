"""Factories: one for each model, right with the database. Each row made takes its place in the log."""

from .accounts import MembershipFactory, NegotiationFactory, UserFactory
from .base import change, recorded_at
from .comments import CommentFactory, CommentMentionFactory, CommentResolutionFactory
from .commitments import BeneficiaryFactory, CommitmentEventFactory, CommitmentFactory
from .contradictions import (
    ContradictionCellFactory,
    ContradictionFactory,
    ContradictionProofFactory,
    ContradictionRulingFactory,
    ContradictionSideFactory,
)
from .documents import IntakeFactory, OriginalFactory
from .drafts import DraftFactory
from .log import ChangeFactory, RowEditFactory
from .meetings import AttendanceFactory, InstrumentFactory, MeetingFactory, SignatureFactory
from .parties import CollectiveMemberFactory, PartyFactory, PersonFactory, PositionFactory, PriorityFactory
from .questions import QuestionEventFactory, QuestionFactory
from .quotes import AnchoringFactory, ClaimGradingFactory, QuoteFactory
from .rechecks import AnchoringDecisionFactory, PassageJudgementFactory, StayFactory
from .reviews import ProposalDecisionFactory, ProposalFactory
from .sources import (
    OutletFactory,
    OutletGradingFactory,
    SnapshotFactory,
    SourceFactory,
    SourceGradingFactory,
)
from .stances import DependenceFactory, EvidenceFactory, StanceFactory
from .work import AssignmentFactory, DigestMarkFactory, SavedViewFactory, VisitFactory, WatchFactory

__all__ = [
    "AnchoringDecisionFactory",
    "AnchoringFactory",
    "AssignmentFactory",
    "AttendanceFactory",
    "BeneficiaryFactory",
    "ChangeFactory",
    "ClaimGradingFactory",
    "CollectiveMemberFactory",
    "CommentFactory",
    "CommentMentionFactory",
    "CommentResolutionFactory",
    "CommitmentEventFactory",
    "CommitmentFactory",
    "ContradictionCellFactory",
    "ContradictionFactory",
    "ContradictionProofFactory",
    "ContradictionRulingFactory",
    "ContradictionSideFactory",
    "DependenceFactory",
    "DigestMarkFactory",
    "DraftFactory",
    "EvidenceFactory",
    "InstrumentFactory",
    "IntakeFactory",
    "MeetingFactory",
    "MembershipFactory",
    "NegotiationFactory",
    "OriginalFactory",
    "OutletFactory",
    "OutletGradingFactory",
    "PartyFactory",
    "PassageJudgementFactory",
    "PersonFactory",
    "PositionFactory",
    "PriorityFactory",
    "ProposalDecisionFactory",
    "ProposalFactory",
    "QuestionEventFactory",
    "QuestionFactory",
    "QuoteFactory",
    "RowEditFactory",
    "SavedViewFactory",
    "SignatureFactory",
    "SnapshotFactory",
    "SourceFactory",
    "SourceGradingFactory",
    "StanceFactory",
    "StayFactory",
    "UserFactory",
    "VisitFactory",
    "WatchFactory",
    "change",
    "recorded_at",
]
