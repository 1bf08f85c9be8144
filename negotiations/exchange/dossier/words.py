"""The words that a dossier takes, the same as the models' (a test compares them)."""

FORMAT = "parley-dossier/1"

PRECISIONS = ("day", "month", "year", "by")
VISIBILITIES = ("public", "signed_in", "members")
ROLES = ("reader", "analyst", "curator")
PRIORITY_KINDS = ("priority", "linked")
PARTY_KINDS = ("state", "organisation", "collective")
MEETING_KINDS = ("summit", "bilateral", "call", "working")
LEVELS = ("leader", "minister", "envoy", "official", "unknown")
PRESENCES = ("attended", "expected", "absent")
INSTRUMENT_KINDS = ("plan", "declaration", "communique", "agreement", "other")
SEEN = ("published", "seen", "reported", "unknown")
SIGNATURE_STATES = ("signed", "not_signed", "not_asked", "unknown")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
SOURCE_STATUSES = ("new", "accepted", "rejected", "retracted")
SNAPSHOT_KINDS = ("precis", "full")
BASES = ("own_words", "office", "instrument", "reported", "analyst")
ANCHOR_STATES = ("exact", "moved", "altered", "ambiguous", "gone")
CODES = ("champions", "supports", "neutral", "opposes", "rejects", "ambiguous", "silent", "unknown")
CONFIDENCES = ("low", "moderate", "high")
CAUSES = ("first", "moved", "learned", "corrected", "rejudged", "evidence", "source", "withdrawn")
CONTRADICTION_KINDS = ("bearing", "fact", "reversal")
RULINGS = ("open", "resolved", "left_open")
PROPOSAL_DECISIONS = ("accepted", "sent_back", "rejected", "withdrawn", "superseded")
QUESTION_STATES = ("open", "answered", "dropped")
BEARINGS = ("supports", "contradicts", "context")
FORCES = ("binding", "political", "unstated")
STAGES = (
    "drafted",
    "announced",
    "agreed",
    "signed",
    "ratified",
    "in_force",
    "fulfilled",
    "breached",
    "withdrawn",
)
