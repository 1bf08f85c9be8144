"""Which cells are to be looked at again, and why: by example."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from negotiations.domain import gradings, merging, rechecks, records
from negotiations.domain.snapshots import add_text
from negotiations.models import Outlet, Source
from negotiations.models.outlets import Reliability
from negotiations.models.quotes import Credibility
from negotiations.models.sources import SnapshotKind, SourceStatus
from tests import factories as make
from tests.stories import record


def reasons(world, party=None, priority=None):
    """The open reasons of a cell, such as `["anchor"]`; and the copies say how many there are."""
    cell = world.cell(party or world.germany, priority or world.force)
    found = rechecks.find_open(world.negotiation.pk, positions=[cell.pk])
    assert cell.rechecks == len(found)
    return sorted(str(each.why) for each in found)


def since(world):
    [found] = rechecks.find_open(world.negotiation.pk)
    return found.since


def judge(world, by, quotes=None, **told):
    """Record a stance of Germany on the force. Its revision."""
    evidence = [world.neighbours] if quotes is None else quotes
    return record(world, world.germany, world.force, by=by, evidence=evidence, **told)


def new_text(world, old="in neighbouring countries", new="in no neighbouring countries", kind=SnapshotKind.FULL):
    return add_text(world.source, world.snapshot.text.replace(old, new), kind=kind, by=None)


def retract(world, by):
    gradings.grade_sources([world.source.pk], SourceStatus.RETRACTED, by=by, why="The outlet took it down.")
    world.negotiation.refresh_from_db()
    return world.negotiation.revision


def stay(world, position=None):
    """Somebody looked, and it stays."""
    cell = position or world.cell(world.germany, world.force)
    made = make.StayFactory(position=cell)
    rechecks.refresh(world.negotiation.pk)
    return made


@pytest.fixture
def judged(world, analyst):
    judge(world, analyst)
    return world


def test_nothing_is_to_be_re_checked_where_nothing_happened(judged):
    assert reasons(judged) == []


# --- words that changed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in neighbouring countries", "in no neighbouring countries"),
        ("a contribution “in neighbouring countries” only", "nothing"),
    ],
)
def test_a_new_text_with_other_words_puts_the_cell_into_the_queue(old, new, judged):
    snapshot = new_text(judged, old, new)
    assert reasons(judged) == ["anchor"]
    assert since(judged) == snapshot.revision
    assert reasons(judged, judged.france) == [], "France is not judged by these words"


def test_a_quote_that_holds_is_no_reason(judged):
    add_text(judged.source, "Today.\n\n" + judged.snapshot.text, kind=SnapshotKind.FULL, by=None)
    assert reasons(judged) == []


def test_a_precis_of_ours_says_nothing_of_the_words(judged):
    new_text(judged, kind=SnapshotKind.PRECIS)
    assert reasons(judged) == []
    new_text(judged)
    new_text(judged, "countries", "states", kind=SnapshotKind.PRECIS)
    assert reasons(judged) == ["anchor"], "and takes nothing back"


def test_only_the_newest_full_text_counts(judged):
    new_text(judged)
    new_text(judged, "Berlin's", "Their")
    assert reasons(judged) == []


def test_a_text_that_is_older_than_the_one_cited_says_nothing(world, analyst):
    old = make.SnapshotFactory(source=world.source, kind="full", text="Nothing of it yet.")
    new = make.SnapshotFactory(source=world.source, kind="full", text="Berlin said “we will help” today.")
    quote = make.QuoteFactory(snapshot=new, exact="we will help")
    make.AnchoringFactory(quote=quote, snapshot=old, state="gone", start=None, end=None, found="")
    judge(world, analyst, quotes=[quote])
    assert reasons(world) == []


def test_whoever_says_that_it_still_holds_clears_it_and_whoever_says_otherwise_brings_it_back(judged):
    place = new_text(judged).anchorings.get(quote=judged.neighbours)
    make.AnchoringDecisionFactory(anchoring=place, holds=True)
    rechecks.refresh(judged.negotiation.pk)
    assert reasons(judged) == []
    decision = make.AnchoringDecisionFactory(anchoring=place, holds=False, reason="It says the contrary.")
    rechecks.refresh(judged.negotiation.pk)
    assert reasons(judged) == ["anchor"]
    assert since(judged) == decision.revision


def test_a_decision_that_it_no_longer_holds_is_more_than_the_stay_before_it(judged):
    place = new_text(judged).anchorings.get(quote=judged.neighbours)
    stay(judged)
    assert reasons(judged) == []
    make.AnchoringDecisionFactory(anchoring=place, holds=False)
    rechecks.refresh(judged.negotiation.pk)
    assert reasons(judged) == ["anchor"]


# --- sources ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [SourceStatus.REJECTED, SourceStatus.RETRACTED])
def test_a_source_that_fell(status, judged, curator):
    gradings.grade_sources([judged.source.pk], status, by=curator, why="It was made up.")
    assert reasons(judged) == ["source"]
    gradings.grade_sources([judged.source.pk], SourceStatus.ACCEPTED, by=curator, why="It was not.")
    assert reasons(judged) == []


def test_two_quotes_of_a_source_are_one_reason(world, analyst, curator):
    judge(world, analyst, quotes=[world.neighbours, world.send])
    retract(world, curator)
    assert reasons(world) == ["source"]


def test_what_contradicts_counts_and_what_is_context_does_not(world, analyst, curator):
    other = make.QuoteFactory(negotiation=world.negotiation)
    judge(world, analyst, quotes=[other], contradicted_by=[world.unacceptable])
    record(world, world.france, world.force, by=analyst, evidence=[other], in_context=[world.send])
    retract(world, curator)
    assert reasons(world) == ["source"]
    assert reasons(world, world.france) == []


def test_a_record_without_a_text_rests_on_its_source_too(world, analyst, curator):
    cell = world.cell(world.germany, world.force)
    with transaction.atomic():
        stance = make.StanceFactory(position=cell, evidence=[])
        make.EvidenceFactory(stance=stance, quote=None, source=world.source, locator="Roll call 7", bearing="supports")
    retract(world, curator)
    assert reasons(world) == ["source"]


def test_a_duplicate_falls_with_the_source_that_it_was_merged_into(judged, curator):
    kept = make.SourceFactory(negotiation=judged.negotiation, status="accepted", outlet=judged.outlet)
    Source.objects.filter(pk=judged.source.pk).update(merged_into=kept)
    retract(judged, curator)
    assert reasons(judged) == [], "what is said of the duplicate alone counts no more"
    gradings.grade_sources([kept.pk], SourceStatus.RETRACTED, by=curator, why="The outlet took it down.")
    assert reasons(judged) == ["source"]


@pytest.mark.django_db(transaction=True)  # an edit of a negotiation that is being born is not logged
def test_whoever_merges_into_a_source_that_fell_brings_its_trouble(world, analyst, curator):
    fallen = make.SourceFactory(negotiation=world.negotiation, status="retracted")
    judge(world, analyst)
    judge(world, analyst, cause="evidence", replaces=1)
    merging.merge([world.source], fallen, by=curator, why="The same article.")
    assert reasons(world) == ["source"]
    judge(world, analyst, cause="source", replaces=2)
    assert reasons(world) == []


@pytest.mark.django_db(transaction=True)
def test_so_does_whoever_gives_a_source_an_outlet_that_came_down(world, analyst, curator):
    fallen = make.OutletFactory(negotiation=world.negotiation, reliability="B")
    gradings.grade_outlet(fallen, Reliability.E, by=curator, why="It prints rumours.")
    judge(world, analyst)
    judge(world, analyst, cause="evidence", replaces=1)
    world.source.outlet = fallen
    records.save(world.source, by=curator, why="It was printed there.")
    assert reasons(world) == ["outlet"]


# --- grades -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["D", "E", "F"])
def test_an_outlet_that_was_graded_down(letter, judged, curator):
    gradings.grade_outlet(judged.outlet, Reliability(letter), by=curator, why="It prints rumours.")
    assert reasons(judged) == ["outlet"]
    gradings.grade_outlet(judged.outlet, Reliability.C, by=curator, why="It has a new editor.")
    assert reasons(judged) == []


@pytest.fixture
def unknown_outlet(world):
    """An outlet that nobody has judged, and words from it."""
    outlet = make.OutletFactory(negotiation=world.negotiation)
    source = make.SourceFactory(outlet=outlet, status="accepted")
    outlet.words = make.QuoteFactory(snapshot=make.SnapshotFactory(source=source))
    return outlet


@pytest.mark.parametrize("letter", ["D", "E"])
def test_an_outlet_that_is_graded_low_for_the_first_time_after_the_stance(
    letter, world, unknown_outlet, analyst, curator
):
    judge(world, analyst, quotes=[unknown_outlet.words])
    gradings.grade_outlet(unknown_outlet, Reliability(letter), by=curator, why="It prints rumours.")
    assert reasons(world) == ["outlet"]
    first = since(world)
    for later in "DEF":
        gradings.grade_outlet(unknown_outlet, Reliability(later), by=curator, why="Still.")
    assert reasons(world) == ["outlet"] and since(world) == first, "one reason, since it was first graded low"
    judge(world, analyst, cause="source", replaces=1, quotes=[unknown_outlet.words])
    assert reasons(world) == [], "whoever judged after it saw it"


def test_that_an_outlet_cannot_be_judged_is_no_news(world, unknown_outlet, analyst, curator):
    judge(world, analyst, quotes=[unknown_outlet.words])
    gradings.grade_outlet(unknown_outlet, Reliability.F, by=curator, why="Nobody knows it.")
    assert reasons(world) == []


def test_an_outlet_that_was_graded_low_before_the_stance_is_no_news_to_it(world, unknown_outlet, analyst, curator):
    gradings.grade_outlet(unknown_outlet, Reliability.D, by=curator, why="It prints rumours.")
    judge(world, analyst, quotes=[world.neighbours])
    judge(world, analyst, quotes=[unknown_outlet.words])
    assert reasons(world) == [], "not even to one that newly cites it"
    gradings.grade_outlet(unknown_outlet, Reliability.E, by=curator, why="It makes them.")
    assert reasons(world) == [], "nor is a step from low to lower"


def test_a_first_grading_under_the_revision_of_the_stance_is_no_news_to_it(world, unknown_outlet):
    """So a dossier, which is all one revision, opens with nothing to re-check; the control comes a revision later."""
    cell = world.cell(world.germany, world.force)
    with transaction.atomic():
        stance = make.StanceFactory(position=cell, evidence=[unknown_outlet.words])
        make.ClaimGradingFactory(quote=unknown_outlet.words, revision=stance.revision, credibility=5)
    rechecks.refresh(world.negotiation.pk)
    assert reasons(world) == []
    make.OutletGradingFactory(outlet=unknown_outlet, reliability="D")
    rechecks.refresh(world.negotiation.pk)
    assert reasons(world) == ["outlet"]


def test_an_outlet_that_goes_on_down_is_one_reason_since_it_first_came_down(judged, curator):
    gradings.grade_outlet(judged.outlet, Reliability.D, by=curator, why="It prints rumours.")
    first = since(judged)
    stay(judged)
    gradings.grade_outlet(judged.outlet, Reliability.E, by=curator, why="It makes them.")
    assert reasons(judged) == []
    gradings.grade_outlet(judged.outlet, Reliability.B, by=curator, why="It stopped.")
    gradings.grade_outlet(judged.outlet, Reliability.F, by=curator, why="It began again.")
    assert reasons(judged) == ["outlet"]
    assert since(judged) > first


def test_a_source_of_a_merged_outlet_follows_the_outlet_that_was_kept(judged, curator):
    kept = make.OutletFactory(negotiation=judged.negotiation, reliability="A")
    Outlet.objects.filter(pk=judged.outlet.pk).update(merged_into=kept)
    gradings.grade_outlet(judged.outlet, Reliability.F, by=curator, why="A duplicate.")
    assert reasons(judged) == []
    gradings.grade_outlet(kept, Reliability.F, by=curator, why="It prints rumours.")
    assert reasons(judged) == ["outlet"]


def test_a_claim_that_was_graded_low_after_the_stance_for_the_first_time_or_from_better(judged, curator):
    gradings.grade_claim(judged.neighbours, Credibility.DOUBTFUL, by=curator, why="Only one says so.")
    assert reasons(judged) == ["claim"]
    [found] = rechecks.find_open(judged.negotiation.pk)
    assert (found.told["before"], found.told["now"]) == (None, 4)
    gradings.grade_claim(judged.neighbours, Credibility.PROBABLE, by=curator, why="Another says so.")
    assert reasons(judged) == []
    gradings.grade_claim(judged.neighbours, Credibility.IMPROBABLE, by=curator, why="It was denied.")
    assert reasons(judged) == ["claim"]


def test_a_claim_that_was_doubtful_before_the_stance_is_no_news_to_it(world, analyst, curator):
    gradings.grade_claim(world.neighbours, Credibility.DOUBTFUL, by=curator, why="Only one says so.")
    judge(world, analyst)
    assert reasons(world) == []


# --- one origin ---------------------------------------------------------------------------------------------------


def two_origins(world):
    other = make.SourceFactory(negotiation=world.negotiation, slug="second", status="accepted")
    return make.QuoteFactory(snapshot=make.SnapshotFactory(source=other))


def test_high_confidence_on_one_origin_is_a_reason_from_the_stance_on(world, analyst):
    revision = judge(world, analyst, confidence="high")
    assert reasons(world) == ["origin"]
    assert since(world) == revision
    stay(world)
    assert reasons(world) == []


@pytest.mark.parametrize("confidence", ["low", "moderate"])
def test_less_confidence_needs_no_second_origin(confidence, world, analyst):
    judge(world, analyst, confidence=confidence)
    assert reasons(world) == []


def test_two_origins_bear_high_confidence_until_one_falls(world, analyst, curator):
    judge(world, analyst, confidence="high", quotes=[world.neighbours, two_origins(world)])
    assert reasons(world) == []
    fell = retract(world, curator)
    assert reasons(world) == ["origin", "source"]
    assert {each.since for each in rechecks.find_open(world.negotiation.pk)} == {fell}


def test_a_new_stance_that_is_still_too_sure_does_not_clear_it_and_a_less_sure_one_does(world, analyst):
    judge(world, analyst, confidence="high")
    judge(world, analyst, cause="rejudged", replaces=1, confidence="high")
    assert reasons(world) == ["origin"]
    judge(world, analyst, cause="rejudged", replaces=2, confidence="moderate")
    assert reasons(world) == []


@pytest.mark.django_db(transaction=True)  # an edit of a negotiation that is being born is not logged
def test_a_stay_covers_one_origin_until_somebody_edits_whom_a_source_goes_back_to(world, analyst, curator):
    second = two_origins(world)
    source = second.snapshot.source
    judge(world, analyst, confidence="high", quotes=[world.neighbours, second])
    stay(world)
    source.origin = world.source
    records.save(source, by=curator, why="It prints the same.")
    assert reasons(world) == ["origin"], "the stay was before it"
    stay(world)
    assert reasons(world) == []


def test_whoever_mends_a_title_asks_no_cell(world, curator):
    world.source.title = "Mended"
    with CaptureQueriesContext(connection) as asked:
        records.save(world.source, by=curator, why="It was misspelt.")
    assert not [query for query in asked.captured_queries if "negotiations_position" in query["sql"]]


@pytest.mark.django_db(transaction=True)  # an edit of a negotiation that is being born is not logged
def test_an_edit_further_up_the_chain_counts_too(world, analyst, curator):
    second = two_origins(world)
    agency = make.SourceFactory(negotiation=world.negotiation, slug="agency")
    Source.objects.filter(pk=second.snapshot.source_id).update(origin=agency)
    judge(world, analyst, confidence="high", quotes=[world.neighbours, second])
    stay(world)
    agency.origin = world.source
    records.save(agency, by=curator, why="It prints the same.")
    assert reasons(world) == ["origin"]


def test_not_enough_evidence_rests_on_none_however_sure_we_are(world, analyst):
    judge(world, analyst, code="unknown", confidence="high", quotes=[], held_from=None)
    assert reasons(world) == []


# --- what clears a reason -----------------------------------------------------------------------------------------


def test_a_stay_covers_what_was_there_and_nothing_later(judged, curator):
    retract(judged, curator)
    stay(judged)
    assert reasons(judged) == []
    gradings.grade_outlet(judged.outlet, Reliability.E, by=curator, why="It prints rumours.")
    assert reasons(judged) == ["outlet"]


def test_a_stay_of_another_cell_covers_nothing(judged, curator):
    retract(judged, curator)
    stay(judged, judged.cell(judged.france, judged.force))
    assert reasons(judged) == ["source"]


def test_a_new_stance_clears_it_even_if_it_rests_on_the_same_words(judged, analyst, curator):
    retract(judged, curator)
    judge(judged, analyst, cause="source", replaces=1)
    assert reasons(judged) == []


def test_a_stance_that_does_not_stand_clears_nothing(judged, analyst, curator):
    retract(judged, curator)
    judge(judged, analyst, cause="learned", held_from=date(2025, 3, 1))
    assert reasons(judged) == ["source"]


def test_a_withdrawn_stance_clears_nothing_any_more(judged, analyst, curator):
    revision = retract(judged, curator)
    judge(judged, analyst)
    assert reasons(judged) == []
    judge(judged, analyst, cause="withdrawn", replaces=2, code="", confidence="", rationale="", quotes=[])
    assert reasons(judged) == ["source"]
    assert since(judged) == revision


def test_a_stance_that_newly_cites_what_has_fallen_is_in_the_queue_until_somebody_says_so(world, analyst, curator):
    judge(world, analyst, quotes=[two_origins(world)])
    retract(world, curator)
    judge(world, analyst)
    assert reasons(world) == ["source"]
    judge(world, analyst, cause="evidence", replaces=2)
    assert reasons(world) == [], "whoever edits it sees why it was in the queue"


def test_a_stance_that_cites_again_what_fell_meanwhile_is_new_to_it(judged, analyst, curator):
    judge(judged, analyst, quotes=[two_origins(judged)])
    retract(judged, curator)
    judge(judged, analyst)
    assert reasons(judged) == ["source"], "nobody was told while the cell rested on something else"


def test_a_stay_before_a_new_stance_still_covers_the_same_reason(judged, analyst, curator):
    retract(judged, curator)
    stay(judged)
    judge(judged, analyst)
    assert reasons(judged) == []


def test_where_no_stance_stands_there_is_nothing_to_re_check(judged, analyst, curator):
    retract(judged, curator)
    judge(judged, analyst, cause="withdrawn", replaces=1, code="", confidence="", rationale="", quotes=[])
    assert reasons(judged) == []


def test_another_negotiation_is_not_asked(judged, curator):
    retract(judged, curator)
    elsewhere = make.NegotiationFactory()
    assert rechecks.find_open(elsewhere.pk) == []
