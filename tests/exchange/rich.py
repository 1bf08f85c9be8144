"""A negotiation with something in every table and a history of every kind, made by separate acts that commit."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from negotiations.domain import accounts, as_of, changes, comment_acts, positions, review_acts, undoing
from negotiations.domain.negotiations import get_workspace
from negotiations.domain.stances import Draft, Item
from negotiations.models import (
    Anchoring,
    AnchoringDecision,
    Attendance,
    Beneficiary,
    ClaimGrading,
    CollectiveMember,
    Comment,
    Commitment,
    CommitmentEvent,
    Contradiction,
    ContradictionCell,
    ContradictionProof,
    ContradictionRuling,
    ContradictionSide,
    Instrument,
    Meeting,
    Membership,
    Negotiation,
    Outlet,
    OutletGrading,
    Party,
    PassageJudgement,
    Person,
    Position,
    Proposal,
    Question,
    QuestionEvent,
    Quote,
    Signature,
    Snapshot,
    Source,
    SourceGrading,
    Stay,
    User,
)
from negotiations.models.negotiations import Role

from .dossiers import TEXT, load, small, stance

# Texts that a careless writer of YAML or JSON spoils.
TROUBLE = [
    "no",
    "2026-01-06",
    "12:30",
    "0o17",
    "null",
    "~",
    "- not a list",
    "key: value # comment",
    " blank before",
    "blank after ",
    "two\nlines",
    "two\n\nparagraphs\n",
    "\n\nbreaks around\n\n\n",
    " first line indented\nsecond not",
    "tab\tinside\n\tand before",
    "carriage\r\nreturn",
    "nel\x85line\u2028para\u2029end",
    "bell\x07 del\x7f bom\ufeff bidi\u202e end",
    "emoji 👩‍👩‍👧 and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "“quotes” 'single' \"double\" \\ backslash",
    "Слава Україні",
    "{{ 7*7 }} {% csrf %} <script>",
    "% @ ` ! & * ? |",
    "   \n  ",
]
# The bytes of a file: every one there is, and more than fit in a line.
BYTES = bytes(range(256))


@contextmanager
def act(talks: Negotiation, by: User | None = None, verb: str = "changed", what: str = "a test") -> Iterator[int]:
    """A transaction of its own with a place in the log; gives its revision."""
    with transaction.atomic():
        yield changes.take(talks.pk, by=by, verb=verb, what=what, why="For the story.").revision


def make_rich(folder: Path) -> Negotiation:
    """The negotiation `talks`."""
    ada = accounts.create_user(username="ada", name="Ada Ångström", password="x" * 12, is_superuser=True, by=None)
    load(folder, _dossier(), by=ada, why="To begin with.")
    talks = Negotiation.objects.get(slug="talks")
    anna = accounts.create_user(username="anna", name="Anna", password="x" * 12, by=ada)
    accounts.give_role(talks, anna, Role.ANALYST, by=ada)
    accounts.give_role(talks, ada, Role.READER, by=None)
    _judge(talks, anna)
    _grade(talks, ada)
    _decide(talks, anna)
    _undo(talks, anna)
    _review(talks, anna, ada)
    _comment(talks, anna, ada)
    _take_out(talks, anna)
    _edit_rows(talks, ada)
    return talks


def _dossier() -> dict[str, object]:
    base = small()
    base["parties"] += [
        {
            "slug": "willing",
            "name": "The Willing",
            "kind": "collective",
            "order": 0,
            "aliases": TROUBLE[:8],
            "members": [{"party": "france", "since": "2025-03-31", "precision": "month"}, {"party": "germany"}],
        }
    ]
    base["people"][0] |= {"titles": ["President"], "aliases": ["Mr President"], "description": TROUBLE[9]}
    base["priorities"] += [{"number": 9, "kind": "linked", "name": "Territory", "description": TROUBLE[10]}]
    base["priorities"][0]["terms"] = TROUBLE
    base["outlets"][:0] = [{"slug": "gazette-online", "name": "The Gazette Online", "merged_into": "gazette"}]
    base["meetings"] += [{"slug": "some-call", "name": "Call", "kind": "call", "description": TROUBLE[11]}]
    base["sources"][:0] = [  # before the source that it repeats
        {
            "slug": "echo",
            "title": TROUBLE[13],
            "origin": "report",
            "url": "https://example.org/a?b=c#d",
            "published_on": "2026-01-31",
            "precision": "month",
            "language": "en",
            "snapshots": [
                {
                    "kind": "full",
                    "language": "en",
                    "text": "\n".join(TROUBLE),
                    "original": {
                        "name": TROUBLE[17],
                        "media_type": "application/pdf",
                        "content": b64encode(BYTES).decode(),
                    },
                }
            ],
        },
        {"slug": "echo-again", "title": "Echo", "merged_into": "echo"},
    ]
    base["quotes"] += [
        {"slug": "bell", "source": "echo", "exact": TROUBLE[17], "basis": "analyst", "through": "a paper"},
        {
            "slug": "second-help",
            "source": "report",
            "exact": "help",
            "start": TEXT.rindex("help"),
            "basis": "office",
            "said_on": "2026-12-31",
            "precision": "year",
        },
    ]
    base["instruments"] = [
        {"slug": "plan-b", "name": "Plan B", "kind": "plan", "replaces": "plan-a", "seen": "reported"},
        {
            "slug": "plan-a",
            "name": "Plan A",
            "kind": "plan",
            "meeting": "summit",
            "dated": "2026-01-06",
            "precision": "by",
            "description": TROUBLE[18],
            "signatures": [
                {"party": "france", "state": "signed", "quote": "send-them", "note": TROUBLE[19]},
                {"party": "germany", "state": "not_signed", "source": "echo", "locator": "page 2, line 4"},
                {"party": "willing", "state": "not_asked"},
            ],
        },
    ]
    base["commitments"][0] |= {
        "towards": ["germany", "willing"],
        "priority": 2,
        "instrument": "plan-a",
        "meeting": "summit",
        "force": "binding",
        "conditions": TROUBLE[12],
        "due": "2026-12-31",
        "precision": "by",
    }
    base["commitments"] += [{"slug": "undated", "party": "germany", "text": TROUBLE[14], "precision": "month"}]
    base["positions"] += [
        {
            "party": "willing",
            "priority": 9,
            "stances": [
                stance(
                    stance="rejects",
                    rationale=TROUBLE[20],
                    conditions=TROUBLE[21],
                    limits=TROUBLE[22],
                    depends_on=["germany", "france"],
                    red_line=True,
                    precision="month",
                    why="Told so.",
                    evidence=[
                        {"source": "echo", "locator": "roll call 12", "bearing": "supports"},
                        {"quote": "neighbours", "bearing": "contradicts"},
                        {"quote": "bell", "bearing": "context"},
                    ],
                ),
                {"cause": "withdrawn", "replaces": 1, "why": "Of another meeting."},
            ],
        }
    ]
    _disputes(base)
    return base


def _disputes(base: dict[str, object]) -> None:
    """Cells that somebody looked at, contradictions and questions."""
    base["positions"] += [
        {
            "party": "germany",
            "priority": 9,
            "stays": [{"reason": TROUBLE[1]}],
            "judgements": [{"source": "report", "snapshot": 1, "start": 3, "end": 9, "relevant": False}],
        }
    ]
    base["contradictions"] = [
        {
            "slug": "how-many",
            "kind": "fact",
            "title": TROUBLE[7],
            "description": TROUBLE[20],
            "cells": [{"party": "willing", "priority": 9}, {"party": "france", "priority": 2}],
            "sides": [
                {"says": TROUBLE[0], "proofs": [{"quote": "send-them"}, {"source": "echo", "locator": "page 3"}]},
                {"says": TROUBLE[2], "proofs": [{"quote": "neighbours"}]},
                {"says": "Nothing", "proofs": [{"source": "report", "locator": "page 1"}]},
            ],
            "rulings": [{"state": "resolved", "reason": TROUBLE[4]}],
        },
        {
            "slug": "who-signed",
            "kind": "reversal",
            "title": "Who",
            "sides": [
                {"says": "All", "proofs": [{"quote": "send-them"}]},
                {"says": "Not all", "proofs": [{"quote": "neighbours"}]},
            ],
        },
    ]
    base["questions"] = [
        {
            "slug": "how-long",
            "party": "germany",
            "priority": 1,
            "text": TROUBLE[7],
            "whom": TROUBLE[19],
            "due": "2026-01-31",
            "events": [
                {"state": "answered", "source": "echo", "locator": "page 4", "note": TROUBLE[20]},
                {"state": "open", "note": TROUBLE[12]},
            ],
        },
        {"slug": "when", "text": "When will it be signed?"},
    ]


def _decide(talks: Negotiation, anna: User) -> None:
    """What people said of quotes in later texts, of cells, of passages, and of what can't be true together."""
    cells = {
        (cell.party.slug, cell.priority.number): cell
        for cell in talks.positions.select_related("party", "priority").all()
    }
    gone = Anchoring.objects.get(quote__slug="neighbours")
    for holds, reason in [(True, "Means the same."), (False, TROUBLE[13])]:
        with act(talks, anna, "decided") as revision:
            of = {"negotiation": talks, "revision": revision}
            AnchoringDecision.objects.create(**of, anchoring=gone, holds=holds, reason=reason)
            Stay.objects.create(**of, position=cells["france", 1], reason=reason)
            PassageJudgement.objects.create(
                **of, position=cells["france", 2], snapshot=gone.snapshot, start=0, end=4, relevant=holds
            )
    with act(talks, anna, "ruled") as revision:
        of = {"negotiation": talks, "revision": revision}
        how_many = Contradiction.objects.get(slug="how-many")
        ContradictionRuling.objects.create(**of, contradiction=how_many, state="left_open", reason="Both may be.")
        side = ContradictionSide.objects.create(**of, contradiction=how_many, number=4, says="Many")
        ContradictionProof.objects.create(**of, side=side, quote=Quote.objects.get(slug="bell"))
        ContradictionCell.objects.create(**of, contradiction=how_many, position=cells["germany", 2])
        Contradiction.objects.filter(pk=how_many.pk).update(state="left_open", title="How many members")
    with act(talks, anna, "answered") as revision:
        when = Question.objects.get(slug="when")
        QuestionEvent.objects.create(
            negotiation=talks,
            revision=revision,
            question=when,
            state="answered",
            quote=Quote.objects.get(slug="send-them"),
        )
        Question.objects.filter(pk=when.pk).update(state="answered", position=cells["germany", 2])
    with act(talks, anna, "merged"):
        Source.objects.filter(slug="echo-again").update(merged_into=None)
        Outlet.objects.filter(slug="gazette-online").update(merged_into=None)
        Outlet.objects.filter(slug="gazette-online").update(merged_into=Outlet.objects.get(slug="gazette"))


