"""What is stored, one file a noun; and which tables grow only, which rows may go."""

from .changes import Change, RowEdit
from .comments import Comment, CommentMention, CommentResolution
from .commitments import Beneficiary, Commitment, CommitmentEvent
from .contradictions import (
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
)
from .drafts import Draft
from .evidence import Evidence
from .findings import PassageJudgement
from .instruments import Instrument, Signature
from .intakes import Intake
from .meetings import Attendance, Meeting
from .negotiations import Membership, Negotiation
from .originals import Original
from .outlets import Outlet, OutletGrading
from .parties import CollectiveMember, Party
from .people import Person
from .positions import Position
from .priorities import Priority
from .questions import Question, QuestionEvent
from .quotes import Anchoring, ClaimGrading, Quote
from .rechecks import AnchoringDecision, Stay
from .removals import Removal
from .reviews import Proposal, ProposalDecision
from .saved_views import SavedView
from .search import SearchEntry
from .sources import Snapshot, Source, SourceGrading
from .stances import Dependence, Stance
from .users import User
from .visits import Visit
from .work import Assignment, DigestMark, Watch

# The app's role may only read and add rows here; triggers refuse the rest to everybody.
APPEND_ONLY = (
    Change,
    RowEdit,
    OutletGrading,
    SourceGrading,
    Snapshot,
    Quote,
    ClaimGrading,
    Anchoring,
    Stance,
    Dependence,
    Evidence,
    CommitmentEvent,
    Original,
    AnchoringDecision,
    Stay,
    ContradictionSide,
    ContradictionProof,
    ContradictionCell,
    ContradictionRuling,
    QuestionEvent,
    PassageJudgement,
    Proposal,
    ProposalDecision,
    Comment,
    CommentMention,
    CommentResolution,
)

# Links between nouns: taking one away is an edit of the nouns, and logged as such.
DELETABLE = (Membership, CollectiveMember, Attendance, Signature, Beneficiary)

# Work in hand and what people keep for themselves, no part of the negotiation: not logged, in no dossier, and gone when
# it is done with. Nothing else is ever deleted.
IN_HAND = (Intake, SavedView, Draft, Watch, DigestMark, Assignment, Visit)

# Copies for speed, written by triggers with the owner's rights: the app only reads them.
COPIES = (SearchEntry, Removal)

__all__ = [
    "APPEND_ONLY",
    "COPIES",
    "DELETABLE",
    "IN_HAND",
    "Anchoring",
    "AnchoringDecision",
    "Assignment",
    "Attendance",
    "Beneficiary",
    "Change",
    "ClaimGrading",
    "CollectiveMember",
    "Comment",
    "CommentMention",
    "CommentResolution",
    "Commitment",
    "CommitmentEvent",
    "Contradiction",
    "ContradictionCell",
    "ContradictionProof",
    "ContradictionRuling",
    "ContradictionSide",
    "Dependence",
    "DigestMark",
    "Draft",
    "Evidence",
    "Instrument",
    "Intake",
    "Meeting",
    "Membership",
    "Negotiation",
    "Original",
    "Outlet",
    "OutletGrading",
    "Party",
    "PassageJudgement",
    "Person",
    "Position",
    "Priority",
    "Proposal",
    "ProposalDecision",
    "Question",
    "QuestionEvent",
    "Quote",
    "Removal",
    "RowEdit",
    "SavedView",
    "SearchEntry",
    "Signature",
    "Snapshot",
    "Source",
    "SourceGrading",
    "Stance",
    "Stay",
    "User",
    "Visit",
    "Watch",
]
