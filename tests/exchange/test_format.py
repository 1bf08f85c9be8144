"""The format holds everything that is stored, in the words of the models, and the guide tells all of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import CharField, Field

from negotiations import models
from negotiations.exchange.dossier import keys, schema, words
from negotiations.exchange.dossier.counting import WORDS
from negotiations.exchange.dossier.keys import keys_of
from negotiations.exchange.dossier.log_tables import PREFIX, TABLES
from negotiations.exchange.dossier.schema_texts import LARGEST_ORIGINAL
from negotiations.models import (
    changes,
    commitments,
    contradictions,
    evidence,
    fields,
    instruments,
    meetings,
    negotiations,
    originals,
    outlets,
    parties,
    priorities,
    questions,
    quotes,
    reviews,
    sources,
    stances,
)

GUIDE = settings.BASE_DIR / "docs" / "guide" / "dossiers.md"

# Each class of the format and the model whose rows it holds.
MODELS = {
    schema.Negotiation: models.Negotiation,
    schema.Membership: models.Membership,
    schema.Priority: models.Priority,
    schema.Party: models.Party,
    schema.Member: models.CollectiveMember,
    schema.Person: models.Person,
    schema.Meeting: models.Meeting,
    schema.Attendance: models.Attendance,
    schema.Instrument: models.Instrument,
    schema.Signature: models.Signature,
    schema.Outlet: models.Outlet,
    schema.OutletGrading: models.OutletGrading,
    schema.Source: models.Source,
    schema.SourceGrading: models.SourceGrading,
    schema.Snapshot: models.Snapshot,
    schema.Original: models.Original,
    schema.Quote: models.Quote,
    schema.ClaimGrading: models.ClaimGrading,
    schema.Anchoring: models.Anchoring,
    schema.Decision: models.AnchoringDecision,
    schema.Stance: models.Stance,
    schema.Evidence: models.Evidence,
    schema.Stay: models.Stay,
    schema.Judgement: models.PassageJudgement,
    schema.Comment: models.Comment,
    schema.Answer: models.Comment,
    schema.Resolution: models.CommentResolution,
    schema.Proposal: models.Proposal,
    schema.ProposalDecision: models.ProposalDecision,
    schema.Commitment: models.Commitment,
    schema.Event: models.CommitmentEvent,
    schema.Contradiction: models.Contradiction,
    schema.TouchedCell: models.ContradictionCell,
    schema.Side: models.ContradictionSide,
    schema.Proof: models.ContradictionProof,
    schema.Ruling: models.ContradictionRuling,
    schema.Question: models.Question,
    schema.QuestionEvent: models.QuestionEvent,
    schema.Change: models.Change,
    schema.RowEdit: models.RowEdit,
}
# Columns that stand in the format under another name, or where the row stands instead of a key.
OTHERWISE = {
    "id": "ids are not written",
    "negotiation": "all of a file is of one",
    models.Negotiation: {"revision": "the number of changes"},
    models.CollectiveMember: {"collective": "the party above", "member": "`party`"},
    models.Attendance: {"meeting": "the meeting above"},
    models.Signature: {"instrument": "the instrument above"},
    models.OutletGrading: {"outlet": "the outlet above"},
    models.SourceGrading: {"source": "the source above"},
    models.Snapshot: {"source": "the source above", "sketch": "made from the text"},
    models.Original: {"snapshot": "the snapshot above"},
    models.ClaimGrading: {"quote": "the quote above"},
    models.Anchoring: {"quote": "the quote above"},
    models.AnchoringDecision: {"anchoring": "the anchoring above"},
    models.Stance: {"position": "the cell above", "code": "`stance`"},
    models.Evidence: {"stance": "the stance above", "revision": "that of the stance"},
    models.Stay: {"position": "the cell above"},
    models.PassageJudgement: {"position": "the cell above"},
    models.Comment: {"position": "the cell above", "thread": "the comment above, of an answer"},
    models.CommentResolution: {"comment": "the comment above"},
    models.Proposal: {"position": "the cell above", "content": "in keys of its own, as of a stance"},
    models.ProposalDecision: {"proposal": "the proposal above"},
    models.CommitmentEvent: {"commitment": "the commitment above"},
    models.Contradiction: {"state": "a copy of the newest ruling"},
    models.ContradictionCell: {"contradiction": "the contradiction above", "position": "`party` and `priority`"},
    models.ContradictionSide: {"contradiction": "the contradiction above"},
    models.ContradictionProof: {"side": "the side above"},
    models.ContradictionRuling: {"contradiction": "the contradiction above"},
    models.Question: {"position": "`party` and `priority`", "state": "a copy of the newest event"},
    models.QuestionEvent: {"question": "the question above"},
    models.Change: {"transaction": "of this database alone"},
    models.RowEdit: {"change": "the change above"},
}


@pytest.mark.parametrize("cls", MODELS, ids=lambda cls: cls.__name__)
def test_every_column_is_in_the_format(cls):
    model = MODELS[cls]
    elsewhere = OTHERWISE.keys() | OTHERWISE.get(model, {}).keys()
    columns = {field.name for field in model._meta.concrete_fields}
    assert columns - elsewhere - keys_of(cls).keys() == set()


def test_every_model_is_in_the_format():
    in_cells = {models.Position, models.Dependence, models.Beneficiary, models.CommentMention}  # in keys of others
    accounts = {models.User}  # `users`
    copies = set(models.COPIES)  # made anew by the database
    every = set(apps.get_app_config("negotiations").get_models())
    assert every - set(MODELS.values()) == in_cells | accounts | copies | set(models.IN_HAND)


@pytest.mark.parametrize("cls", MODELS, ids=lambda cls: cls.__name__)
def test_a_text_may_be_as_long_in_the_file_as_in_its_column(cls):
    """Longer than the column, and the database would refuse it; shorter, and an export could not be loaded."""
    problems = schema_problems()
    for name in keys_of(cls):
        field = next((field for field in MODELS[cls]._meta.concrete_fields if field.name == name), None)
        if isinstance(field, CharField) and not field.choices and name not in ("slug", "time_zone", "sha256"):
            assert accepts(cls, name, field, field.max_length, problems), name
            assert not accepts(cls, name, field, field.max_length + 1, problems), name


def test_an_original_may_be_as_large_in_the_file_as_in_the_database():
    assert LARGEST_ORIGINAL == originals.LARGEST


def schema_problems() -> Any:
    from negotiations.exchange.dossier.nodes import Problems

    return Problems("x")


def accepts(cls: Any, name: str, field: Field, length: int, problems: Any) -> bool:
    from negotiations.exchange.dossier.nodes import TEXT, Node

    start = "https://x.org/" if name == "url" else ""
    value = start + "x" * (length - len(start))
    return keys_of(cls)[name].read(Node(TEXT, value, raw=value), problems) is not keys.BAD


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (words.PRECISIONS, fields.Precision),
        (words.VISIBILITIES, negotiations.Visibility),
        (words.ROLES, negotiations.Role),
        (words.PRIORITY_KINDS, priorities.PriorityKind),
        (words.PARTY_KINDS, parties.PartyKind),
        (words.MEETING_KINDS, meetings.MeetingKind),
        (words.LEVELS, meetings.Level),
        (words.PRESENCES, meetings.Presence),
        (words.INSTRUMENT_KINDS, instruments.InstrumentKind),
        (words.SEEN, instruments.Seen),
        (words.SIGNATURE_STATES, instruments.SignatureState),
        (words.RELIABILITIES, outlets.Reliability),
        (words.SOURCE_STATUSES, sources.SourceStatus),
        (words.SNAPSHOT_KINDS, sources.SnapshotKind),
        (words.BASES, quotes.Basis),
        (words.ANCHOR_STATES, quotes.AnchorState),
        (words.CODES, stances.Code),
        (words.CONFIDENCES, stances.Confidence),
        (words.CAUSES, stances.Cause),
        (words.BEARINGS, evidence.Bearing),
        (words.CONTRADICTION_KINDS, contradictions.ContradictionKind),
        (words.RULINGS, contradictions.ContradictionState),
        (words.PROPOSAL_DECISIONS, reviews.DecisionState),
        (words.QUESTION_STATES, questions.QuestionState),
        (words.FORCES, commitments.Force),
        (words.STAGES, commitments.Stage),
    ],
)
def test_the_words_are_those_of_the_models(mine, theirs):
    assert list(mine) == theirs.values


@pytest.mark.django_db
def test_every_table_with_a_log_can_be_named(db):
    """Its rows, and the columns that point to other rows: an id in a dossier would mean nothing elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'logged'")
        logged = {name.removeprefix(PREFIX) for (name,) in cursor.fetchall()}
    assert logged - {"user"} == TABLES.keys(), "acts on accounts are of no negotiation"
    for model in apps.get_app_config("negotiations").get_models():
        if (table := TABLES.get(model._meta.model_name)) is not None:
            pointing = {field.attname for field in model._meta.concrete_fields if field.is_relation}
            assert table.refs.keys() == pointing - {"negotiation_id"}, model
    assert changes.RowEdit._meta.db_table == "negotiations_rowedit"