def _undo(talks: Negotiation, anna: User) -> None:
    """The last decision, and that undoing in turn, and once more the decision."""
    decided = talks.changes.filter(verb="decided").first()
    assert decided is not None and decided.revision is not None
    for revision in (decided.revision, decided.revision + 4, decided.revision):
        page = undoing.get_undo(talks.slug, revision, by=anna)
        undoing.undo(page.workspace, revision, why="It was about others.", seen=page.seen, by=anna)


def _take_out(talks: Negotiation, anna: User) -> None:
    """What was added by mistake, of each kind one that is out, and one that is there again."""
    how_many = Contradiction.objects.get(slug="how-many")
    cell, source = how_many.cells.earliest("pk").position, Source.objects.get(slug="echo")
    for slug, turns in (("out", 1), ("back", 2)):
        with act(talks, anna, "added") as revision:
            Meeting.objects.create(negotiation=talks, slug=slug, name=slug, kind="call")
            of = {"negotiation": talks, "revision": revision}
            side = ContradictionSide.objects.create(**of, contradiction=how_many, number=10 + turns, says=slug)
            ContradictionProof.objects.create(**of, side=side, quote=Quote.objects.get(slug="send-them"))
            ContradictionCell.objects.create(**of, contradiction=how_many, position=cell, taken_away=True)
            number = source.snapshots.count() + 1
            Snapshot.objects.create(
                **of, source=source, number=number, kind="full", text=slug, sha256=sha256(slug.encode()).hexdigest()
            )
        for _ in range(turns):
            page = undoing.get_undo(talks.slug, revision, by=anna)
            revision = undoing.undo(page.workspace, revision, why="A slip.", seen=page.seen, by=anna).revision


