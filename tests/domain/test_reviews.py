"""Where a second person must agree: Anna proposes, Anton or Clara decides, and nobody decides on their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from negotiations.domain import review_acts as acts
from negotiations.domain.boards import get_board
from negotiations.domain.cells import get_cell
from negotiations.domain.changes import KeyReused
from negotiations.domain.digests import get_digest
from negotiations.domain.log import get_log
from negotiations.domain.permissions import Forbidden, Hidden
from negotiations.domain.positions import Entry, Outdated, record_stances
from negotiations.domain.proposing import Decided
from negotiations.domain.reviews import get_proposal, get_queue, of_cell
from negotiations.domain.stances import Draft, Invalid, Item
from negotiations.domain.things import get_thing
from negotiations.domain.watches import watch
from negotiations.models import Change, Negotiation, Position, Proposal, ProposalDecision, Stance
from negotiations.models.reviews import DecisionState
from tests import factories as make
from tests.sql import at_once, refused
from tests.stories import record

pytestmark = pytest.mark.django_db
# What is decided in tests of its own transaction must be committed before somebody else decides.
COMMITTED = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reviewed(world):
    """The negotiation asks for a second person."""
    Negotiation.objects.filter(pk=world.negotiation.pk).update(review=True)
    return world


@pytest.fixture
def propose(reviewed, draft):
    """Anna, or whoever, sends the form of a cell; the proposal that it makes."""

    def send(user, cell=None, based_on=0, why="The president said so.", **told):
        cell = cell or reviewed.cell(reviewed.france, reviewed.force)
        entry = Entry(cell.pk, based_on, replace(draft, **told))
        done = record_stances(reviewed.workspace(user), [entry], by=user, why=why)
        assert done.proposed
        return Proposal.objects.get(revision=done.revision)

    return send


@pytest.fixture
def decide(reviewed):
    def act(name, user, proposal, **told):
        return getattr(acts, name)(reviewed.workspace(user), proposal.pk, by=user, **told)

    return act


def states(proposal):
    return list(proposal.decisions.values_list("state", flat=True))


# --- proposing -----------------------------------------------------------------------------------------------


def test_without_review_a_stance_is_recorded_at_once(world, analyst, draft):
    cell = world.cell(world.france, world.force)
    done = record_stances(world.workspace(analyst), [Entry(cell.pk, 0, draft)], by=analyst, why="So.")
    assert not done.proposed
    assert (Stance.objects.count(), Proposal.objects.count()) == (1, 0)


@pytest.mark.parametrize("who", ["analyst", "curator", "administrator"])
def test_with_review_everybodys_edit_is_a_proposal_and_counts_for_nothing(who, reviewed, propose, request):
    user = request.getfixturevalue(who)
    proposal = propose(user)
    cell = reviewed.cell(reviewed.france, reviewed.force)
    assert (Stance.objects.count(), cell.version, cell.code, cell.proposed) == (0, 0, "unknown", 1)
    board = get_board(reviewed.workspace(user))
    assert (board.counts["unknown"], board.marks["proposed"]) == (6, 1)
    [line] = of_cell(reviewed.workspace(user), cell.pk, by=user)
    assert (line.code, line.why, line.state, line.is_mine) == ("supports", "The president said so.", "open", True)
    change = Change.objects.get(revision=proposal.revision, negotiation=reviewed.negotiation)
    assert (change.verb, change.what, change.why) == ("proposed", "France × 2", "")  # the reason is not for readers


def test_readers_are_told_of_no_proposal(reviewed, propose, analyst, reader):
    cell = propose(analyst).position
    assert of_cell(reviewed.workspace(reader), cell.pk, by=reader) == ()
    assert "proposed" not in get_board(reviewed.workspace(reader)).marks
    for ask in (get_queue, lambda slug, by: get_proposal(slug, 1, "france", 2, by=by)):
        with pytest.raises(Forbidden):
            ask("paris", by=reader)


def test_what_could_not_be_recorded_cant_be_proposed(propose, analyst):
    with pytest.raises(Invalid, match="supports the judgement"):
        propose(analyst, evidence=())
    assert not Proposal.objects.exists()


def test_one_act_on_two_cells_makes_two_proposals_that_are_decided_one_by_one(
    reviewed, draft, analyst, curator, decide
):
    cells = [reviewed.cell(party, reviewed.force) for party in (reviewed.france, reviewed.germany)]
    entries = [Entry(cell.pk, 0, draft) for cell in cells]
    record_stances(reviewed.workspace(analyst), entries, by=analyst, why="Weighed.")
    one, other = Proposal.objects.order_by("position")
    assert one.revision == other.revision
    decide("accept", curator, one)
    decide("reject", curator, other, comment="Not of Berlin.")
    assert [stance.position_id for stance in Stance.objects.all()] == [one.position_id]


def test_a_new_proposal_of_the_same_author_takes_the_place_of_the_one_before(
    reviewed, propose, analyst, second_analyst
):
    first, others = propose(analyst), propose(second_analyst)
    second = propose(analyst, code="champions")
    assert (states(first), states(others), states(second)) == (["superseded"], [], [])
    assert reviewed.cell(reviewed.france, reviewed.force).proposed == 2


def test_a_proposal_sent_twice_is_one(reviewed, draft, analyst):
    cell, key = reviewed.cell(reviewed.france, reviewed.force), uuid4()

    def send(draft=draft):
        return record_stances(reviewed.workspace(analyst), [Entry(cell.pk, 0, draft)], by=analyst, why="So.", key=key)

    first, second = send(), send()
    assert (first.revision, second.repeated, second.proposed) == (second.revision, True, True)
    with pytest.raises(KeyReused):
        send(replace(draft, code="champions"))
    assert Proposal.objects.count() == 1


# --- accepting -----------------------------------------------------------------------------------------------


def test_accepting_records_the_stance_and_both_are_named(reviewed, propose, decide, analyst, second_analyst, reader):
    watching = reviewed.workspace(reader)
    watch(watching, get_thing(watching, "cell", "france:2"), by=reader)
    proposal = propose(
        analyst, held_from=date(2026, 1, 31), precision="month", limits=" None ", depends_on=(reviewed.germany.pk,)
    )
    done = decide("accept", second_analyst, proposal, comment="Well read.")
    [current] = get_cell("paris", "france", 2, by=reader).history
    assert (current.code, current.limits, current.precision, current.revision) == (
        "supports",
        "None",
        "month",
        done.revision,
    )
    assert [party.slug for party in current.depends_on] == ["germany"]
    assert [proof.quote.slug for proof in current.evidence] == ["france-send"]
    assert current.author == "proposed by Anna Analyst, accepted by Anton Analyst"
    assert current.why == "The president said so."
    [line] = get_digest(reviewed.workspace(reader), by=reader).lines
    assert [step.by for step in line.steps] == [current.author], "who watches it is told of both"
    entry = get_log("paris", by=reader).days[0].entries[0]
    assert (entry.by, entry.verb, entry.proposed_by) == ("Anton Analyst", "accepted", "Anna Analyst")
    assert reviewed.cell(reviewed.france, reviewed.force).proposed == 0
    page = get_proposal("paris", proposal.revision, "france", 2, by=analyst)
    assert [(each.state, each.comment, each.by) for each in page.decisions] == [
        ("accepted", "Well read.", "Anton Analyst")
    ]


def test_a_withdrawal_of_a_stance_is_proposed_too(world, analyst, second_analyst):
    record(world, world.france, world.force, by=analyst, evidence=[world.send])
    Negotiation.objects.update(review=True)
    cell = world.cell(world.france, world.force)

    entry = Entry(cell.pk, 1, Draft(cause="withdrawn", replaces=1))
    record_stances(world.workspace(analyst), [entry], by=analyst, why="Of another meeting.")
    assert world.cell(world.france, world.force).code == "supports"
    acts.accept(world.workspace(second_analyst), Proposal.objects.get().pk, by=second_analyst)
    assert world.cell(world.france, world.force).code == "unknown"


def test_nobody_decides_on_their_own(propose, decide, curator):
    """A curator neither; and only the author takes a proposal back."""
    proposal = propose(curator)
    for name in ("accept", "send_back", "reject"):
        with pytest.raises(Forbidden, match="Nobody decides on their own"):
            decide(name, curator, proposal, comment="Mine.")
    assert (states(proposal), Stance.objects.count()) == ([], 0)


def test_only_the_author_takes_it_back(propose, decide, analyst, curator, reader, reviewed):
    proposal = propose(analyst)
    with pytest.raises(Forbidden, match="Only its author"):
        decide("withdraw", curator, proposal)
    with pytest.raises(Forbidden):
        decide("accept", reader, proposal)
    decide("withdraw", analyst, proposal)
    assert states(proposal) == ["withdrawn"]
    with pytest.raises(Hidden):
        acts.reject(reviewed.workspace(curator), make.ProposalFactory().pk, by=curator, comment="Elsewhere.")


def test_a_cell_that_moved_on_is_not_overwritten(reviewed, propose, decide, analyst, second_analyst, curator):
    late, sooner = propose(analyst), propose(second_analyst, code="champions")
    decide("accept", curator, sooner)
    with pytest.raises(Outdated):
        decide("accept", curator, late)
    assert [stance.code for stance in Stance.objects.all()] == ["champions"]
    page = get_proposal("paris", late.revision, "france", 2, by=curator)
    assert page.proposal.has_moved
    assert (page.before.code, page.record.code) == ("champions", "supports")
    decide("send_back", curator, late, comment="Anton was faster.")


def test_all_rules_hold_again_when_it_is_accepted(reviewed, propose, decide, analyst, curator, monkeypatch):
    proposal = propose(analyst)
    monkeypatch.setattr("negotiations.domain.positions.check", lambda *_, **__: {"evidence": "No longer."})
    with pytest.raises(Invalid, match="No longer"):
        decide("accept", curator, proposal)
    assert (states(proposal), Stance.objects.count()) == ([], 0)


# --- sending back and rejecting --------------------------------------------------------------------------------


def test_what_is_sent_back_waits_for_its_author_who_proposes_again(reviewed, propose, decide, analyst, curator):
    first = propose(analyst)
    with pytest.raises(Invalid, match="look at again"):
        decide("send_back", curator, first, comment=" ")
    decide("send_back", curator, first, comment="Which day?")
    with pytest.raises(Decided, match="sent back already"):
        decide("accept", curator, first)
    [mine] = get_queue("paris", by=analyst, which="mine").page.object_list
    assert (mine.waits_for_me, mine.comment) == (True, "Which day?")
    assert get_queue("paris", by=analyst).page.object_list == []
    second = propose(analyst, held_from=date(2026, 1, 5))
    assert (states(first), states(second)) == (["sent_back", "superseded"], [])
    decide("accept", curator, second)
    assert Stance.objects.get().held_from == date(2026, 1, 5)


def test_what_is_rejected_stays_readable(propose, decide, analyst, curator):
    proposal = propose(analyst)
    with pytest.raises(Invalid, match="reason stays"):
        decide("reject", curator, proposal, comment="")
    decide("reject", curator, proposal, comment="It is hearsay.")
    page = get_proposal("paris", proposal.revision, "france", 2, by=analyst)
    assert (page.proposal.state, page.record.rationale, page.decisions[0].comment) == (
        "rejected",
        "The president said so.",
        "It is hearsay.",
    )
    assert not page.may_withdraw
    assert get_queue("paris", by=analyst, which="decided").counts == {"open": 0, "mine": 1, "decided": 1}


def test_what_was_sent_back_may_be_taken_back(propose, decide, analyst, curator):
    proposal = propose(analyst)
    decide("send_back", curator, proposal, comment="Which day?")
    decide("withdraw", analyst, proposal)
    assert states(proposal) == ["sent_back", "withdrawn"]


def test_a_text_that_cant_be_stored_is_refused(propose, decide, analyst, curator):
    proposal = propose(analyst)
    for name in ("accept", "send_back", "reject"):
        with pytest.raises(Invalid, match="can't be stored"):
            decide(name, curator, proposal, comment="a\x00b")


@pytest.mark.parametrize("name", ["accept", "send_back", "reject"])
def test_a_decision_sent_twice_is_one(name, propose, decide, analyst, curator):
    proposal, key = propose(analyst), uuid4()
    first, second = (decide(name, curator, proposal, comment="Once.", key=key) for _ in range(2))
    assert (first.revision, second.repeated) == (second.revision, True)
    with pytest.raises(KeyReused):
        decide(name, curator, proposal, comment="Twice.", key=key)
    assert ProposalDecision.objects.count() == 1


def test_the_queue_steps_from_one_open_proposal_to_the_next(reviewed, propose, decide, analyst, curator):
    cells = [reviewed.cell(party, reviewed.force) for party in (reviewed.france, reviewed.germany, reviewed.russia)]
    first, second, third = (propose(analyst, cell) for cell in cells)
    page = get_proposal("paris", second.revision, "germany", 2, by=curator)
    assert (page.previous.id, page.next.id) == (first.pk, third.pk)
    decide("accept", curator, third)
    assert get_proposal("paris", second.revision, "germany", 2, by=curator).next is None
    for place in [(first.revision, "germany", 2), (first.revision, "france", 1), (first.revision, "nowhere", 2)]:
        with pytest.raises(Hidden):
            get_proposal("paris", *place, by=curator)


# --- at one moment, and behind Parley's back --------------------------------------------------------------------


@COMMITTED
def test_two_who_decide_at_once_make_one_decision(reviewed, propose, decide, analyst, second_analyst, curator):
    for party in (reviewed.france, reviewed.germany, reviewed.russia):
        proposal = propose(analyst, reviewed.cell(party, reviewed.force))
        answers = at_once(
            lambda p=proposal: decide("accept", curator, p),
            lambda p=proposal: decide("reject", second_analyst, p, comment="No."),
            lambda p=proposal: decide("withdraw", analyst, p),
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["Decided", "Decided", "Recorded"]
        assert len(states(proposal)) == 1
        assert Stance.objects.filter(position=proposal.position).count() == (states(proposal) == ["accepted"])
    assert set(Position.objects.values_list("proposed", flat=True)) == {0}


@COMMITTED
def test_one_acceptance_sent_twice_at_once_is_one(propose, decide, analyst, curator):
    proposal, key = propose(analyst), uuid4()
    answers = at_once(*[lambda: decide("accept", curator, proposal, key=key)] * 2)
    assert sorted(answer.repeated for answer in answers) == [False, True]
    assert Stance.objects.count() == 1


@COMMITTED
def test_the_database_refuses_who_decides_on_their_own(propose, analyst, curator):
    proposal = propose(analyst)

    def write(user, state):
        taken = make.change(proposal.negotiation, by=user)
        ProposalDecision.objects.create(
            negotiation=proposal.negotiation, revision=taken.revision, proposal=proposal, state=state, comment="So."
        )

    for state in ("accepted", "rejected", "sent_back"):
        with refused("nobody decides on their own proposal"):
            write(analyst, state)
    for state in ("withdrawn", "superseded"):
        with refused("by its author alone"):
            write(curator, state)
    with refused("recorded as a stance in the same act"):
        write(curator, "accepted")

    with transaction.atomic():  # the control
        write(curator, "sent_back")
    with refused("decided already"):
        write(curator, "rejected")
    with transaction.atomic():
        write(analyst, "withdrawn")
    with refused("proposal_is_decided_once"):
        write(analyst, "superseded")
    assert set(DecisionState.values) == {"accepted", "rejected", "sent_back", "withdrawn", "superseded"}


@COMMITTED
def test_the_database_takes_no_stance_that_nobody_accepted(reviewed, propose, decide, analyst, curator):
    proposal = propose(analyst)
    cell, words = proposal.position, "a second person accepts every stance"
    with refused(words):
        make.StanceFactory(position=cell)
    with transaction.atomic():  # what a file brings is no edit
        loaded = make.change(reviewed.negotiation, verb="loaded")
        make.StanceFactory(position=reviewed.cell(reviewed.germany, reviewed.force), revision=loaded.revision)
    decide("accept", curator, proposal)
    with refused(words):  # one acceptance is not two
        make.StanceFactory(position=cell)
    Negotiation.objects.filter(pk=reviewed.negotiation.pk).update(review=False)
    make.StanceFactory(position=cell)
    assert Stance.objects.count() == 3


def test_who_saves_as_review_is_switched_on_only_proposes(world, draft, analyst):
    cell, workspace = world.cell(world.france, world.force), world.workspace(analyst)
    Negotiation.objects.filter(pk=world.negotiation.pk).update(review=True)
    assert record_stances(workspace, [Entry(cell.pk, 0, draft)], by=analyst, why="So.").proposed
    assert not Stance.objects.exists()


def test_evidence_without_a_text_is_kept_too(reviewed, propose, decide, analyst, curator):
    proposal = propose(analyst, evidence=(Item("supports", source=reviewed.source.pk, locator="roll call 12"),))
    assert proposal.content["evidence"] == [
        {"bearing": "supports", "source": "summit-report", "locator": "roll call 12"}
    ]
    page = get_proposal("paris", proposal.revision, "france", 2, by=curator)
    assert [(proof.locator, proof.source_title) for proof in page.record.evidence] == [
        ("roll call 12", "After the summit")
    ]
    decide("accept", curator, proposal)
    assert Stance.objects.get().evidence.get().locator == "roll call 12"