def test_whatever_can_be_added_can_be_counted():
    told_elsewhere = {schema.Negotiation, schema.Evidence, schema.Change, schema.RowEdit}
    assert WORDS.keys() == MODELS.keys() - told_elsewhere | {schema.ProposedEvidence}


# --- the guide ----------------------------------------------------------------------------------------

HEADINGS = {
    schema.Dossier: "The whole file",
    schema.Negotiation: "`negotiation`",
    schema.Membership: "`negotiation.memberships`",
    schema.Account: "`users`",
    schema.Priority: "`priorities`",
    schema.Party: "`parties`",
    schema.Member: "`parties.members`",
    schema.Person: "`people`",
    schema.Meeting: "`meetings`",
    schema.Attendance: "`meetings.attendance`",
    schema.Instrument: "`instruments`",
    schema.Signature: "`instruments.signatures`",
    schema.Outlet: "`outlets`",
    schema.OutletGrading: "`outlets.gradings`",
    schema.Source: "`sources`",
    schema.SourceGrading: "`sources.gradings`",
    schema.Snapshot: "`sources.snapshots`",
    schema.Original: "`sources.snapshots.original`",
    schema.Quote: "`quotes`",
    schema.ClaimGrading: "`quotes.gradings`",
    schema.Anchoring: "`quotes.anchorings`",
    schema.Decision: "`quotes.anchorings.decisions`",
    schema.Cell: "`positions`",
    schema.Stance: "`positions.stances`",
    schema.Evidence: "`positions.stances.evidence`",
    schema.Stay: "`positions.stays`",
    schema.Judgement: "`positions.judgements`",
    schema.Comment: "`positions.comments`",
    schema.Answer: "`positions.comments.answers`",
    schema.Resolution: "`positions.comments.resolutions`",
    schema.Proposal: "`positions.proposals`",
    schema.ProposedEvidence: "`positions.proposals.evidence`",
    schema.ProposalDecision: "`positions.proposals.decisions`",
    schema.Commitment: "`commitments`",
    schema.Event: "`commitments.events`",
    schema.Contradiction: "`contradictions`",
    schema.TouchedCell: "`contradictions.cells`",
    schema.Side: "`contradictions.sides`",
    schema.Proof: "`contradictions.sides.proofs`",
    schema.Ruling: "`contradictions.rulings`",
    schema.Question: "`questions`",
    schema.QuestionEvent: "`questions.events`",
    schema.Change: "`changes`",
    schema.RowEdit: "`changes.edits`",
}