def _judge(talks: Negotiation, anna: User) -> None:
    quotes = {quote.slug: quote.pk for quote in Quote.objects.filter(negotiation=talks)}
    supports = (Item("supports", quote=quotes["neighbours"]),)
    germany = Position.objects.get(party__slug="germany", priority__number=2, negotiation=talks)
    france = Position.objects.get(party__slug="france", priority__number=2, negotiation=talks)
    common = {"rationale": "Because.", "confidence": "low", "evidence": supports}
    moved = Draft(cause="moved", code="opposes", held_from=date(2026, 1, 7), **common)
    _record(talks, anna, {germany: moved}, key=UUID(int=7))
    corrected = Draft(
        cause="corrected", code="rejects", held_from=date(2026, 1, 31), replaces=2, precision="year", **common
    )
    learned = Draft(cause="learned", code="ambiguous", held_from=date(2025, 12, 31), precision="by", **common)
    _record(talks, anna, {germany: corrected, france: learned})
    _record(talks, anna, {france: Draft(cause="withdrawn", replaces=2)})
    unknown = Draft(cause="source", code="unknown", rationale="Gone.", confidence="low", replaces=1)
    _record(talks, anna, {france: unknown})


def _record(talks: Negotiation, by: User, drafts: dict[Position, Draft], key: UUID | None = None) -> None:
    entries = []
    for position, draft in drafts.items():
        position.refresh_from_db()
        entries.append(positions.Entry(position.pk, position.version, draft))
    workspace = get_workspace(talks.slug, by=by)
    positions.record_stances(workspace, entries, by=by, why="As read.", key=key)


