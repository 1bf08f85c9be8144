"""Undoing: what anybody did is put back by new rows, all of it or nothing, and not where something was built on it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from negotiations.domain import (
    changes,
    citing,
    commitment_events,
    commitments,
    contradiction_acts,
    contradictions,
    decisions,
    finding_acts,
    gradings,
    merging,
    people,
    question_acts,
    quotes,
    rechecks,
    records,
    snapshots,
    sources,
    stays,
    undo_planning,
    undoing,
)
from negotiations.domain.accounts import give_role
from negotiations.domain.as_of import standings
from negotiations.domain.cells import get_cell
from negotiations.domain.changes import KeyReused
from negotiations.domain.contradiction_drafts import Details, Side
from negotiations.domain.contradiction_drafts import Draft as Contradicting
from negotiations.domain.permissions import Act, Forbidden
from negotiations.domain.places import Place
from negotiations.domain.positions import Entry, record_stances
from negotiations.domain.records import Refused
from negotiations.domain.stances import Draft, Invalid, Item
from negotiations.domain.undoing import get_undo
from negotiations.models import (
    APPEND_ONLY,
    Attendance,
    Change,
    Contradiction,
    Evidence,
    Negotiation,
    Outlet,
    Party,
    Question,
    Quote,
    RowEdit,
    SearchEntry,
    Source,
    Stance,
)
from negotiations.models.commitments import Stage
from negotiations.models.negotiations import Role
from negotiations.models.outlets import Reliability
from negotiations.models.sources import SnapshotKind, SourceStatus
from tests import factories as make
from tests.stories import record
from tests.worlds import World

# Rows that are born in one transaction with their negotiation are not logged one by one.
committed = pytest.mark.django_db(transaction=True)


def undo(world: World, revision: int, by: object, why: str = "A slip.", **told: object) -> int:
    page = get_undo("paris", revision, by=by)
    return undoing.undo(page.workspace, revision, by=by, why=why, **({"seen": page.seen} | told)).revision


def newest(world: World) -> int:
    return Negotiation.objects.get(pk=world.negotiation.pk).revision


def stopped_by(revision: int, by: object) -> list[str]:
    """What stands in the way of undoing an act; nothing is undone."""
    page = get_undo("paris", revision, by=by)
    assert not page.can
    with pytest.raises(Refused):
        undoing.undo(page.workspace, revision, why="A slip.", seen=page.seen, by=by)
    return [blocker.sentence for blocker in page.plan.blockers] + list(page.plan.refusals)


def reads(world: World, party: Party, day: date = date(2026, 2, 1)) -> tuple:
    """What a cell on the force says on a day, with all that it rests on."""
    cell = world.cell(party, world.force)
    [now] = standings(world.negotiation.pk, as_of=day, known_at=newest(world), positions=[cell.pk])
    if now.code == "unknown":
        return ("unknown",)
    evidence = Evidence.objects.filter(stance=now.stance_id).values_list("quote", "source", "locator", "bearing")
    parties = Stance.objects.get(pk=now.stance_id).dependences.values_list("party", flat=True)
    told = (now.code, now.rationale, now.conditions, now.limits, now.red_line, now.confidence)
    return (*told, now.held_from, now.precision, sorted(evidence), sorted(parties))


# --- stances


def test_a_first_stance_is_withdrawn_and_comes_back_whole_when_that_is_undone(world, analyst):
    revision = record(
        world, world.france, world.force, by=analyst, evidence=[world.send], in_context=[world.neighbours],
        depends_on=(world.germany.pk,), conditions="After a ceasefire", limits="In the west", red_line=True,
        confidence="moderate", precision="month",
    )  # fmt: skip
    said = reads(world, world.france)
    first = undo(world, revision, analyst)
    assert reads(world, world.france) == ("unknown",)
    row = Stance.objects.get(revision=first)
    assert (row.cause, row.code, row.replaces) == ("withdrawn", "", 1)
    change = Change.objects.get(negotiation=world.negotiation, revision=first)
    assert (change.verb, change.undoes, change.why, change.by) == ("undid", revision, "A slip.", analyst)
    assert change.what == f"revision {revision}: recorded France × 2"
    second = undo(world, first, analyst)
    assert reads(world, world.france) == said
    assert Stance.objects.get(revision=second).cause == "corrected"
    third = undo(world, second, analyst)  # and so on
    assert reads(world, world.france) == ("unknown",)
    undo(world, third, analyst)
    assert reads(world, world.france) == said
    undo(world, revision, analyst)  # it stands again, so it can be undone once more
    assert reads(world, world.france) == ("unknown",)


@pytest.mark.parametrize("cause", ["moved", "learned", "corrected", "rejudged", "source", "withdrawn"])
def test_whatever_the_cause_the_cell_reads_on_every_day_as_before(world, analyst, cause):
    record(world, world.france, world.force, by=analyst, evidence=[world.send], held_from=date(2025, 3, 1))
    record(world, world.france, world.force, by=analyst, evidence=[world.neighbours], code="opposes")
    days = [date(2024, 12, 31), date(2025, 2, 1), date(2025, 6, 1), date(2026, 1, 7)]
    before = [reads(world, world.france, day) for day in days]
    told = {"code": "rejects", "evidence": [world.unacceptable], "held_from": date(2025, 1, 5)}
    if cause not in ("moved", "learned"):
        told["replaces"] = 2
    if cause == "withdrawn":
        cell = world.cell(world.france, world.force)
        entry = Entry(cell.pk, cell.version, Draft(cause="withdrawn", replaces=2))
        revision = record_stances(world.workspace(analyst), [entry], by=analyst, why="Wrong.").revision
    else:
        revision = record(world, world.france, world.force, by=analyst, cause=cause, **told)
    after = [reads(world, world.france, day) for day in days]
    assert after != before
    undid = undo(world, revision, analyst)
    assert [reads(world, world.france, day) for day in days] == before
    undo(world, undid, analyst)
    assert [reads(world, world.france, day) for day in days] == after


def test_one_act_on_many_cells_is_undone_as_one(world, analyst):
    cells = [world.cell(party, world.force) for party in (world.france, world.germany, world.russia)]
    draft = Draft(
        "first", "supports", "So.", confidence="low", held_from=date(2026, 1, 6),
        evidence=(Item("supports", quote=world.send.pk),),
    )  # fmt: skip
    entries = [Entry(cell.pk, 0, draft) for cell in cells]
    revision = record_stances(world.workspace(analyst), entries, by=analyst, why="All.").revision
    undid = undo(world, revision, analyst)
    assert {reads(world, party) for party in (world.france, world.germany, world.russia)} == {("unknown",)}
    assert newest(world) == undid == revision + 1


def test_what_was_built_on_a_stance_is_named_and_nothing_is_undone(world, analyst, curator):
    first = record(world, world.france, world.force, by=analyst, evidence=[world.send])
    both = [Entry(world.cell(party, world.force).pk, seq, Draft(
        cause, "opposes", "So.", confidence="low", held_from=date(2026, 1, 7),
        evidence=(Item("supports", quote=world.send.pk),),
    )) for party, seq, cause in ((world.france, 1, "moved"), (world.germany, 0, "first"))]  # fmt: skip
    second = record_stances(world.workspace(analyst), both, by=analyst, why="Both.").revision
    assert stopped_by(first, analyst) == ["A stance of France × 2 was recorded since."]
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Taken back.")
    workspace = world.workspace(analyst)
    france = world.cell(world.france, world.force).pk
    stay = stays.stay(workspace, france, reason="Others say so.", seen=workspace.revision, by=analyst).revision
    head = newest(world)
    assert stopped_by(second, analyst) == ["Somebody said that France × 2 stays as it is."]
    assert newest(world) == head and reads(world, world.germany)[0] == "opposes"  # nor is the other half undone
    undo(world, stay, analyst)
    undo(world, second, analyst)  # the newest before the others
    undo(world, first, analyst)
    assert reads(world, world.france) == reads(world, world.germany) == ("unknown",)


def test_undone_twice_is_refused_and_sent_twice_is_done_once(world, analyst):
    revision = record(world, world.france, world.force, by=analyst, evidence=[world.send])
    page = get_undo("paris", revision, by=analyst)
    key = uuid4()
    told = {"why": "A slip.", "seen": page.seen, "by": analyst}
    done = undoing.undo(page.workspace, revision, key=key, **told)
    again = undoing.undo(page.workspace, revision, key=key, **told)
    assert (again.revision, again.repeated) == (done.revision, True)
    with pytest.raises(KeyReused):
        undoing.undo(page.workspace, revision, key=key, **(told | {"why": "Another reason."}))
    with pytest.raises(Refused, match=f"undone already, by revision {done.revision}"):
        undoing.undo(page.workspace, revision, **told)
    assert get_undo("paris", revision, by=analyst).undone_by == done.revision


def test_a_reason_is_asked_and_what_was_seen_must_still_be_so(world, analyst, reader):
    revision = record(world, world.france, world.force, by=analyst, evidence=[world.send])
    page = get_undo("paris", revision, by=analyst)
    for why in (" ", "a\x00b"):
        with pytest.raises(Invalid):
            undoing.undo(page.workspace, revision, why=why, seen=page.seen, by=analyst)
    with pytest.raises(Forbidden):
        get_undo("paris", revision, by=reader)
    with pytest.raises(Forbidden):
        undoing.undo(world.workspace(reader), revision, why="So.", seen=page.seen, by=reader)
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    with pytest.raises(undoing.Moved):
        undoing.undo(page.workspace, revision, why="So.", seen=page.seen, by=analyst)
    assert reads(world, world.france)[0] == "supports"


def test_a_contradiction_that_a_stance_brought_to_light_is_resolved_with_it(world, analyst):
    revision = record(
        world, world.france, world.force, by=analyst, evidence=[world.send], contradicted_by=[world.unacceptable]
    )
    contradiction = Contradiction.objects.get(negotiation=world.negotiation)
    undid = undo(world, revision, analyst)
    contradiction.refresh_from_db()
    assert contradiction.state == "resolved" and contradiction.rulings.get().reason == "A slip."
    again = undo(world, undid, analyst)
    contradiction.refresh_from_db()
    assert contradiction.state == "open"
    contradiction_acts.rule(world.workspace(analyst), contradiction.slug, "left_open", by=analyst, reason="Who knows.")
    assert stopped_by(again, analyst) == [f"Contradiction “{contradiction.title}” was worked on since."]


# --- gradings


def test_gradings_are_given_again_as_they_were(world, analyst, curator):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Taken back.")
    source = newest(world)
    gradings.grade_outlet(world.outlet, Reliability.E, by=curator, why="Twice wrong.")
    outlet = newest(world)
    gradings.grade_claim(world.send, 5, by=curator, why="Nobody else heard it.")
    claim = newest(world)
    assert rechecks.find_open(world.negotiation.pk)
    assert world.cell(world.france, world.force).origins == 0
    with pytest.raises(Forbidden):
        undo(world, source, analyst)
    assert not get_undo("paris", source, by=analyst).may
    for revision in (claim, outlet, source):
        undo(world, revision, curator)
    assert Source.objects.get(pk=world.source.pk).status == "accepted"
    assert Outlet.objects.get(pk=world.outlet.pk).reliability == "B"
    assert world.source.gradings.last().reason == "A slip."
    assert quotes.get_many(world.negotiation.pk, [world.send.pk])[world.send.pk].credibility in (None, 6, 2)
    assert world.cell(world.france, world.force).origins == 1


def test_a_grading_is_not_undone_that_was_answered_or_followed(world, analyst, curator):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Taken back.")
    revision = newest(world)
    workspace = world.workspace(analyst)
    cell = world.cell(world.france, world.force)
    answer = Draft("source", "unknown", "Nothing is left.", confidence="low", replaces=1)
    record_stances(workspace, [Entry(cell.pk, 1, answer)], by=analyst, why="It was taken back.")
    assert stopped_by(revision, curator) == ["A stance was recorded because “After the summit” was graded."]
    gradings.grade_sources([world.source.pk], SourceStatus.ACCEPTED, by=curator, why="After all.")
    assert "“After the summit” was graded again since." in stopped_by(revision, curator)
    gradings.grade_outlet(world.outlet, Reliability.E, by=curator, why="Wrong.")
    outlet = newest(world)
    gradings.grade_outlet(world.outlet, Reliability.D, by=curator, why="Less so.")
    assert stopped_by(outlet, curator) == ["“The Gazette” was graded again since."]


def test_a_source_does_not_fall_again_under_what_was_cited_since(world, analyst, curator):
    gradings.grade_sources([world.source.pk], SourceStatus.REJECTED, by=curator, why="No.")
    gradings.grade_sources([world.source.pk], SourceStatus.ACCEPTED, by=curator, why="Yes.")
    revision = newest(world)
    cite(world, "no more", analyst)
    assert stopped_by(revision, curator) == ["Words of “After the summit” were cited since."]


# --- quotes, decisions, stays, steps, passages


def cite(world: World, words: str, by: object) -> Quote:
    start = world.snapshot.text.index(words)
    told = citing.Told(basis="reported", party=world.russia.pk)
    return citing.cite(world.workspace(by), world.snapshot, start, start + len(words), told, by=by)


def test_a_quote_whose_citing_is_undone_is_there_no_more_and_can_be_cited_anew(world, analyst):
    quote = cite(world, "contribution", analyst)
    found = SearchEntry.objects.filter(kind="quote", row=quote.pk)
    assert found.exists()
    undid = undo(world, quote.revision, analyst, why="It was the chancellor, not Moscow.")
    assert not found.exists(), "nor does search find it"
    assert quote.pk not in {each.id for each in quotes.find(world.negotiation.pk, words="contribution")}
    with pytest.raises(Invalid, match="undid that one of these quotes was cited"):
        record(world, world.france, world.force, by=analyst, evidence=[quote])
    again = undo(world, undid, analyst)
    assert found.exists()
    assert quote.pk in {each.id for each in quotes.find(world.negotiation.pk, words="contribution")}
    undo(world, again, analyst)
    other = cite(world, "contribution", analyst)
    assert stopped_by(newest(world) - 1, analyst) == [f"The words of quote {quote.slug} were cited again since."]
    record(world, world.france, world.force, by=analyst, evidence=[other])
    assert stopped_by(other.revision, analyst) == [f"A stance rests on quote {other.slug}."]


def test_words_whose_citing_is_undone_are_not_counted_with_their_speaker(world, analyst):
    start = world.snapshot.text.index("after the talks")
    told = citing.Told("own_words", speaker=world.president.pk, party=world.france.pk)
    quote = citing.cite(world.workspace(analyst), world.snapshot, start, start + 15, told, by=analyst)
    assert [line.quotes for line in people.list_people("paris", by=analyst).page] == [2]
    undo(world, quote.revision, analyst)
    assert [line.quotes for line in people.list_people("paris", by=analyst).page] == [1]


def test_that_a_stance_stays_and_that_a_quote_holds_can_be_taken_back(world, analyst, curator):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=curator, why="Taken back.")
    workspace = world.workspace(analyst)
    cell = world.cell(world.france, world.force)
    stay = stays.stay(workspace, cell.pk, reason="Others say so.", seen=workspace.revision, by=analyst).revision
    assert world.cell(world.france, world.force).rechecks == 0
    undid = undo(world, stay, analyst)
    assert world.cell(world.france, world.force).rechecks == 1
    undo(world, undid, analyst)
    assert world.cell(world.france, world.force).rechecks == 0
    gradings.grade_sources([world.source.pk], SourceStatus.ACCEPTED, by=curator, why="After all.")
    text = world.snapshot.text.replace("will send them", "may perhaps send them")
    snapshots.add_text(world.source, text, kind=SnapshotKind.FULL, by=curator)
    texts = newest(world)
    assert world.cell(world.france, world.force).rechecks == 1
    out = undo(world, texts, analyst, why="The wrong article.")
    assert world.cell(world.france, world.force).rechecks == 0, "it is looked for in that text no more"
    source = sources.get_source("paris", "summit-report", by=analyst)
    assert [each.number for each in source.text.versions] == [1] and source.text.shown.number == 1
    assert not SearchEntry.objects.filter(kind="passage", words__contains="perhaps").exists()
    before = {"known_at": str(texts)}.get
    assert sources.get_source("paris", "summit-report", by=analyst, asked=before).text.shown.number == 2
    snapshots.add_text(world.source, text, kind=SnapshotKind.FULL, by=curator)
    assert stopped_by(out, analyst) == ["The same text was added again since."]
    undo(world, newest(world), curator)
    undo(world, out, analyst)
    assert world.cell(world.france, world.force).rechecks == 1
    assert SearchEntry.objects.filter(kind="passage", words__contains="perhaps").exists()
    page = decisions.get_decision("paris", "summit-report", "france-send", by=analyst)
    decided = decisions.decide(workspace, page.anchoring, holds=True, reason="The same.", by=analyst).revision
    assert stopped_by(texts, curator) == ["Somebody decided on a quote of text 2 of “After the summit” since."]
    assert world.cell(world.france, world.force).rechecks == 0
    undid = undo(world, decided, analyst)
    assert world.cell(world.france, world.force).rechecks == 1
    page = decisions.get_decision("paris", "summit-report", "france-send", by=analyst)
    assert page.last is None and page.decided[0].undone and not page.quote.stands
    undo(world, undid, analyst)
    assert world.cell(world.france, world.force).rechecks == 0
    decisions.decide(workspace, page.anchoring, holds=False, reason="Not quite.", by=analyst)
    assert stopped_by(decided, analyst) == ["Somebody decided on this quote again since."]


def test_a_step_of_a_commitment_counts_no_more(world, analyst, curator):
    commitment = make.CommitmentFactory(party=world.france, slug="training")
    for stage in (Stage.DRAFTED, Stage.AGREED):
        step = commitment_events.Step(stage, note="It was said.")
        commitment_events.add_step(world.workspace(curator), commitment.slug, step, by=curator)
    revision = newest(world)
    undid = undo(world, revision, curator)
    page = commitments.get_commitment("paris", "training", by=analyst)
    assert page.commitment.stage == Stage.DRAFTED and [step.undone for step in page.steps] == [False, True]
    undo(world, undid, curator)
    assert commitments.get_commitment("paris", "training", by=analyst).commitment.stage == Stage.AGREED
    assert stopped_by(revision - 1, curator) == ["A further step of this commitment was told since."]


def test_a_passage_that_was_set_aside_tells_something_again(world, analyst):
    cell = get_cell("paris", "france", 2, by=analyst)
    place = (world.snapshot.pk, 0, 10)
    finding_acts.judge(cell, place, relevant=False, by=analyst)
    revision = newest(world)
    undo(world, revision, analyst)
    assert cell_judgement(world, place) is True
    finding_acts.judge(cell, place, relevant=False, by=analyst)
    finding_acts.judge(cell, place, relevant=True, by=analyst)
    assert stopped_by(newest(world) - 1, analyst) == ["The passage was judged again since."]


def cell_judgement(world: World, place: tuple[int, int, int]) -> bool:
    judged = world.cell(world.france, world.force).passage_judgements.filter(start=place[1])
    return judged.order_by("revision").last().relevant


# --- contradictions and questions


def test_rulings_and_answers_are_taken_back(world, analyst):
    workspace = world.workspace(analyst)
    sides = (Side("They will", (Place(world.send.pk),)), Side("They won't", (Place(world.unacceptable.pk),)))
    contradiction_acts.add(workspace, Contradicting("fact", "Will they?", sides), by=analyst)
    added = newest(world)
    contradiction_acts.rule(workspace, "will-they", "resolved", by=analyst, reason="They will.")
    ruled = newest(world)
    assert stopped_by(added, analyst) == ["Contradiction “Will they?” was worked on since."]
    undo(world, ruled, analyst)
    assert Contradiction.objects.get(slug="will-they").state == "open"
    contradiction_acts.add_places(workspace, "will-they", 1, [Place(world.neighbours.pk)], by=analyst)
    words = newest(world)
    contradiction_acts.add_side(workspace, "will-they", Side("Perhaps", (Place(world.send.pk),)), by=analyst)
    side = newest(world)
    page = contradictions.get_contradiction("paris", "will-they", by=analyst)
    cell = world.cell(world.france, world.force)
    details = Details("fact", "Will they?", "", (cell.pk,))
    contradiction_acts.edit(workspace, "will-they", details, by=analyst, version=page.version, why="It touches one.")
    touched = newest(world)

    def reads() -> tuple[object, ...]:
        page = contradictions.get_contradiction("paris", "will-they", by=analyst)
        at_cell = contradictions.of_cell(workspace, cell.pk)
        return [len(side.proofs) for side in page.sides], len(page.cells), len(at_cell), len(page.contradiction.sides)

    assert reads() == ([2, 1, 1], 1, 1, 3)
    undone = [undo(world, revision, analyst) for revision in (words, side, touched)]
    assert reads() == ([1, 1], 0, 0, 2)
    before = {"known_at": str(touched)}.get
    assert len(contradictions.get_contradiction("paris", "will-they", by=analyst, asked=before).sides) == 3
    contradiction_acts.add_places(workspace, "will-they", 1, [Place(world.neighbours.pk)], by=analyst)
    assert stopped_by(undone[0], analyst) == ["The same was added again to contradiction “Will they?” since."]
    undo(world, newest(world), analyst)
    for undoing_it in undone:
        undo(world, undoing_it, analyst)
    assert reads() == ([2, 1, 1], 1, 1, 3)
    version = contradictions.get_contradiction("paris", "will-they", by=analyst).version
    details = Details("fact", "Will they?", without=(cell.pk,))
    contradiction_acts.edit(workspace, "will-they", details, by=analyst, version=version, why="It does not.")
    assert reads() == ([2, 1, 1], 0, 0, 3)
    back = undo(world, newest(world), analyst)
    assert reads() == ([2, 1, 1], 1, 1, 3)
    undo(world, undo(world, back, analyst), analyst)
    assert reads() == ([2, 1, 1], 1, 1, 3)
    contradiction_acts.rule(workspace, "will-they", "resolved", by=analyst, reason="They won't.")
    assert stopped_by(words, analyst) == ["Contradiction “Will they?” was ruled on since."]
    question_acts.ask(workspace, question_acts.Wording("When?"), by=analyst)
    question_acts.answer(workspace, "when", Place(world.send.pk), by=analyst, note="In spring.")
    answered = newest(world)
    question_acts.reopen(workspace, "when", by=analyst, note="Which spring?")
    reopened = newest(world)
    assert stopped_by(answered, analyst) == ["Question “When?” was answered, dropped or changed since."]
    undo(world, reopened, analyst)
    event = Question.objects.get(slug="when").events.last()
    assert (event.state, event.quote, event.note) == ("answered", world.send, "In spring.")
    undo(world, answered, analyst)
    assert Question.objects.get(slug="when").state == "open"


# --- rows that are edited in place


@committed
def test_edits_links_and_merges_are_set_back(world, analyst, curator, administrator):
    party = Party.objects.get(pk=world.germany.pk)
    party.description, party.aliases = "In the middle.", ["BRD"]
    records.save(party, by=curator, why="It was empty.")
    edited = newest(world)
    party.description = "In the very middle."
    records.save(party, by=curator, why="More so.")
    assert stopped_by(edited, curator) == ["The same of party Germany was changed since."]
    with pytest.raises(Forbidden):
        undo(world, newest(world), analyst)
    undo(world, newest(world), curator)
    undid = undo(world, edited, curator)
    party.refresh_from_db()
    assert (party.description, party.aliases) == ("", [])
    undo(world, undid, curator)
    party.refresh_from_db()
    assert (party.description, party.aliases) == ("In the middle.", ["BRD"])

    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    with transaction.atomic():
        changes.take(world.negotiation.pk, by=curator, verb="changed", what="meeting Paris summit")
        seat = Attendance.objects.create(negotiation=world.negotiation, meeting=summit, party=world.france, note="host")
    sat = newest(world)
    undid = undo(world, sat, curator)
    assert not Attendance.objects.exists()
    again = undo(world, undid, curator)
    assert Attendance.objects.get().note == "host"
    with transaction.atomic():
        changes.take(world.negotiation.pk, by=curator, verb="changed", what="meeting Paris summit")
        Attendance.objects.update(note="guest")
    assert stopped_by(again, curator) == ["The same of attendance France at Paris summit was changed since."]
    assert seat.note == "host"

    twin = make.SourceFactory(negotiation=world.negotiation, slug="twin", title="The twin", status="accepted")
    merging.merge([twin], world.source, by=curator, why="The same.")
    merged = newest(world)
    undid = undo(world, merged, curator)
    twin.refresh_from_db()
    assert twin.merged_into is None
    merging.merge([world.source], twin, by=curator, why="The other way round.")
    assert any("is merged into" in sentence for sentence in stopped_by(undid, curator))
    merging.take_apart(Source.objects.get(pk=world.source.pk), by=curator, why="No.")
    undo(world, undid, curator)
    twin.refresh_from_db()
    assert twin.merged_into == world.source

    give_role(world.negotiation, make.UserFactory(), Role.READER, by=administrator)
    assert stopped_by(newest(world), administrator) == [
        "Who has access is not undone here: give or take it where access is kept."
    ]


@committed
def test_what_was_asked_or_taken_in_is_dropped_or_rejected(world, analyst, curator):
    workspace = world.workspace(analyst)
    question_acts.ask(workspace, question_acts.Wording("When?"), by=analyst)
    asked = newest(world)
    question_acts.edit(
        workspace, "when", question_acts.Wording("When exactly?"), by=analyst,
        version=records.version_of(Question.objects.get(slug="when")),
    )  # fmt: skip
    worded = newest(world)
    assert stopped_by(asked, analyst) == ["Question “When exactly?” was answered, dropped or changed since."]
    undo(world, worded, analyst)
    undid = undo(world, asked, analyst)
    assert (Question.objects.get(slug="when").text, Question.objects.get(slug="when").state) == ("When?", "dropped")
    undo(world, undid, analyst)
    assert Question.objects.get(slug="when").state == "open"

    source = Source(negotiation=world.negotiation, slug="leaflet", title="A leaflet")
    records.save(source, by=curator)
    added = newest(world)
    undid = undo(world, added, analyst)  # analysts take documents in
    assert Source.objects.get(slug="leaflet").status == "rejected"
    undo(world, undid, analyst)
    assert Source.objects.get(slug="leaflet").status == "new"
    make.SnapshotFactory(source=source)
    assert stopped_by(added, analyst) == ["A text was added to source “A leaflet” since."]


@committed
def test_it_locks_in_the_order_in_which_everybody_does(world, curator):
    """Else two people could wait for each other: links, questions and contradictions are written under the log."""
    summit = make.MeetingFactory(negotiation=world.negotiation, slug="summit", name="Paris summit")
    seat = make.AttendanceFactory(meeting=summit, party=world.france)
    with transaction.atomic():
        changes.take(world.negotiation.pk, by=curator, verb="changed", what="many things")
        Attendance.objects.filter(pk=seat.pk).update(note="host")
        Party.objects.filter(pk=world.france.pk).update(description="In the west.")
        Source.objects.filter(pk=world.source.pk).update(description="A report.")
        Outlet.objects.filter(pk=world.outlet.pk).update(description="A paper.")
    with CaptureQueriesContext(connection) as asked:
        undo(world, newest(world), curator)
    locks = [each["sql"] for each in asked if each["sql"].endswith("FOR NO KEY UPDATE")]
    order = ["negotiations_source", "negotiations_outlet", "negotiations_party", "negotiations_position"]
    assert [[table for table in order if f'FROM "{table}"' in sql] for sql in locks[:-1]] == [[each] for each in order]
    assert "FROM negotiations_negotiation" in locks[-1]


def test_a_file_that_was_loaded_is_not_undone_as_a_whole(world, analyst):
    with transaction.atomic():
        changes.take(world.negotiation.pk, by=analyst, verb="loaded", what="paris.yaml")
    assert stopped_by(newest(world), analyst) == [undo_planning.OF_A_FILE]


def test_every_table_that_only_grows_is_undone_in_some_way_or_goes_with_another():
    from negotiations.domain.log_parts import TOLD_WITH_ANOTHER
    from negotiations.domain.undo_marks import MARKS

    assert set(APPEND_ONLY) == {*undo_planning.PLANNERS, *MARKS, *TOLD_WITH_ANOTHER, Change}
    assert Act.EDIT < Act.CURATE and RowEdit in undo_planning.PLANNERS
