"""What is stored, one file a noun; and which tables grow only, which rows may go."""

from .changes import Change, RowEdit
from .commitments import Beneficiary, Commitment, CommitmentEvent
from .evidence import Evidence
from .instruments import Instrument, Signature
from .meetings import Attendance, Meeting
from .negotiations import Membership, Negotiation
from .outlets import Outlet, OutletGrading
from .parties import CollectiveMember, Party
from .people import Person
from .positions import Position
from .priorities import Priority
from .quotes import Anchoring, ClaimGrading, Quote
from .sources import Snapshot, Source, SourceGrading
from .stances import Dependence, Stance
from .users import User

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
)

# Links between nouns: taking one away is an edit of the nouns, and logged as such. Nothing else is ever deleted.
DELETABLE = (Membership, CollectiveMember, Attendance, Signature, Beneficiary)

__all__ = [
    "APPEND_ONLY",
    "DELETABLE",
    "Anchoring",
    "Attendance",
    "Beneficiary",
    "Change",
    "ClaimGrading",
    "CollectiveMember",
    "Commitment",
    "CommitmentEvent",
    "Dependence",
    "Evidence",
    "Instrument",
    "Meeting",
    "Membership",
    "Negotiation",
    "Outlet",
    "OutletGrading",
    "Party",
    "Person",
    "Position",
    "Priority",
    "Quote",
    "RowEdit",
    "Signature",
    "Snapshot",
    "Source",
    "SourceGrading",
    "Stance",
    "User",
]