def _grade(talks: Negotiation, ada: User) -> None:
    report, outlet = Source.objects.get(slug="report"), Outlet.objects.get(slug="gazette")
    quote = Quote.objects.get(slug="send-them")
    with act(talks, ada, "graded") as revision:
        of = {"negotiation": talks, "revision": revision}
        OutletGrading.objects.create(**of, outlet=outlet, reliability="D", reason="Wrong twice.")
        Outlet.objects.filter(pk=outlet.pk).update(reliability="D")
        ClaimGrading.objects.create(**of, quote=quote, credibility=5, reason="Denied.")
    with act(talks, ada, "retracted") as revision:
        of = {"negotiation": talks, "revision": revision}
        SourceGrading.objects.create(**of, source=report, status="retracted", reason=TROUBLE[16])
        Source.objects.filter(pk=report.pk).update(status="retracted")
        as_of.refresh(talks.pk, positions=list(talks.positions.values_list("pk", flat=True)))
        CommitmentEvent.objects.create(
            **of, commitment=Commitment.objects.get(slug="to-send"), status="breached", note=TROUBLE[15]
        )
    with act(talks, None, "added a text") as revision:
        of = {"negotiation": talks, "revision": revision}
        text = "All new: " + quote.exact
        hashed = sha256(text.encode()).hexdigest()
        later = Snapshot.objects.create(**of, source=report, number=2, kind="full", text=text, sha256=hashed)
        Anchoring.objects.create(
            **of, quote=quote, snapshot=later, state="moved", start=9, end=9 + len(quote.exact), found=quote.exact
        )
        Anchoring.objects.create(**of, quote=Quote.objects.get(slug="neighbours"), snapshot=later, state="gone")