def rows_under(heading: str) -> list[str]:
    """The first column of the table under a heading of the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    section = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^##|\Z)", text, re.M | re.S)
    assert section, f"The guide has no heading “{heading}”."
    return re.findall(r"^\| `(\w+)` \|", section.group(1), re.M)


@pytest.mark.parametrize("cls", HEADINGS, ids=lambda cls: cls.__name__)
def test_the_guide_tells_every_key_and_no_other(cls):
    assert rows_under(HEADINGS[cls]) == list(keys_of(cls))


def test_the_guide_tells_every_mapping():
    assert HEADINGS.keys() == MODELS.keys() | {schema.Dossier, schema.Account, schema.Cell, schema.ProposedEvidence}


def test_the_guide_tells_every_word():
    text = GUIDE.read_text(encoding="utf-8")
    every = [word for name in dir(words) if name.isupper() for word in _tuple(getattr(words, name))]
    assert [word for word in every if f"`{word}`" not in text] == []


def _tuple(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


@pytest.mark.django_db
def test_the_example_in_the_guide_loads(tmp_path):
    from negotiations.exchange import dossier

    (example,) = re.findall(r"```yaml\n(format: parley-dossier/1\n.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    assert dossier.load(path).added["stances"] >= 2
    assert dossier.load(path).nothing