def _review(talks: Negotiation, anna: User, ada: User) -> None:
    """From now on a second person accepts; proposals of several fates."""
    with act(talks, ada):
        Negotiation.objects.filter(pk=talks.pk).update(review=True)
    quote = Quote.objects.get(slug="send-them")
    echo = Source.objects.get(slug="echo")
    draft = Draft(
        cause="moved",
        code="neutral",
        rationale=TROUBLE[20],
        conditions=TROUBLE[12],
        depends_on=(Party.objects.get(slug="willing").pk,),
        confidence="low",
        held_from=date(2026, 1, 31),
        precision="month",
        evidence=(
            Item("supports", quote=quote.pk),
            Item("context", source=echo.pk, locator="page 9"),
            Item("contradicts", source=echo.pk, locator="page 10"),
        ),
    )
    germany = Position.objects.get(party__slug="germany", priority__number=2, negotiation=talks)
    nobody = Position.objects.get(party__slug="willing", priority__number=1, negotiation=talks)
    unknown = Draft(cause="first", code="unknown", rationale="All of it.", confidence="low")
    workspace = get_workspace(talks.slug, by=ada)
    _record(talks, anna, {germany: draft, nobody: unknown})
    accepted, back = Proposal.objects.filter(negotiation=talks).order_by("position__party__slug")
    review_acts.accept(workspace, accepted.pk, by=ada, comment=TROUBLE[17])
    review_acts.send_back(workspace, back.pk, by=ada, comment="Look again.")
    _record(talks, anna, {nobody: replace(unknown, rationale="All of it, twice.")})
    _record(talks, ada, {nobody: unknown})


def _comment(talks: Negotiation, anna: User, ada: User) -> None:
    """A thread with an answer, resolved and opened again, and one in a cell of which nothing else is told."""
    workspace = get_workspace(talks.slug, by=ada)
    cell = Position.objects.get(party__slug="france", priority__number=9, negotiation=talks).pk
    comment_acts.comment(workspace, cell, f"@anna, {TROUBLE[18]}", by=ada)
    first = Comment.objects.get(negotiation=talks)
    comment_acts.comment(workspace, cell, "@ada @anna Yes.\n- so", by=anna, thread=first.pk)
    comment_acts.resolve(workspace, cell, first.pk, by=ada)
    comment_acts.reopen(workspace, cell, first.pk, by=anna)
    comment_acts.comment(workspace, cell, TROUBLE[20], by=anna)


def _edit_rows(talks: Negotiation, ada: User) -> None:
    """Edits of rows: changed, made, taken away, made again under the same name, renamed, and past all of Parley."""
    france, germany = (Party.objects.get(negotiation=talks, slug=slug) for slug in ("france", "germany"))
    summit = Meeting.objects.get(slug="summit")
    with act(talks, ada):
        Party.objects.filter(pk=france.pk).update(name="La France", aliases=TROUBLE, order=7)
        Person.objects.filter(slug="president").update(party=germany)
    with act(talks, ada):
        Attendance.objects.filter(meeting=summit).delete()
        Membership.objects.filter(user=ada).delete()
        Beneficiary.objects.filter(party=germany).delete()
    with act(talks, ada):
        again = Attendance.objects.create(negotiation=talks, meeting=summit, party=france)
        Attendance.objects.create(negotiation=talks, meeting=summit, party=germany, status="absent").delete()
        again.person = Person.objects.get(slug="president")
        again.save()
        Instrument.objects.filter(slug="plan-b").update(meeting=summit, replaces=None)
        Signature.objects.filter(party=france).update(quote=None, state="unknown")
        CollectiveMember.objects.filter(member=germany).update(since=date(2024, 2, 29), precision="year")
        Source.objects.filter(slug="echo").update(outlet=Outlet.objects.get(slug="gazette"))
    with act(talks, ada, "moved to another zone"):
        Negotiation.objects.filter(pk=talks.pk).update(time_zone="America/Los_Angeles", description=TROUBLE[23])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE negotiations_meeting SET place = 'Élysée' WHERE slug = 'summit'")
